import { expect, test } from 'vitest';
import { forksOf } from '../../../core/analysis/paths/forks.ts';
import { Paths } from '../../../core/analysis/paths/paths.ts';
import type { PathReader } from '../../../core/analysis/paths/path-links.ts';
import type { Via } from '../../../core/decode/sip-via.ts';
import { dialogue } from '../dialogue.ts';

/** Linking from the columns, and what it asks for where they leave a choice. */

const silent: PathReader = {
  viasOf: (row) => {
    throw new Error(`row ${row} should not have to be read`);
  },
  requestUriOf: () => '',
};

/** Vias as the reader would read them: by row the branches below the topmost. */
function reading(lists: Readonly<Record<number, string>>): PathReader {
  return {
    viasOf: (row) => (lists[row] ?? '').split(',').map((branch) => ({ branch: `z9hG4bK${branch}` }) as Via),
    requestUriOf: () => 'sip:b@example.net',
  };
}

/** Each path as `frame<frame before`, in the order of the way. */
function told(text: string, reader = silent): string[] {
  const paths = new Paths(dialogue(text), reader);
  const { nodes, links } = paths;
  const frame = (node: number): number => nodes.tables.messages.frame.get(nodes.row[node] as number);
  return Array.from({ length: paths.count }, (_, index) =>
    paths
      .nodesOf(index + 1)
      .map((node) => {
        const parent = links.parent[node] as number;
        return parent === 0 ? String(frame(node)) : `${frame(node)}<${frame(parent)}`;
      })
      .join(' '),
  );
}

test('a request over two hops is tied without reading it, its ACK and CANCEL on their own', () => {
  expect(
    told(`
      0.0 a>p INVITE a1
      0.1 p>b INVITE p1,a1
      0.2 a>p CANCEL a1
      0.3 p>b CANCEL p1
      0.4 b>p 487 p1,a1
      0.5 p>b ACK p1
      0.6 p>a 487 a1
      0.7 a>p ACK a1
    `),
  ).toEqual(['1 2<1', '3 4<3']);
});

test('what was seen on one hop only is no path, and a retransmission is no hop', () => {
  expect(
    told(`
      0.0 a>p INVITE a1
      0.5 a>p INVITE a1
      0.6 p>a 200 a1
    `),
  ).toEqual([]);
});

test('a hop of which only responses were captured is one all the same', () => {
  expect(
    told(`
      0.0 a>p INVITE a1
      0.3 b>p 200 p1,a1
      0.4 p>a 200 a1
    `),
  ).toEqual(['1 2<1']);
});

test('where a hop is missing, the Via list tells which one it follows', () => {
  expect(
    told(
      `
      0.0 a>p INVITE a1
      0.2 q>b INVITE q1,p1,a1
    `,
      reading({ 1: 'q1,p1,a1' }),
    ),
  ).toEqual(['1 2<1']);
});

test('two branches through one host are told apart by their Vias', () => {
  expect(
    told(
      `
      0.0 a>p INVITE a1
      0.1 p>q INVITE p1,a1
      0.1 p>q INVITE p2,a1
      0.2 q>b INVITE q2,p2,a1
      0.2 q>c INVITE q1,p1,a1
    `,
      reading({ 3: 'q2,p2,a1', 4: 'q1,p1,a1' }),
    ),
  ).toEqual(['1 2<1 5<2 3<1 4<3']);
});

test('a loop under one branch: each pass follows the one with a Via less', () => {
  expect(
    told(`
      0.0 a>p OPTIONS a1
      0.1 p>p OPTIONS p1,a1
      0.2 p>p OPTIONS p1,p1,a1
      0.3 p>p OPTIONS p1,p1,p1,a1
    `),
  ).toEqual(['1 2<1 3<2 4<3']);
});

test('the same message behind a NAT follows the one before it, and is no branch', () => {
  const nat = `
      0.0 a>n INVITE a1
      0.1 m>p INVITE a1
      0.2 p>b INVITE p1,a1
    `;
  expect(told(nat)).toEqual(['1 2<1 3<2']);
  expect(forksOf(new Paths(dialogue(nat), silent), 1)).toEqual([]);
});

