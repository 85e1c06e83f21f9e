import { ContractError } from '../../contract/api.ts';
import type { Answering } from '../../contract/channel.ts';
import type { LiveCapture } from '../../live/live-capture.ts';

/** Bytes that are sent at once. */
const CHUNK = 1 << 20;

/** Everything that is kept of a live capture up to now: its files are sections of one pcapng. Answers with the number of bytes. */
export async function exportCapture(capture: LiveCapture | null, answering: Answering): Promise<number> {
  if (capture === null) throw new ContractError('not-found', 'this is no live capture');
  const { ring } = capture;
  const end = ring.written;
  let sent = 0;
  for (let at = ring.keptFrom; at < end && !answering.signal.aborted;) {
    const bytes = ring.readAt(at, Math.min(CHUNK, end - at));
    await answering.chunk(bytes);
    at += bytes.length;
    sent += bytes.length;
  }
  if (!answering.signal.aborted) capture.wasSaved(end);
  return sent;
}
