import type { Progress } from '../core/contract/api.ts';

const WIDTH = 30;
/** Milliseconds before it appears: most captures are read by then. */
const SOON = 400;

/** A bar on standard error, only where that is a terminal. */
export function progressBar(): { show(progress: Progress): void; clear(): void } {
  const { stderr } = process;
  const began = Date.now();
  let shown = false;
  return {
    show: ({ bytesRead, bytesTotal, messages, done }) => {
      if (!stderr.isTTY || done || Date.now() - began < SOON) return;
      shown = true;
      const part = bytesTotal === null || bytesTotal === 0 ? null : Math.min(1, bytesRead / bytesTotal);
      const bar =
        part === null ? '' : `${'█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '░')} ${Math.round(part * 100)} % `;
      stderr.write(`\r\u001B[K${bar}${Math.round(bytesRead / 1e6)} MB, ${messages} SIP messages`);
    },
    clear: () => {
      if (shown) stderr.write('\r\u001B[K');
      shown = false;
    },
  };
}
