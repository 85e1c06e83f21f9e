import { expect, test } from 'vitest';
import type { Path, PathHop } from '../../core/contract/paths.ts';
import { pathSvg } from '../../core/export/path-svg.ts';
import { pathGraph } from '../../core/ladder/path-graph.ts';

/** The graph of a path: where hops stand, and that nothing of a capture acts in the drawing. */

function hop(frame: number, before: number | null, more: Partial<PathHop> = {}): PathHop {
  return {
    row: frame,
    frame,
    ts: '1.000000',
    src: '10.0.0.1',
    sport: 5060,
    dst: `10.0.1.${frame}`,
    dport: 5060,
    byResponse: false,
    before,
    link: before === null ? null : 'via',
    hidden: 0,
    delayMs: before === null ? null : 0.5,
    requestUri: 'sip:b@example.net',
    vias: [],
    maxForwards: 70,
    route: [],
    recordRoute: [],
    changes: [],
    sendings: 1,
    answers: [],
    visit: 1,
    ...more,
  };
}

function path(hops: readonly PathHop[], more: Partial<Path> = {}): Path {
  return {
    id: 1,
    call: 1,
    callId: 'one',
    method: 'INVITE',
    cseq: { number: 1, method: 'INVITE' },
    from: '<sip:a@example.net>',
    to: '<sip:b@example.net>',
    start: '1.000000',
    src: '10.0.0.1',
    sport: 5060,
    dst: '10.0.1.3',
    dport: 5060,
    count: hops.length,
    depth: 2,
    ends: 1,
    verdict: 'ok',
    finalStatus: 200,
    delayMs: 1,
    answerMs: 2,
    hops,
    explanation: 'From here to there.',
    roles: [],
    fork: null,
    ...more,
  };
}

/** Where the dot of a row stands. */
function place(graph: ReturnType<typeof pathGraph>, index: number): number {
  const dot = graph.rows.find(({ hop: at }) => at === index)?.shapes[0];
  return dot?.kind === 'rect' ? dot.x : Number.NaN;
}

test('a straight way is one line, a fork stands side by side, in the order of the wire', () => {
  const straight = pathGraph(path([hop(1, null), hop(2, 0), hop(3, 1)]), { room: 600 });
  expect(new Set([0, 1, 2].map((at) => place(straight, at))).size).toBe(1);
  const forked = pathGraph(path([hop(1, null), hop(2, 0), hop(4, 1), hop(3, 0)]), { room: 600 });
  expect(forked.rows.map(({ hop: at }) => at)).toEqual([-1, 0, 1, 3, 2]);
  expect(place(forked, 1)).toBe(place(forked, 0));
  expect(place(forked, 3)).toBeGreaterThan(place(forked, 1));
  expect(place(forked, 2)).toBe(place(forked, 1));
});

test('words say what is drawn: changes, time at the host, the answer', () => {
  const answers = [
    { row: 9, frame: 9, ts: '1', status: 483, reason: 'Too Many Hops', afterMs: 12, delayMs: null, stray: null },
  ];
  const changes = [{ header: 'From', kind: 'changed', before: 'a', after: 'b' } as const];
  const graph = pathGraph(path([hop(1, null), hop(2, 0, { visit: 2, answers, changes })]), { room: 600 });
  expect(graph.rows.at(-1)?.words).toBe(
    'Hop 2: 10.0.0.1:5060 to 10.0.1.2:5060, frame 2, 0.5 ms after the hop before, changed: From, 2nd time at this host, 483 after 12 ms',
  );
});

test('nothing of a capture acts in the document', () => {
  const odd = '</svg><script>alert(1)</script>\u{202E}\u{1B}[31m';
  const text = pathSvg(
    path([hop(1, null), hop(2, 0, { changes: [{ header: odd, kind: 'added', before: null, after: odd }] })], {
      from: odd,
      to: odd,
      callId: odd,
      explanation: odd,
      roles: [{ host: '10.0.1.1:5060', role: odd, reasons: [odd] }],
    }),
    { theme: 'dark', hosts: [{ name: odd, role: null, ends: [{ address: '10.0.1.2', port: null }] }] },
  );
  expect(text).not.toContain('<script');
  expect(text).not.toMatch(/[\u{202E}\u{1B}]/u);
  expect(text.match(/<svg /gu)).toHaveLength(1);
  expect(text.endsWith('</svg>\n')).toBe(true);
});

test('a thousand hops and a path without any are drawn', () => {
  const many = Array.from({ length: 1000 }, (_, at) => hop(at + 1, at === 0 ? null : Math.floor((at - 1) / 2)));
  const graph = pathGraph(path(many), { room: 300 });
  expect(graph.rows).toHaveLength(1001);
  expect(graph.width).toBe(300);
  expect(pathSvg(path([]))).toContain('</svg>');
});
