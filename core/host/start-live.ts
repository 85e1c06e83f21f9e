import type { LiveOptions } from '../contract/live.ts';
import { HepSender } from '../live/hep-sender.ts';
import { beginLive, type LiveCapture } from '../live/live-capture.ts';
import type { FrontOptions } from './front.ts';
import { LiveIndex } from './live-index.ts';
import { Mirror } from './mirror.ts';
import type { ReadingEvents } from './readings.ts';

/** The number by which collectors know us where nobody chose another. */
const AGENT = 2001;

/** Begins a live capture, its index, and what sends it on. Rejects with a CaptureError of one sentence, and leaves nothing running. */
export async function startLive(live: LiveOptions, how: FrontOptions, events: ReadingEvents): Promise<LiveIndex> {
  const { hepTo } = live;
  const sender = hepTo === undefined ? null : await HepSender.open(hepTo.address, hepTo.port);
  let capture: LiveCapture | null = null;
  try {
    capture = await beginLive(live);
    const mirror = sender === null ? null : new Mirror(sender, hepTo?.agent ?? AGENT);
    return await LiveIndex.begin(capture, how, live, mirror, events);
  } catch (error) {
    await capture?.remove();
    await sender?.close();
    throw error;
  }
}
