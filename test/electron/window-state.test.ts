import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KeptWindowState, placed, smallest } from '../../electron/window-state.ts';
import { testFolder } from '../capture/folder.ts';

/** A new window is as the last one was, and always wholly on a screen that is there. */
const path = testFolder();
const main = { x: 0, y: 25, width: 1920, height: 1055 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };

test('the first window has a usual size, or that of a small screen', () => {
  expect(placed(null, [main], [])).toEqual({ width: 1440, height: 900 });
  expect(placed(null, [{ x: 0, y: 0, width: 1024, height: 700 }], [])).toEqual({ width: 1024, height: 700 });
});

test('a window comes back where it was, also on the second screen', () => {
  const bounds = { x: 2000, y: 100, width: 900, height: 700 };
  expect(placed(bounds, [main, right], [])).toEqual(bounds);
});

test('where its screen is gone, it comes to the main one, wholly', () => {
  const bounds = { x: 2000, y: 100, width: 900, height: 700 };
  expect(placed(bounds, [main], [])).toEqual({ x: 1020, y: 100, width: 900, height: 700 });
});

test('it is never larger than the screen, nor too small to be used', () => {
  expect(placed({ x: -50, y: -50, width: 5000, height: 4000 }, [main], [])).toEqual(main);
  expect(placed({ x: 10, y: 30, width: 5, height: 5 }, [main], [])).toEqual({ x: 10, y: 30, ...smallest });
});

test('a second window stands a step aside', () => {
  const bounds = { x: 100, y: 100, width: 900, height: 700 };
  expect(placed(bounds, [main], [bounds])).toEqual({ ...bounds, x: 128, y: 128 });
});

test('what was kept comes back; a damaged file is the beginning again', () => {
  const file = path('window.json');
  const bounds = { x: 1, y: 2, width: 800, height: 600 };
  new KeptWindowState(file).set({ bounds, theme: 'dark' });
  expect(new KeptWindowState(file).get()).toEqual({ bounds, maximized: false, theme: 'dark' });
  writeFileSync(file, '{"bounds":{"x":1e999},"maximized":"no"}');
  expect(new KeptWindowState(file).get()).toEqual({ bounds: null, maximized: false, theme: 'system' });
});
