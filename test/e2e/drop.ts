import type { CDPSession, Page } from '@playwright/test';

/** Drags files of this machine onto the middle of the page and lets go, as a file manager does. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const [x, y] = await page.evaluate(() => [innerWidth / 2, innerHeight / 2] as const);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
    // A hand is slower: what the page shows over itself is there before the next movement.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => {
            requestAnimationFrame(() => {
              resolve();
            });
          });
        }),
    );
  }
  await session.detach();
}
