import { expect, test } from 'vitest';
import { MOST_METHODS, responseTimes, type Waits } from '../../core/analysis/response-times.ts';
import { dialogue } from './dialogue.ts';

/** What is measured, in milliseconds: `INVITE final 1/0: 40 40 40 40 40` (answered/unanswered: min median p95 p99 max). */
function told(text: string, mask: readonly number[] | null = null): string[] {
  const analysis = dialogue(text);
  return waitsOf(text, mask).map(
    ({ method, until, count, unanswered, ...times }) =>
      `${analysis.messages.methods.text(method) ?? '-'} ${until} ${count}/${unanswered}: ${[times.min, times.median, times.p95, times.p99, times.max].map((ns) => ns / 1e6).join(' ')}`,
  );
}

function waitsOf(text: string, mask: readonly number[] | null = null): readonly Waits[] {
  const work = responseTimes(dialogue(text), mask === null ? null : Uint8Array.from(mask));
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

test('an INVITE waits for its first, its ringing and its final response; ACK waits for nothing', () => {
  expect(
    told('0 a>b INVITE 1 \n 0.01 b>a 100 1 \n 0.2 b>a 180 1 \n 0.3 b>a 180 1 \n 2 b>a 200 1 \n 2.1 a>b ACK 2'),
  ).toEqual([
    'INVITE first 1/0: 10 10 10 10 10',
    'INVITE ringing 1/0: 200 200 200 200 200',
    'INVITE final 1/0: 2000 2000 2000 2000 2000',
  ]);
});

test('a request that was repeated counts once, from its first sending', () => {
  expect(
    told('0 a>b OPTIONS 1 \n 0.5 a>b OPTIONS 1 id=2 \n 1.5 a>b OPTIONS 1 id=3 \n 1.6 b>a 200 1 of=OPTIONS'),
  ).toEqual(['OPTIONS first 1/0: 1600 1600 1600 1600 1600', 'OPTIONS final 1/0: 1600 1600 1600 1600 1600']);
});

test('what is forwarded is a transaction of its own on each hop', () => {
  expect(
    told('0 a>b OPTIONS 1 \n 0.1 b>c OPTIONS 2,1 \n 0.2 c>b 200 2,1 of=OPTIONS \n 0.3 b>a 200 1 of=OPTIONS')[1],
  ).toBe('OPTIONS final 2/0: 100 100 300 300 300');
});

test('what nobody answered is counted as that, and responses without their request are not', () => {
  expect(told('0 a>b BYE 1 \n 40 end')).toEqual(['BYE first 0/1: 0 0 0 0 0', 'BYE final 0/1: 0 0 0 0 0']);
  expect(told('0 b>a 200 1 of=BYE')).toEqual([]);
});

test('a response before its request, by the clock of another input, waited nothing', () => {
  const [first] = waitsOf('5 a>b OPTIONS 1 \n 4 b>a 200 1 of=OPTIONS');
  expect(first).toMatchObject({ count: 1, min: 0, max: 0, histogram: [{ power: 0, count: 1 }] });
});

test('percentiles are times that were measured, and the histogram holds each once', () => {
  const many = Array.from(
    { length: 100 },
    (_, at) =>
      `${at} a>b OPTIONS ${at + 1} call=c${at} \n ${at + (at + 1) / 1000} b>a 200 ${at + 1} of=OPTIONS call=c${at}`,
  ).join('\n');
  expect(told(many)[0]).toBe('OPTIONS first 100/0: 1 50 95 99 100');
  const [first] = waitsOf(many);
  // 1 ms is 2^9.97 microseconds, 100 ms 2^16.6.
  expect(first?.histogram.map(({ power }) => power)).toEqual([9, 10, 11, 12, 13, 14, 15, 16]);
  expect(first?.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(100);
});

test('only requests in the mask count', () => {
  const text =
    '0 a>b OPTIONS 1 \n 0.1 b>a 200 1 of=OPTIONS \n 1 a>b OPTIONS 2 call=d \n 1.2 b>a 200 2 of=OPTIONS call=d';
  expect(told(text, [0, 0, 1, 0])[0]).toBe('OPTIONS first 1/0: 200 200 200 200 200');
});

test('methods somebody made up share a line once there are too many', () => {
  const made = Array.from({ length: MOST_METHODS + 20 }, (_, at) => `${at} a>b MADE${at} ${at + 1} call=c${at}`).join(
    '\n',
  );
  const waits = waitsOf(`${made} \n 200 a>b OPTIONS 900 call=x \n 201 a>b OPTIONS 901 call=y`);
  expect(waits).toHaveLength(2 * (MOST_METHODS + 1));
  expect(waits.at(-1)).toMatchObject({ method: 0, unanswered: 21 });
});

test('what comes in while it reckons is not counted by halves', () => {
  const analysis = dialogue('0 a>b OPTIONS 1');
  const work = responseTimes(analysis, Uint8Array.from([1]));
  const later = dialogue('0 a>b OPTIONS 1 \n 1 b>a 200 1 of=OPTIONS');
  // The same capture, of which only the first message was there when it began.
  const half = responseTimes(later, Uint8Array.from([1]));
  const end = (steps: Generator<void, readonly Waits[]>): readonly Waits[] => {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  };
  expect(end(half)).toEqual(end(work));
});
