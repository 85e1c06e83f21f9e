import { expect, test } from 'vitest';
import { forksOf } from '../../../core/analysis/paths/forks.ts';
import { Paths } from '../../../core/analysis/paths/paths.ts';
import { dialogue } from '../dialogue.ts';

/** How forks are told: each branch as `frame try outcome status`, marks for the one that won, was passed on, was cancelled and why. */
function told(text: string): { readonly kind: string; readonly branches: readonly string[] } {
  const analysis = dialogue(text);
  const paths = new Paths(analysis, { viasOf: () => [], requestUriOf: () => '' });
  const [fork] = forksOf(paths, 1);
  const { messages } = analysis;
  return {
    kind: fork?.kind ?? 'none',
    branches: (fork?.branches ?? []).map((branch) =>
      [
        messages.frame.get(paths.nodes.row[branch.node] as number),
        branch.attempt,
        branch.outcome,
        branch.final === -1 ? '-' : messages.status.get(branch.final),
        branch.won ? 'won' : '',
        branch.passedOn ? 'passed' : '',
        branch.cancel === -1 ? '' : branch.cancelWhy,
      ]
        .filter((word) => word !== '')
        .join(' '),
    ),
  };
}

test('three phones at once: one answers, the others are cancelled for that', () => {
  expect(
    told(`
      0.000 a>p INVITE a1
      0.001 p>b INVITE p1,a1
      0.001 p>c INVITE p2,a1
      0.001 p>d INVITE p3,a1
      0.100 b>p 180 p1,a1 to=b
      0.500 c>p 200 p2,a1 to=c
      0.501 p>a 200 a1 to=c
      0.501 p>b CANCEL p1
      0.501 p>d CANCEL p3
      0.600 b>p 487 p1,a1 to=b
    `),
  ).toEqual({
    kind: 'parallel',
    branches: [
      '2 1 cancelled 487 answered-elsewhere',
      '3 1 answered 200 won passed',
      '4 1 cancelled - answered-elsewhere',
    ],
  });
});

test('two answer at once: the one that the caller got won', () => {
  expect(
    told(`
      0.000 a>p INVITE a1
      0.001 p>b INVITE p1,a1
      0.001 p>c INVITE p2,a1
      0.500 b>p 200 p1,a1 to=b
      0.501 c>p 200 p2,a1 to=c
      0.502 p>a 200 a1 to=b
    `).branches,
  ).toEqual(['2 1 answered 200 won passed', '3 1 answered 200']);
});

test('one after the other: busy, then nothing, then an answer', () => {
  expect(
    told(`
      0.000 a>p INVITE a1
      0.001 p>b INVITE p1,a1
      0.700 b>p 486 p1,a1 to=b
      0.701 p>c INVITE p2,a1
      1.201 p>c INVITE p2,a1
      2.701 p>d INVITE p3,a1
      3.000 d>p 200 p3,a1 to=d
      3.001 p>a 200 a1 to=d
    `),
  ).toEqual({
    kind: 'serial',
    branches: ['2 1 rejected 486', '4 2 timed-out -', '6 3 answered 200 won passed'],
  });
});

test('a phone that rings too long is cancelled, and the next one is a new try', () => {
  expect(
    told(`
      0.000 a>p INVITE a1
      0.001 p>b INVITE p1,a1
      0.100 b>p 180 p1,a1 to=b
      8.000 p>b CANCEL p1
      8.001 p>c INVITE p2,a1
      8.010 b>p 487 p1,a1 to=b
      9.000 c>p 200 p2,a1 to=c
      9.001 p>a 200 a1 to=c
    `),
  ).toEqual({ kind: 'serial', branches: ['2 1 cancelled 487 timeout', '5 2 answered 200 won passed'] });
});

test('a second phone that joins while the first still rings is the same try', () => {
  expect(
    told(`
      0.000 a>p INVITE a1
      0.001 p>b INVITE p1,a1
      0.100 b>p 180 p1,a1 to=b
      2.000 p>c INVITE p2,a1
      3.000 c>p 200 p2,a1 to=c
      3.001 p>a 200 a1 to=c
      3.001 p>b CANCEL p1
    `),
  ).toEqual({ kind: 'parallel', branches: ['2 1 cancelled - answered-elsewhere', '4 1 answered 200 won passed'] });
});

test('all refuse: the response that the caller got is marked, and a 6xx ends the others', () => {
  expect(
    told(`
      0.000 a>p INVITE a1
      0.001 p>b INVITE p1,a1
      0.001 p>c INVITE p2,a1
      0.300 b>p 603 p1,a1 to=b
      0.301 p>c CANCEL p2
      0.310 c>p 487 p2,a1 to=c
      0.311 p>a 603 a1 to=b
    `).branches,
  ).toEqual(['2 1 rejected 603 passed', '3 1 cancelled 487 refused-elsewhere']);
});

test('a capture that ends while they ring: pending', () => {
  expect(
    told(`
      0.000 a>p INVITE a1
      0.001 p>b INVITE p1,a1
      0.001 p>c INVITE p2,a1
      0.300 b>p 180 p1,a1 to=b
    `).branches,
  ).toEqual(['2 1 pending -', '3 1 pending -']);
});
