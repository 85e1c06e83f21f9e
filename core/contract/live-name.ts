import type { LiveSource } from './live.ts';

/** What is captured, for the title of a window: `eth0`, `pbx1:eth0`, `HEP on 0.0.0.0:9060`. */
export function liveName(source: LiveSource): string {
  switch (source.from) {
    case 'interface':
      return source.interface;
    case 'ssh':
      return `${source.host}:${source.interface}`;
    default:
      return `HEP on ${source.address ?? '127.0.0.1'}:${source.port ?? 9060}`;
  }
}
