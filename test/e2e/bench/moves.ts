import type { Page } from '@playwright/test';

/** Ways to scroll, by what a hand does. */

/** Milliseconds between two repetitions of a key that is held. */
const REPEAT = 33;

export async function wheel(page: Page, target: string, turns: number): Promise<void> {
  const box = await page.locator(target).boundingBox();
  if (box === null) throw new Error(`there is no ${target}`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, turn % 8 === 7 ? -400 : 360);
    await page.waitForTimeout(16);
  }
}

export async function hold(page: Page, key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await page.keyboard.down(key);
    await page.waitForTimeout(REPEAT);
  }
  await page.keyboard.up(key);
}

/** Drags the thumb of the scroll bar: down all of the list and up again, a bit each frame, with a rest at some places. */
export function drag(page: Page, target: string, frames: number): Promise<void> {
  return page.evaluate(
    ([selector, count]) =>
      new Promise<void>((resolve, reject) => {
        const scroller = document.querySelector(selector);
        if (scroller === null) {
          reject(new Error(`there is no ${selector}`));
          return;
        }
        let frame = 0;
        const step = (): void => {
          frame += 1;
          // Rests a quarter of the time.
          if (frame % 40 < 30) {
            const way = Math.min(2, (2 * frame) / count);
            scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * (way <= 1 ? way : 2 - way);
          }
          if (frame < count) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      }),
    [target, frames] as const,
  );
}
