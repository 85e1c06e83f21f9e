import { notify } from '../state/view.ts';
import type { Sending } from './upload.ts';

/** Milliseconds between two words about it. */
const EVERY = 1000;

/** Says how far sending is, now and then. */
export function tellSending(): (sending: Sending) => void {
  let said = performance.now();
  return ({ name, sent, total }) => {
    const now = performance.now();
    if (now - said < EVERY || total === 0) return;
    said = now;
    notify(`Sending ${name}: ${Math.floor((100 * sent) / total)} % of ${Math.ceil(total / 1e6)} MB.`);
  };
}
