/** What answers the first questions about streams, in parts: one is loaded in a turn of its own. */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('./table-answers.ts'),
  () => import('./open-capture.ts'),
  () => import('./media/stream-answers.ts'),
];

/**
 * Loads what will be asked for while the first packets are read: this thread waits for the disk then, and who asks when
 * all is read need not wait for the program. Failures are not told: who asks hears of them.
 */
export async function loadAhead(ending: AbortSignal): Promise<void> {
  try {
    for (const load of parts) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (ending.aborted) return;
      await load();
    }
  } catch {
    // See above.
  }
}
