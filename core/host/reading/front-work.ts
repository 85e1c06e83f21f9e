import { parentPort, type MessagePort } from 'node:worker_threads';
import { NumberingProgram } from '../../analysis/numbering-program.ts';
import { Cancel } from '../../capture/cancel.ts';
import { DescriptorSource } from '../../capture/descriptor.ts';
import { formats } from '../../capture/formats.ts';
import { Input } from '../../capture/input.ts';
import { CaptureError, type CaptureFormat } from '../../capture/reader.ts';
import { Addresses } from '../../decode/addresses.ts';
import { Tally } from './drive.ts';
import { Front } from './front.ts';
import { Outbox } from './outbox.ts';
import type { News, Order, Report } from './thread-words.ts';

/** Bytes read at once: few, so that they are still in the processor's cache when they are looked at. */
const CHUNK = 256 << 10;
/** Milliseconds between two pieces of news where there are no messages. */
const NEWS_EVERY = 100;

if (parentPort !== null) begin(parentPort);

/** Waits for its order, which may take a while where the thread was started early. What reading rejects with ends the thread, and is told where that was started. */
function begin(port: MessagePort): void {
  port.once('message', (order: Order) => void work(order, (report) => port.postMessage(report)));
}

async function work({ fd, name, size, format, how, taken }: Order, tell: (report: Report) => void): Promise<void> {
  const source = new DescriptorSource(name, fd, size);
  const reader = (formats.find((one) => one.name === format) as CaptureFormat).open();
  const input = new Input(source, reader, 0, CHUNK, null, new Cancel(null));
  const addresses = new Addresses();
  const tally = new Tally();
  const outbox = new Outbox(new Int32Array(taken), NumberingProgram.open(), (batch) => tell({ news: news(), batch }));
  let told = 0;
  let numbered = addresses.nextNumber;
  let opened = 0;
  const front = new Front({ inputs: [input], merged: input }, addresses, how, tally, {
    message: (seen) => outbox.add(seen),
    records: (records, count) => outbox.addRecords(records, count),
    betweenChunks: () => {
      outbox.offer();
      if (performance.now() - told > NEWS_EVERY) tell({ news: news() });
    },
  });

  function news(): News {
    told = performance.now();
    const { base, packets, bytes, start, end, decimals } = tally;
    const fresh: Uint8Array[] = [];
    // Copies: what is sent would take all that lies beside it along.
    for (; numbered < addresses.nextNumber; numbered++) fresh.push(addresses.bytesOf(numbered).slice());
    const associations = front.associations.slice(opened);
    opened += associations.length;
    return {
      tally: { base, packets, bytes, start, end, decimals },
      read: source.consumed,
      addresses: fresh,
      associations,
    };
  }

  try {
    await front.run(new AbortController().signal);
    outbox.flush();
    tell({ news: news(), account: front.account() });
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    tell({ news: news(), failure: error.message });
  }
}
