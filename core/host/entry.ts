/** The process of one capture in the desktop program: a host behind the port of the window that shows it. */
import { serve } from '../contract/channel.ts';
import { portPipe, type PortLike } from '../contract/pipe.ts';
import type { HostNews, HostOrder } from '../contract/process.ts';
import { guarded } from './guard.ts';
import { CaptureHost } from './handlers.ts';
import type { SaveTargets } from './save.ts';

/** Electron's `process.parentPort` in a utility process, as far as it is used here. */
interface ParentPort {
  on(name: 'message', handler: (event: { readonly data: unknown; readonly ports: readonly PortLike[] }) => void): void;
  postMessage(message: HostNews): void;
}

const { parentPort: port } = process as { readonly parentPort?: ParentPort };
if (port === undefined) {
  process.stderr.write('sipglass: this is a part of the desktop program and does not run by itself\n');
  process.exit(2);
}
const tell = (news: HostNews): void => port.postMessage(news);

const targets: SaveTargets = new Map();
const host = new CaptureHost(targets);
let inputs: readonly string[] = [];
let isLive = false;

process.on('uncaughtException', fault);
process.on('unhandledRejection', fault);

port.on('message', ({ data, ports }) => {
  // Electron delivers a message that it could not clone as null.
  if (typeof data !== 'object' || data === null || !('order' in data)) return;
  const order = data as HostOrder;
  if (order.order === 'open') open(order, ports[0]);
  else if (order.order === 'attend') attend(ports[0]);
  else if (order.order === 'desk') void atDesk(order);
  else if (order.order === 'grant') {
    targets.set(order.target, { path: order.path, inputs });
    tell({ news: 'granted', target: order.target });
  } else void end();
});

function open(
  { inputs: names, ports: sip, live }: Extract<HostOrder, { readonly order: 'open' }>,
  window: PortLike | undefined,
): void {
  inputs = names;
  isLive = live !== null;
  // Reading begins before the window asks: by then the first rows are there.
  const opened = host.handlers.open(
    { inputs, ports: sip, ...(live === null ? {} : { live }) },
    { signal: new AbortController().signal, chunk: nowhere },
  );
  attend(window);
  void told(opened);
}

/** Answers a window. What captures goes on when it is gone, until the main process ends it: it may only be loaded again. */
function attend(window: PortLike | undefined): void {
  if (window === undefined) throw new TypeError('a capture came without the port of its window');
  const pipe = portPipe(window);
  pipe.closed(() => {
    if (!isLive) void end();
  });
  host.tell(serve(pipe, guarded(host.handlers)));
}

async function atDesk({ number, question }: Extract<HostOrder, { readonly order: 'desk' }>): Promise<void> {
  const { deskNews } = await import('./live/live-desk.ts');
  tell(await deskNews(number, question));
}

/** A failure to open is the window's to hear: it asks `opened`. */
async function told(opened: unknown): Promise<void> {
  try {
    await opened;
    tell({ news: 'opened' });
  } catch {
    // Said by `opened`.
  }
}

function nowhere(): Promise<void> {
  return Promise.resolve();
}

/**
 * The window closed the capture, or is gone: so are copies of it in temporary files. Live packets that were not saved
 * stay on disk: the next window offers them.
 */
async function end(): Promise<void> {
  await host.close(true);
  process.exit(0);
}

function fault(error: unknown): void {
  tell({ news: 'fault', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  // Lets the message go.
  setTimeout(() => process.exit(70), 50);
}
