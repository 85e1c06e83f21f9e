import { describe, expect, test } from 'vitest';
import { legLinks } from '../../../core/analysis/legs/legs.ts';
import { together, type LegCall } from '../../../core/analysis/legs/leg-links.ts';
import { sameUser } from '../../../core/analysis/legs/legs-users.ts';

/** Which calls are legs of one, and what shows it. Addresses: 1 caller, 2 B2BUA, 3 callee. */

const SECOND = 1e9;

function call(id: string, more: Partial<LegCall> = {}): LegCall {
  const start = more.start ?? 0;
  return {
    call: 1,
    callId: id,
    frame: 1,
    isSession: true,
    start,
    answer: Number.NaN,
    final: start + 5 * SECOND,
    finalStatus: 486,
    end: start + 6 * SECOND,
    from: 1,
    arrivals: [2],
    vias: 1,
    callers: [],
    callees: [],
    named: [],
    sessionIds: [],
    icid: null,
    replaces: [],
    media: [],
    origin: null,
    ...more,
  };
}

/** The side that the B2BUA began, 20 ms later. */
function inner(id: string, more: Partial<LegCall> = {}): LegCall {
  const start = more.start ?? 0.02 * SECOND;
  return call(id, { start, from: 2, arrivals: [3], final: start + 4.9 * SECOND, ...more });
}

function told(calls: readonly LegCall[]): string[] {
  return legLinks(calls).map(
    ({ a, b, evidence }) =>
      `${calls[a]?.callId ?? ''}-${calls[b]?.callId ?? ''} ${evidence.map(({ kind }) => kind).join(' ')}`,
  );
}

describe('what names the other leg', () => {
  test('a header with its Call-ID, also where nothing else fits', () => {
    const b = inner('b', { start: 90 * SECOND, from: 9, named: [{ header: 'X-Call-ID', value: 'a', frame: 7 }] });
    expect(told([call('a'), b])).toEqual(['a-b header']);
  });

  test('the same value of such a header, in calls that overlap', () => {
    const named = [{ header: 'X-Correlation-ID', value: '4711-0815', frame: 1 }];
    expect(told([call('a', { named }), inner('b', { named })])).toEqual(['a-b header']);
    expect(told([call('a', { named }), inner('b', { named, start: 60 * SECOND })])).toEqual([]);
  });

  test('Session-ID, icid-value, Replaces', () => {
    const sessionIds = ['377917e919f123a63b150a1eadc184ef'];
    expect(told([call('a', { sessionIds }), inner('b', { sessionIds })])).toEqual(['a-b session-id']);
    expect(told([call('a', { icid: 'abc1' }), inner('b', { icid: 'abc1' })])).toEqual(['a-b icid']);
    expect(told([call('a'), inner('b', { replaces: [{ header: 'Replaces', callId: 'a', frame: 3 }] })])).toEqual([
      'a-b replaces',
    ]);
  });

  test('a value that everybody has says nothing', () => {
    const calls = Array.from({ length: 40 }, (_, at) => call(String(at), { icid: 'constant', start: at * SECOND }));
    expect(told(calls)).toEqual([]);
  });
});

describe('what resembles', () => {
  const users = { callers: ['1001'], callees: ['0399991111'] };

  test('the same users, one call within the other', () => {
    const [link] = legLinks([call('a', users), inner('b', { callers: ['1001'], callees: ['+61399991111'] })]);
    expect(link?.evidence).toMatchObject([{ kind: 'users', frames: [1, 1] }]);
    expect(together(link?.evidence ?? [])).toBeGreaterThan(0.7);
  });

  test('not where it began elsewhere, after the answer, or with other users', () => {
    expect(told([call('a', users), inner('b', { ...users, from: 9 })])).toEqual([]);
    expect(told([call('a', users), inner('b', { ...users, start: 20 * SECOND })])).toEqual([]);
    expect(told([call('a', users), inner('b', { callers: ['1001'], callees: ['0399992222'] })])).toEqual([]);
  });

  test('not where one was answered and the other refused', () => {
    const answered = { finalStatus: 200, answer: 4 * SECOND, final: 4 * SECOND };
    expect(told([call('a', users), inner('b', { ...users, ...answered })])).toEqual([]);
    const both = { finalStatus: 200, answer: 4.1 * SECOND, final: 4.1 * SECOND };
    expect(told([call('a', { ...users, ...both }), inner('b', { ...users, ...answered })])).toEqual(['a-b users']);
  });

  test('not where two would do as well', () => {
    const a1 = call('a1', users);
    const a2 = call('a2', { ...users, from: 8 });
    expect(told([a1, a2, inner('b', users)])).toEqual([]);
    expect(told([a1, call('a2', { callers: ['1002'], callees: users.callees, from: 8 }), inner('b', users)])).toEqual([
      'a1-b users',
    ]);
  });

  test('media that is handed on as it is, with the caller hidden', () => {
    const media = ['192.0.2.1 30000'];
    expect(told([call('a', { media }), inner('b', { media })])).toEqual(['a-b media']);
  });

  test('one place for the media of all calls says nothing', () => {
    const media = ['192.0.2.1 6000'];
    const calls = [call('a', { media }), call('c', { media, start: 1 }), inner('b', { media })];
    expect(told(calls)).toEqual([]);
  });

  test('a load generator and its answering side: calls of one direction never tie', () => {
    const calls = Array.from({ length: 200 }, (_, at) =>
      call(String(at), { callers: ['sipp'], callees: ['service'], media: ['192.0.2.1 6000'], start: at * 5e6 }),
    );
    expect(told(calls)).toEqual([]);
  });
});

test('users: prefixes, hidden callers, names', () => {
  expect(sameUser('0399991111', '+61399991111')).toBe(0.9);
  expect(sameUser('1001', '+61280001001')).toBe(0.9);
  expect(sameUser('Alice', 'alice')).toBe(1);
  expect(sameUser('anonymous', 'anonymous')).toBe(0);
  expect(sameUser('12', '612')).toBe(0);
  expect(sameUser('', '')).toBe(0);
});
