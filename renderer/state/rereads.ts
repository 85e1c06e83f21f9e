import { forgetCalls } from './calls.ts';
import { useCapture } from './capture.ts';
import { useLadder } from './ladder.ts';
import { forgetMedia } from './media.ts';

/** From now on: when the same capture was read again with other keys, what was meant by number is meant no more. */
export function followRereads(): void {
  useCapture.subscribe(({ client, id }, before) => {
    if (client === before.client || id !== before.id || client === null) return;
    forgetCalls();
    forgetMedia();
    useLadder.setState({ selected: null, band: null, marked: null });
  });
}
