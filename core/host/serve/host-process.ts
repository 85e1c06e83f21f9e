import type { OpenOptions } from '../../contract/api.ts';
import { Attended, type ToHost } from './attend.ts';

/** The process that holds one capture for `sipglass serve`. What to open stands on its command line, as JSON. */
const options = JSON.parse(process.argv[2] ?? 'null') as OpenOptions;
const attended = new Attended(options, (message) =>
  // With something to call, what can’t be sent throws nothing: a server that is gone needs no answer (`disconnect` ends this).
  process.send?.(message, undefined, {}, () => undefined),
);

async function end(): Promise<void> {
  await attended.close();
  process.exit(0);
}

// Ctrl-C in the terminal reaches this process too; it is the server that ends it.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => void end());
process.on('message', (message: ToHost) => {
  if ('end' in message) void end();
  else attended.take(message);
});
