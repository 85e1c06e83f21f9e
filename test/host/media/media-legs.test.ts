import { expect, test } from 'vitest';
import { numberedLegs } from '../../../core/host/media/media-legs.ts';
import type { MediaLink } from '../../../core/host/media/media-links.ts';

/** What was asked on a leg of call 1, by a message in a row. */
function link(leg: number, askedRow: number, callerAsks = true): MediaLink {
  return {
    call: 1,
    leg,
    section: 1,
    offer: null,
    answer: null,
    callerOffers: callerAsks,
    askedRow,
    callerAsks,
    from: 0,
    until: Infinity,
    offerRow: -1,
    answerRow: -1,
  };
}

/** Legs in the order of their numbers. */
function order(used: readonly MediaLink[], all: readonly MediaLink[]): number[] {
  const legs = numberedLegs(used, new Map([[1, all]])).get(1) ?? new Map<number, number>();
  return [...legs].toSorted(([, a], [, b]) => a - b).map(([leg]) => leg);
}

test('leg 1 is the caller’s, whichever stream began first', () => {
  const [near, far] = [link(1, 0), link(2, 3)];
  expect(order([far, near], [near, far])).toEqual([1, 2]);
});

test('a late offer comes from the far end, but the INVITE went by before', () => {
  // The 200 with the offer was met on leg 1, the callee's, first; it answers a later INVITE.
  expect(order([link(1, 3), link(2, 0)], [link(1, 3), link(2, 0)])).toEqual([2, 1]);
});

test('requests of the callee come the other way, and say less than those of the caller', () => {
  expect(order([link(1, 10, false), link(2, 12, false)], [link(1, 10, false), link(2, 12, false)])).toEqual([2, 1]);
  const all = [link(1, 10), link(2, 2, false), link(2, 14)];
  expect(order(all, all)).toEqual([1, 2]);
});

test('legs without streams have no number', () => {
  expect(order([link(2, 5)], [link(1, 0), link(2, 5)])).toEqual([2]);
});