test('where Vias were hidden, Call-ID, From tag, CSeq and the hosts tie the hops', () => {
  expect(
    told(`
      0.0 a>p INVITE a1
      0.1 p>b INVITE p1 mf=69
      0.2 b>p 200 p1
      0.3 p>a 200 a1
    `),
  ).toEqual(['1 2<1']);
});

test('merged captures with clocks apart: what was sent on stands before what came', () => {
  expect(
    told(`
      0.0 p>b INVITE p1,a1
      0.1 a>p INVITE a1
    `),
  ).toEqual(['2 1<2']);
});

test('branches of a fork are one path where what came to the host that forks was not captured', () => {
  const text = `
      0.0 p>b INVITE p1,a1
      0.0 p>c INVITE p2,a1
      0.2 c>p 200 p2,a1
      0.3 p>b CANCEL p1
    `;
  const reader = reading({ 0: 'p1,a1', 1: 'p2,a1' });
  expect(told(text, reader)).toEqual(['1 2']);
  const [fork] = forksOf(new Paths(dialogue(text), reader), 1);
  expect(fork?.branches.map(({ outcome, won }) => `${outcome} ${won}`)).toEqual(['cancelled false', 'answered true']);
});

test('a request of another CSeq, or of another call, is never tied', () => {
  expect(
    told(`
      0.0 a>p INVITE a1
      0.1 p>b INVITE p1,a1 cseq=2
      0.2 p>b INVITE p2,a1 call=other
    `),
  ).toEqual([]);
});

test('a thousand requests of one group cost no more than their number: none is compared with all others', () => {
  const lines = Array.from({ length: 1000 }, (_, at) => `${at / 1000} a>p OPTIONS x${at}`);
  let read = 0;
  const paths = new Paths(dialogue(lines.join('\n')), {
    viasOf: () => {
      read++;
      return [];
    },
    requestUriOf: () => {
      read++;
      return 'sip:b@example.net';
    },
  });
  expect(paths.nodes.count).toBe(1000);
  expect(read).toBeLessThan(2000);
});

test('the paths of some calls alone are those of the whole capture', () => {
  const analysis = dialogue(`
      0.0 a>p INVITE a1
      0.0 c>p INVITE c1 call=other
      0.1 p>b INVITE p1,a1
      0.1 p>d INVITE p2,c1 call=other
      0.2 b>p 200 p1,a1
      0.2 d>p 486 p2,c1 call=other
    `);
  const some = new Paths(analysis, silent, Uint32Array.from([1, 3, 5]));
  expect(some.count).toBe(1);
  expect(some.nodesOf(1).map((node) => some.nodes.row[node])).toEqual([1, 3]);
  expect(some.answersOf(2)).toEqual([5]);
});

test('a dialog with many requests: each is tied to its own, whichever way they are looked for', () => {
  for (const requests of [7, 8, 9, 10, 40]) {
    const lines = Array.from({ length: requests }, (_, at) => at + 1).flatMap((cseq) => [
      `${cseq} a>p INFO a${cseq} cseq=${cseq} to=t`,
      `${cseq}.1 p>b INFO p${cseq},a${cseq} cseq=${cseq} to=t`,
    ]);
    // And all of them over the second hop again, behind a hop of its own each.
    const more = Array.from({ length: requests }, (_, at) => at + 1).map(
      (cseq) => `${100 + cseq} b>c INFO b${cseq},p${cseq},a${cseq} cseq=${cseq} to=t`,
    );
    const ways = told([...lines, ...more].join('\n'));
    expect(ways).toEqual(
      Array.from(
        { length: requests },
        (_, at) => `${2 * at + 1} ${2 * at + 2}<${2 * at + 1} ${2 * requests + at + 1}<${2 * at + 2}`,
      ),
    );
  }
});

test('a large group is linked as a small one', () => {
  // Each pass through the loop puts a Via more on top.
  for (const passes of [3, 8, 9, 30]) {
    const vias = (pass: number): string => Array.from({ length: pass }, (_, at) => `x${pass - at}`).join(',');
    const lines = Array.from({ length: passes }, (_, at) => `${at / 10} p>p OPTIONS ${vias(at + 1)}`);
    const way = Array.from({ length: passes }, (_, at) => (at === 0 ? '1' : `${at + 1}<${at}`)).join(' ');
    expect(told(lines.join('\n'))).toEqual([way]);
  }
});
