import { Option } from 'commander';
import type { Command } from 'commander';
import { UsageError } from '../complain.ts';
import { byteCount } from '../byte-count.ts';
import { liveAsked, liveOptions, type LiveAsked } from '../live-asked.ts';
import type { ServeOptions } from '../serving.ts';

export function serve(program: Command): void {
  liveOptions(program.command('serve'))
    .description('the app’s page for a browser, also over ssh; prints its address')
    .argument('[capture...]', 'capture file(s), merged by time, a directory to choose from, or “-” for standard input')
    .option('--host <name>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--port <number>', 'TCP port to listen on; 0: one that is free').default(0).argParser(listenPort),
    )
    .option('--directory <dir>', 'also offer the captures in this directory and three levels below')
    .addOption(
      new Option(
        '--upload-limit <size>',
        'how much may be dropped on the page, all together: 500M, 4G; 0 for nothing (default: 1G)',
      ).argParser(byteCount),
    )
    .action(async (captures: string[], options: ServeOptions & LiveAsked) => {
      const { servePage } = await import('../serving.ts');
      const { interface: name, hep, ssh, bpf, backend, hepTo, calls } = options;
      const captured = [name, hep, ssh, bpf, backend, hepTo, calls].some((asked) => asked !== undefined);
      if (captured && captures.length > 0)
        throw new UsageError('what is captured is served alone: name no captures with it; --directory offers some');
      await servePage(captures, captured ? { ...options, live: liveAsked(options) } : options);
    });
}

function listenPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`“${text}” is not a port (0 to 65535)`);
  return port;
}
