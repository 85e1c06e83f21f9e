import { expect, test } from 'vitest';
import { PAGE, withoutHole } from '../../../renderer/state/long-list.ts';

/** A list that grows between the answers for its pages shows no rows that are still to come. */

function page(rows: number): readonly number[] {
  return Array.from({ length: rows }, (_, at) => at);
}

test('a page that was the last one ends the list until it has come again', () => {
  const pages = new Map([
    [0, page(PAGE)],
    [1, page(98)],
    [2, page(5)],
  ]);
  expect(withoutHole(pages, 205, [1, 2])).toBe(198);
  pages.set(1, page(PAGE));
  expect(withoutHole(pages, 205, [1, 2])).toBe(205);
});

test('one that is far from the screen is forgotten, and asked for when it comes there', () => {
  const pages = new Map([
    [1, page(98)],
    [5, page(20)],
  ]);
  expect(withoutHole(pages, 520, [4, 5])).toBe(520);
  expect([...pages.keys()]).toEqual([5]);
});

test('an empty page behind the end ends nothing', () => {
  const pages = new Map([
    [0, page(40)],
    [1, page(0)],
  ]);
  expect(withoutHole(pages, 40, [0, 1])).toBe(40);
  expect(pages.size).toBe(2);
});
