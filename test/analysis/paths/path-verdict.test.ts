import { expect, test } from 'vitest';
import { judgePath, type PathStep } from '../../../core/analysis/paths/path-verdict.ts';

/** Hops as `host uri route,…`, each behind the one before. */
function steps(...lines: readonly string[]): PathStep[] {
  return lines.map((line, at) => {
    const [host = '', requestUri = '', route = ''] = line.split(' ');
    return {
      frame: at + 1,
      host,
      before: at === 0 ? null : at - 1,
      sameMessage: false,
      requestUri,
      route: route === '' ? [] : route.split(','),
      passed: [],
      maxForwards: 70 - at,
    };
  });
}

test('each host once: nothing odd', () => {
  expect(judgePath(steps('p x', 'q x', 'b x'), null)).toEqual({ verdict: 'ok', why: '', visits: [1, 1, 1] });
});

test('the same Request-URI and Route at one host again is a loop', () => {
  const { verdict, why, visits } = judgePath(steps('p x', 'p x', 'p x'), { status: 483, frame: 9 });
  expect({ verdict, visits }).toEqual({ verdict: 'loop', visits: [1, 2, 3] });
  expect(why).toBe(
    'p got the request 3 times, again with the same Request-URI “x” and the same Route (frames 1 and 2): a loop; it ended with 483 (frame 9).',
  );
});

test('over two proxies a loop is one as well', () => {
  expect(judgePath(steps('p x', 'q x', 'p x', 'q x'), null).verdict).toBe('loop');
});

test('another Request-URI, or another Route, is a spiral', () => {
  expect(judgePath(steps('p x', 'p y', 'b y'), null).verdict).toBe('spiral');
  expect(judgePath(steps('p x r,r,r', 'p x r,r', 'p x r', 'b x'), null).verdict).toBe('spiral');
});

test('what changes with each pass until it is refused goes round', () => {
  const refused = { status: 483, frame: 9 };
  expect(judgePath(steps('p x', 'p x;1', 'p x;2'), refused).verdict).toBe('loop');
  expect(judgePath(steps('p x', 'p x;1', 'b x;1'), refused).verdict).toBe('spiral');
});

test('Max-Forwards used up on the way, without coming by twice', () => {
  const { verdict, why } = judgePath(steps('p x', 'q x', 'r x'), { status: 483, frame: 9 });
  expect(verdict).toBe('max-forwards');
  expect(why).toContain('68 on the last hop');
});

test('the same message behind a NAT comes to its host once', () => {
  const [a, b] = steps('p x', 'p x');
  expect(judgePath([a as PathStep, { ...(b as PathStep), sameMessage: true }], null)).toEqual({
    verdict: 'ok',
    why: '',
    visits: [1, 1],
  });
});

test('branches of a fork to one host are not behind each other', () => {
  const [a, b, c] = steps('p x', 'q x', 'q x');
  expect(judgePath([a as PathStep, b as PathStep, { ...(c as PathStep), before: 0 }], null).verdict).toBe('ok');
});

test('Vias name a proxy twice that the capture does not show', () => {
  const [a] = steps('b x');
  const step = { ...(a as PathStep), passed: ['q:5060', 'p:5060', 'q:5060'] };
  expect(judgePath([step], null).verdict).toBe('spiral');
  expect(judgePath([step], { status: 482, frame: 3 }).verdict).toBe('loop');
});

test('a ring of `before` ends', () => {
  const [a, b] = steps('p x', 'p y');
  expect(judgePath([{ ...(a as PathStep), before: 1 }, b as PathStep], null).visits).toHaveLength(2);
});
