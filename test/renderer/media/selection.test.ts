import { expect, test } from 'vitest';
import type { StreamLine } from '../../../core/contract/streams.ts';
import { markLines } from '../../../core/ladder/course-lines.ts';
import { marksOf, type ChartMark } from '../../../renderer/views/media/marks.ts';
import { selectionOf } from '../../../renderer/views/media/selection.ts';

/** Which two streams stand beside each other, and what is marked in their charts. */

const both = { beside: 'directions', leg: 1, toCallee: true, section: null } as const;

function line(id: number, more: Partial<StreamLine>): StreamLine {
  const known = {
    id,
    packets: 100,
    src: `10.0.0.${id}`,
    sport: 4000,
    dst: '10.0.1.1',
    dport: 5000,
    call: 7,
    leg: 1,
    section: 1,
    media: 'audio',
    direction: 'caller-to-callee',
    start: '100',
    end: '110',
    ptime: { verdict: 'agree', changes: [], wantedMs: 20, maxMs: null },
  };
  return { ...known, ...more } as StreamLine;
}

const back = 'callee-to-caller' as const;
const relayed = [
  line(1, {}),
  line(2, { direction: back }),
  line(3, { leg: 2, packets: 90 }),
  line(4, { leg: 2, direction: back }),
  line(5, { packets: 500 }),
  line(6, { section: 2, media: 'video' }),
];

test('both directions of a leg; of several streams one way the longest, or the one that was opened', () => {
  const { sides, legs, sections } = selectionOf(relayed, null, both);
  expect(sides.map(({ stream }) => stream?.id)).toEqual([5, 2]);
  expect(sides[0]?.others.map(({ id }) => id)).toEqual([5, 1]);
  expect(legs).toEqual([1, 2]);
  expect(sections.map(({ media }) => media)).toEqual(['audio', 'video']);
  expect(selectionOf(relayed, 1, both).sides[0]?.stream?.id).toBe(1);
  expect(selectionOf(relayed, null, { ...both, leg: 2 }).sides.map(({ stream }) => stream?.id)).toEqual([3, 4]);
});

test('one direction on two legs', () => {
  const { sides } = selectionOf(relayed, null, { ...both, beside: 'legs', leg: 2, toCallee: false });
  expect(sides.map(({ title, stream }) => `${title} ${stream?.id}`)).toEqual([
    'Leg A, callee to caller 2',
    'Leg B, callee to caller 4',
  ]);
  // A call with one leg has none to stand beside it.
  expect(selectionOf(relayed.slice(0, 2), null, { ...both, beside: 'legs' }).beside).toBe('directions');
});

test('nothing back is a side without a stream; a leg or section that there is not is the first', () => {
  const { sides, leg } = selectionOf([line(1, {})], null, { ...both, leg: 9 });
  expect(sides.map(({ stream }) => stream?.id ?? null)).toEqual([1, null]);
  expect(leg).toBe(1);
});

test('a stream without a call stands beside the one that goes back the same way', () => {
  const none = { call: null, leg: null, section: null, media: null, direction: null } as const;
  const there = line(1, none);
  const again = line(2, { ...none, src: there.dst, sport: there.dport, dst: there.src, dport: there.sport });
  expect(selectionOf([there, again], 1, both).sides.map(({ stream }) => stream?.id)).toEqual([1, 2]);
  expect(selectionOf([there], 1, both).sides).toHaveLength(1);
});

test('a change that is not as asked for is bad and shades what follows; one that both show is one mark', () => {
  const changes = [
    { ts: '100', ms: 20 },
    { ts: '104', ms: 40 },
  ];
  const ptime = { verdict: 'mixed', changes, wantedMs: 20, maxMs: 20 } as unknown as StreamLine['ptime'];
  const [one, other] = [line(1, { ptime }), line(2, { ptime, direction: back })];
  const { sides } = selectionOf([one, other], null, both);
  expect(marksOf(sides, [], null)).toEqual([
    expect.objectContaining({ at: 104, text: 'packets now 40 ms', severity: 'bad', shades: true, side: null }),
  ]);
});

test('words of marks that are near each other stand below each other', () => {
  const at = (moment: number): ChartMark => ({
    at: moment,
    text: '',
    kind: 'packets',
    severity: 'idle',
    shades: false,
    side: null,
  });
  expect(markLines([at(0), at(1), at(2), at(3), at(50)], 100)).toEqual([0, 1, 2, 2, 0]);
});
