import type { LadderScene } from '../contract/ladder.ts';
import { jsonText } from './escape.ts';

export interface JsonOptions {
  /** Raw text of messages by row. */
  readonly messages?: ReadonlyMap<number, string>;
}

/** `{format, version, scene, messages}`: the scene, and the raw text of its messages by row, as far as it was given. */
export function json(scene: LadderScene, options: JsonOptions = {}): string {
  const messages: Record<string, string> = {};
  for (const item of scene.items) {
    const raw = item.kind === 'arrow' ? options.messages?.get(item.row) : undefined;
    if (item.kind === 'arrow' && raw !== undefined) messages[item.row] = raw;
  }
  return `${jsonText({ format: 'sipglass-ladder', version: 1, scene, messages }, 1)}\n`;
}
