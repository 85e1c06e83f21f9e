import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { probing, type Known, type Probing } from '../../../core/analysis/dispatcher/index.ts';
import { Mode } from '../../../core/analysis/dispatcher/mode.ts';
import { dialogue } from '../dialogue.ts';

/** Who probes whom, and what follows from it; written as dialogues. */

const nothing: Known = { probing: null, inactive: null, goodCodes: null, at: null };

interface Asked extends Partial<Known> {
  readonly hostOnly?: boolean;
  /** Users of Request-URIs by frame; all are the same otherwise. */
  readonly user?: (row: number) => string;
}

function run(lines: readonly string[], { hostOnly = true, user = () => '100', ...known }: Asked = {}): Probing {
  const analysis = dialogue(lines.toSorted((a, b) => timeOf(a) - timeOf(b)).join('\n'));
  const work = probing(analysis, { ...nothing, ...known }, analysis.now, { toHostOnly: () => hostOnly, user });
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

/** Seconds at the beginning of a line. */
function timeOf(line: string): number {
  return Number(line.split(' ')[0]);
}

/** `AP TP IP` of the destinations, in order. */
function courses({ probers }: Probing): string[] {
  return probers.flatMap(({ destinations }) =>
    destinations.map(({ course }) => course.transitions.map(({ to }) => to ?? '?').join(' ')),
  );
}

let last = 0;
/** A probe, and its answer; 0 for none (then it is repeated). */
function probe(at: number, to: string, status: number, method = 'OPTIONS', from = 'p'): string[] {
  last += 1;
  const id = `call=${method}${last}`;
  const sent = `${from}>${to} ${method} ${last} ${id} to=- cseq=10`;
  if (status === 0) return [0, 0.5, 1.5].map((late) => `${at + late} ${sent} id=${last * 10 + late * 2}`);
  return [`${at} ${sent}`, `${at + 0.01} ${to}>${from} ${status} ${last} ${id} of=${method} cseq=10`];
}

/** A call that a destination answers, or does not (0). */
function call(at: number, to: string, status: number, from = 'p'): string[] {
  last += 1;
  const id = `call=c${last}`;
  const sent = `${at} ${from}>${to} INVITE ${last} ${id} to=-`;
  return status === 0 ? [sent] : [sent, `${at + 0.1} ${to}>${from} ${status} ${last} ${id}`];
}

/** Every other one of calls that are 2 s apart. */
function isEven(at: number): boolean {
  return Math.floor(at / 2) % 2 === 0;
}

function every(seconds: number, times: number, make: (at: number, index: number) => string[]): string[] {
  return Array.from({ length: times }, (_, index) => make(1 + index * seconds, index)).flat();
}

describe('who probes', () => {
  test('a beat shows it, whatever the method', () => {
    for (const method of ['OPTIONS', 'INFO', 'PING'])
      expect(
        courses(
          run(
            every(10, 6, (at) => probe(at, 'a', 200, method)),
            { hostOnly: false },
          ),
        ),
      ).toEqual(['AP']);
  });

  test('no beat, no prober: somebody who asks now and then, a scanner, requests within a dialog', () => {
    const odd = [1, 4, 50, 51, 200].flatMap((at) => probe(at, 'a', 200));
    expect(run(odd, { hostOnly: false }).probers).toEqual([]);
    expect(run(every(0.05, 100, (at) => probe(at, 'a', 404))).probers).toEqual([]);
    const inDialog = every(10, 6, (at, index) => [`${at} p>a OPTIONS ${index + 1} call=x to=t cseq=${index + 1}`]);
    expect(run(inDialog).probers).toEqual([]);
  });

  test('a request that was sent on is not its probe', () => {
    const passed = every(10, 6, (at, index) => [`${at} p>a OPTIONS ${index + 1},u${index} call=f${index} to=-`]);
    expect(run(passed).probers).toEqual([]);
  });

  test('a single round to several destinations counts, one request to one host does not', () => {
    expect(run([...probe(1, 'a', 200), ...probe(1.1, 'b', 200)]).probers).toHaveLength(1);
    expect(run(probe(1, 'a', 200)).probers).toEqual([]);
  });

  test('of a single round it is not known whether it is probed again', () => {
    const [prober] = run([...probe(1, 'a', 200), ...probe(1.1, 'b', 200)]).probers;
    expect(prober?.destinations.map(({ course: { letter, probed } }) => [letter, probed])).toEqual([
      ['A', null],
      ['A', null],
    ]);
  });
});

describe('states', () => {
  const failing = every(10, 12, (at, index) => probe(at, 'a', index >= 3 && index < 7 ? 503 : 200));

  test('given thresholds are kept to', () => {
    expect(courses(run(failing, { probing: 1, inactive: 1 }))).toEqual(['AP IP AP']);
    expect(courses(run(failing, { probing: 3, inactive: 2 }))).toEqual(['AP TP IP AP']);
    expect(courses(run(failing, { probing: 5, inactive: 1 }))).toEqual(['AP TP AP']);
    expect(courses(run(failing, { probing: 2, inactive: 9 }))).toEqual(['AP TP IP']);
  });

  test('what is not answered is known to have failed when the prober gives up', () => {
    const silent = [...every(10, 6, (at, index) => probe(at, 'a', index < 3 ? 200 : 0)), '100 end'];
    const [prober] = run(silent, { probing: 1 }).probers;
    expect(prober?.destinations[0]?.course.transitions.map(({ to }) => to)).toEqual(['AP', 'IP', null]);
    // Sent at 31, repeated at 31.5 and 32.5, and not at 34.5 any more.
    expect(prober?.destinations[0]?.course.transitions[1]?.time).toBe(33.5e9);
  });

  test('codes that are given count as good', () => {
    const always = every(10, 6, (at) => probe(at, 'a', 404));
    expect(courses(run(always, { probing: 1 }))).toEqual(['IP']);
    expect(courses(run(always, { probing: 1, goodCodes: [404] }))).toEqual(['AP']);
  });

  test('flags as of a moment', () => {
    const then = (at: number): string | null =>
      run(failing, { probing: 2, inactive: 2, at: at * 1e9 }).probers[0]?.destinations[0]?.course.letter ?? null;
    expect([5, 32, 45, 75, 85].map(then)).toEqual(['A', 'T', 'I', 'I', 'A']);
  });
});

describe('what is learnt', () => {
  test('thresholds, from where calls stop and come back', () => {
    const lines = [
      ...every(10, 30, (at, index) => probe(at, 'a', index >= 10 && index < 16 ? 503 : 200)),
      ...every(10, 30, (at) => probe(at, 'b', 200)),
      // Calls every three seconds: to `a` up to its second failure, and again from the third good answer on.
      ...every(3, 95, (at, index) => call(at + 0.5, (at < 112 || at > 182) && index % 2 === 0 ? 'a' : 'b', 200)),
    ];
    const [prober] = run(lines).probers;
    expect(prober?.probing).toMatchObject({ value: 2, from: 'learnt' });
    expect(prober?.inactive).toMatchObject({ value: 3, from: 'learnt' });
  });

  test('a code that calls keep following is a good one', () => {
    const lines = [...every(10, 12, (at) => probe(at, 'a', 404)), ...every(10, 12, (at) => call(at + 5, 'a', 200))];
    const found = run(lines);
    expect(found.probers[0]?.goodCodes).toEqual([404]);
    expect(courses(found)).toEqual(['AP']);
  });

  test('probing that stops with good answers is of inactive ones only', () => {
    const lines = [...every(5, 8, (at, index) => probe(at, 'a', index < 5 ? 503 : 200)), '200 end'];
    const found = run(lines);
    expect(found.probers[0]?.mode).toBe(Mode.Inactive);
    expect(found.probers[0]?.inactive).toMatchObject({ value: 3, from: 'learnt' });
    expect(courses(found)).toEqual(['IP AX']);
  });

  test('back at the very end: whether it is still probed does not show, until the next probe is late', () => {
    const lines = every(5, 8, (at, index) => probe(at, 'a', index < 6 ? 503 : 200));
    const found = run(lines);
    expect(courses(found)).toEqual(['IP AP ?']);
    expect(found.probers[0]?.destinations[0]?.course).toMatchObject({ letter: 'A', probed: null });
    // It came back before with as few, and was probed on.
    const before = every(5, 12, (at, index) => probe(at, 'a', [2, 3, 6, 7, 10, 11].includes(index) ? 200 : 503));
    expect(courses(run(before))).toEqual(['IP AP IP AP IP AP']);
    expect(courses(run([...lines, '44 end']))).toEqual(['IP AX']);
  });

  test('passed over when the next probe was due and others got theirs', () => {
    const lines = [
      ...every(5, 8, (at, index) => probe(at, 'a', index < 6 ? 503 : 200)),
      ...every(5, 9, (at, index) => probe(at, 'b', index < 7 ? 503 : 200)),
    ];
    const found = run(lines);
    expect(found.probers[0]?.inactive).toMatchObject({ value: 2, from: 'learnt' });
    expect(courses(found)).toEqual(['IP AX', 'IP AX']);
  });

  test('a call that fails starts probing of a destination that was not probed', () => {
    const lines = [
      ...every(10, 30, (at) => probe(at, 'b', 200)),
      ...[20, 40, 60].flatMap((at) => call(at, 'a', 200)),
      ...call(102, 'a', 503),
      ...[111, 121, 131, 141, 151].flatMap((at, index) => probe(at, 'a', index < 2 ? 503 : 200)),
    ];
    const found = run(lines, { probing: 2, inactive: 1 });
    expect(courses(found)[1]).toMatch(/^AX TP IP AP/u);
    expect(found.probers[0]?.destinations[1]?.course.transitions[1]?.reason).toContain('call was answered with 503');
  });

  test('a failed call takes a destination out although its probes are well: no calls until enough good answers', () => {
    const probes = every(5, 40, (at) => [...probe(at, 'a', 200), ...probe(at, 'b', 200)]);
    const out = (at: number): boolean => (at > 50 && at < 62) || (at > 100 && at < 112);
    const calls = Array.from({ length: 95 }, (_, index) => 2.5 + 2 * index).flatMap((at) => {
      if (at === 50.5 || at === 100.5) return call(at - 1, 'a', 503);
      return call(at, isEven(at) && !out(at) ? 'a' : 'b', 200);
    });
    const found = run([...probes, ...calls]);
    expect(found.probers[0]?.inactive).toMatchObject({ value: 3, from: 'learnt' });
    expect(found.probers[0]?.marks).toBe(true);
    expect(courses(found)).toEqual(['AP IP AP IP AP', 'AP']);
    expect(found.probers[0]?.destinations[0]?.course.transitions[1]?.reason).toContain('call was answered with 503');
    // The same failures, and calls go on: probes alone decide.
    const on = calls.concat([52, 54, 102, 104].flatMap((at) => call(at, 'a', 200)));
    expect(courses(run([...probes, ...on]))).toEqual(['AP', 'AP']);
  });

  test('of one that is not probed while well it is not known whether it is marked for it', () => {
    const lines = [
      ...[10, 30, 50, 70].flatMap((at) => [
        ...call(at, 'a', 503),
        ...[1, 3, 5].flatMap((late) => probe(at + late, 'a', 200)),
      ]),
      ...[3, 23, 43, 63, 83].flatMap((at) => call(at, 'b', 200)),
      ...[4, 24, 44, 64, 84].flatMap((at) => call(at, 'b', 200)),
      '120 end',
    ];
    const found = run(lines, { user: String });
    expect(found.probers[0]?.destinations[1]?.course).toMatchObject({ letter: 'A', probed: null });
  });

  test('probes that only follow failed calls, though they keep the beat: inactive up to the last good answer needed', () => {
    // Calls go on failing while probes are answered well; three good ones bring it back each time.
    const rounds = [10, 30, 50, 70].flatMap((at) => [
      ...call(at, 'a', 503),
      ...[1, 3, 5].flatMap((late) => probe(at + late, 'a', 200)),
    ]);
    const lines = [...call(2, 'a', 200), ...rounds, '120 end'];
    const found = run(lines, { probing: 2 });
    expect(found.probers[0]?.mode).toBe(Mode.Inactive);
    expect(found.probers[0]?.inactive).toMatchObject({ value: 3, from: 'learnt' });
    expect(courses(found)).toEqual(['AX IP AX IP AX IP AX IP AX']);
  });

  test('probing that also ends with a bad answer: a mark that one probe takes away', () => {
    const lines = [
      ...[10, 30, 50].flatMap((at) => [...call(at, 'a', 503), ...probe(at + 2, 'a', 200), ...probe(at + 4, 'a', 200)]),
      ...call(70, 'a', 503),
      ...probe(72, 'a', 503),
      '200 end',
    ];
    const found = run(lines, { probing: 2, inactive: 2 });
    expect(found.probers[0]?.mode).toBe(Mode.AfterFailures);
    expect(courses(found)[0]).toMatch(/IP IX$/u);
  });

  test('who gets calls for one number only, and is not probed, is a phone', () => {
    const lines = [
      ...every(10, 12, (at) => probe(at, 'g', 200)),
      ...every(12, 6, (at) => call(at, 'x', 200)),
      ...every(12, 6, (at) => call(at + 2, 'g', 200)),
    ];
    const few = run(lines, { user: (row) => (row % 3 === 0 ? '' : '') });
    expect(few.probers[0]?.destinations).toHaveLength(1);
    expect(courses(run(lines))).toEqual(['AP', 'AX']);
  });
});

test('any mix of probes and calls: an answer, transitions in order, and the same flags however often it is asked', () => {
  const event = fc.record({
    at: fc.integer({ min: 0, max: 300 }),
    to: fc.constantFrom('a', 'b', 'c'),
    status: fc.constantFrom(0, 200, 200, 404, 503, 408),
    isCall: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (events, threshold) => {
      const lines = events.flatMap(({ at, to, status, isCall }) => (isCall ? call : probe)(at, to, status));
      const found = run(lines, { probing: threshold });
      for (const { destinations } of found.probers) {
        for (const { course } of destinations) {
          const times = course.transitions.map(({ time }) => time);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          for (const { from, to } of course.transitions) expect(from).not.toBe(to);
        }
      }
      expect(courses(run(lines, { probing: threshold }))).toEqual(courses(found));
    }),
    { seed: 11, numRuns: 60 },
  );
});
