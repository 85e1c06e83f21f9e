import { networkInterfaces } from 'node:os';
import { CaptureError } from '../../capture/reader.ts';
import { visible } from '../../ladder/visible.ts';
import type { LiveOptions } from '../../contract/live.ts';
import { HepSender } from '../../live/hep-sender.ts';
import { InputRecording } from '../../live/input-recording.ts';
import { beginLive, type LiveCapture } from '../../live/live-capture.ts';
import type { FrontOptions } from '../reading/front.ts';
import { LiveIndex } from './live-index.ts';
import { Mirror } from './mirror.ts';
import type { ReadingEvents } from '../reading/readings.ts';

/** The number by which collectors know us where nobody chose another. */
const AGENT = 2001;

/** Begins a live capture, its index, and what sends it on. Rejects with a CaptureError of one sentence, and leaves nothing running. */
export async function startLive(
  live: LiveOptions,
  how: FrontOptions,
  events: ReadingEvents,
): Promise<{ readonly capture: LiveCapture; readonly index: LiveIndex }> {
  const { hepTo } = live;
  const sender = hepTo === undefined ? null : await HepSender.open(hepTo.address, hepTo.port);
  let capture: LiveCapture | null = null;
  try {
    capture = await beginLive(hepTo === undefined ? live : withoutOwn(live, hepTo));
    const mirror = sender === null ? null : new Mirror(sender, hepTo?.agent ?? AGENT);
    return { capture, index: await LiveIndex.begin(capture, how, live, mirror, events) };
  } catch (error) {
    await capture?.remove();
    await sender?.close();
    throw error;
  }
}

/** Standard input that may go on for days, and its index. Rejects with a CaptureError where it is no capture. */
export async function startEndless(how: FrontOptions, events: ReadingEvents): Promise<LiveIndex> {
  const recording = await InputRecording.start(process.stdin);
  try {
    const told = recording.ended.then(() => {
      for (const text of recording.recorder.warnings) events.warning(text);
    });
    told.catch((error: unknown) => events.warning(error instanceof Error ? error.message : String(error)));
    return await LiveIndex.begin(recording, how, {}, null, events);
  } catch (error) {
    await recording.remove();
    throw error;
  }
}

/**
 * What is sent on is not captured again: each message would come back as another one, and be sent on as well. Throws a
 * CaptureError where that cannot be told apart.
 */
export function withoutOwn(live: LiveOptions, { address, port }: NonNullable<LiveOptions['hepTo']>): LiveOptions {
  const { source, bpf = '' } = live;
  if (source.from === 'hep') {
    const { port: heard = 9060 } = source;
    if (heard === port && isHere(address))
      throw new CaptureError('what is heard as HEP cannot be sent back to the same port');
    return live;
  }
  if (!/^[\w.:-]+$/u.test(address)) throw new CaptureError(`“${visible(address)}” is no name of a host`);
  const own = `not (host ${address} and udp port ${port})`;
  return { ...live, bpf: bpf.trim() === '' ? own : `${own} and (${bpf})` };
}

/** Whether an address is one of this machine's. */
function isHere(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return address === 'localhost' || own.some((one) => one.address === address);
}
