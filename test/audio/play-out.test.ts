import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PayloadUse } from '../../core/audio/arrival.ts';
import { PATIENCE, PlayOut } from '../../core/audio/play-out.ts';
import { MOST_WAITING } from '../../core/audio/waiting-queue.ts';

/** What is heard, as words: `7` a payload of 20 ms whose first byte is 7, `.` 20 ms of nothing, `~` noise. */
class Heard {
  readonly words: string[] = [];
  readonly marks: string[] = [];
  samples = 0;
  private isNoisy = false;

  sound(_type: number, payload: Uint8Array, samples: number, skip: number): void {
    this.words.push(skip === 0 ? `${payload[0]}` : `${payload[0]}-${skip}`);
    this.samples += samples - skip;
  }
  gap(samples: number): void {
    this.samples += samples;
    this.words.push(`${this.isNoisy ? '~' : '.'}${samples}`);
  }
  noise(payload: Uint8Array | null): void {
    this.isNoisy = payload !== null;
  }
  tone(event: number, _volume: number, samples: number, begins: boolean): void {
    this.samples += samples;
    this.words.push(`${begins ? 'key' : 'more'}${event}:${samples}`);
  }
  mark(from: number, to: number, what: string): void {
    this.marks.push(`${what} ${from}-${to}`);
  }

  /** Gaps that lie side by side as one. */
  get text(): string {
    const joined: string[] = [];
    for (const word of this.words) {
      const last = joined.at(-1);
      if (last !== undefined && /^[.~]/u.test(word) && last.startsWith(word.charAt(0))) {
        joined[joined.length - 1] = `${word[0]}${Number(last.slice(1)) + Number(word.slice(1))}`;
      } else joined.push(word);
    }
    return joined.join(' ');
  }
}

const uses: Readonly<Record<number, PayloadUse>> = {
  8: { kind: 'sound', samplesOf: ({ length }) => length },
  13: { kind: 'noise', samplesOf: () => 0 },
  101: { kind: 'event', samplesOf: () => 0 },
};
const other: PayloadUse = { kind: 'other', samplesOf: () => 0 };

interface Sent {
  /** Number of the packet; times 20 ms and 160 ticks unless given. */
  readonly n: number;
  readonly ms?: number;
  readonly sequence?: number;
  readonly timestamp?: number;
  readonly type?: number;
  readonly payload?: readonly number[];
}

function play(
  packets: readonly Sent[],
  { bufferMs = 60, asSent = false } = {},
): { heard: Heard; counts: PlayOut['counts']; text: string } {
  const heard = new Heard();
  const kindOf = (type: number): PayloadUse => uses[type] ?? other;
  const playOut = new PlayOut({ rate: 8000, samplesPerTick: 1, buffer: bufferMs / 1000, asSent, kindOf }, heard);
  for (const { n, ms, sequence, timestamp, type = 8, payload } of packets) {
    playOut.packet({
      time: (ms ?? n * 20) / 1000,
      sequence: (sequence ?? 65_530 + n) & 0xffff,
      timestamp: (timestamp ?? 0xffff_fe00 + n * 160) >>> 0,
      payloadType: type,
      payload: payload === undefined ? new Uint8Array(160).fill(n) : Uint8Array.from(payload),
    });
  }
  playOut.end();
  expect(heard.samples).toBe(playOut.cursor);
  return { heard, counts: playOut.counts, text: heard.text };
}

function row(count: number, from = 0): Sent[] {
  return Array.from({ length: count }, (_, index) => ({ n: from + index }));
}

describe('packets where their timestamps say', () => {
  test('in order, over the wrap of sequence and timestamp', () => {
    const { text, counts } = play(row(12));
    expect(text).toBe('0 1 2 3 4 5 6 7 8 9 10 11');
    expect(counts).toEqual({ played: 12, lost: 0, late: 0, duplicates: 0, dropped: 0, restarts: 0 });
  });

  test('jitter within the buffer is not heard, and packets that changed places are put right', () => {
    const { text, counts } = play([{ n: 0 }, { n: 1, ms: 75 }, { n: 3, ms: 76 }, { n: 2, ms: 77 }, { n: 4 }]);
    expect(text).toBe('0 1 2 3 4');
    expect(counts).toMatchObject({ late: 0, lost: 0 });
  });

  test('lost packets are silence of their length, and marked', () => {
    const { text, counts, heard } = play([{ n: 0 }, { n: 1 }, { n: 4 }, { n: 5 }]);
    expect(text).toBe('0 1 .320 4 5');
    expect(counts.lost).toBe(2);
    expect(heard.marks).toEqual(['lost 320-640']);
  });

  test('a packet that is later than the buffer is dropped, and counted as late, not as lost', () => {
    const late = [{ n: 0 }, { n: 1 }, { n: 3 }, { n: 4 }, { n: 5 }, { n: 6 }, { n: 2, ms: 121 }, { n: 7 }];
    const { text, counts, heard } = play(late);
    expect(text).toBe('0 1 .160 3 4 5 6 7');
    expect(counts).toMatchObject({ late: 1, lost: 0, played: 7 });
    expect(heard.marks).toContain('late 320-480');
    expect(play(late, { bufferMs: 100 }).text).toBe('0 1 2 3 4 5 6 7');
    expect(play(late, { asSent: true }).text).toBe('0 1 2 3 4 5 6 7');
  });

  test('without a buffer, whatever is later than the first was is dropped', () => {
    expect(play([{ n: 0 }, { n: 1, ms: 21 }, { n: 2 }], { bufferMs: 0 }).text).toBe('0 .160 2');
  });

  test('duplicates are played once', () => {
    const { text, counts } = play([{ n: 0 }, { n: 1 }, { n: 1, ms: 21 }, { n: 2 }]);
    expect(text).toBe('0 1 2');
    expect(counts.duplicates).toBe(1);
  });

  test('what overlaps is cut', () => {
    const { text } = play([{ n: 0 }, { n: 1, timestamp: 0xffff_fe00 + 100 }, { n: 2 }]);
    expect(text).toBe('0 1-60 .60 2');
  });

  test('as sent: what came seconds late is where it belongs', () => {
    const stalled = [{ n: 0 }, ...row(20, 1).map(({ n }) => ({ n, ms: 3000 + n })), { n: 21, ms: 3030 }];
    expect(play(stalled, { asSent: true }).counts).toMatchObject({ played: 22, late: 0, restarts: 0 });
    expect(play(stalled).counts.late).toBeGreaterThan(10);
  });
});

describe('silence, noise and keys', () => {
  test('a pause in the timestamps is no loss', () => {
    const { text, counts } = play([{ n: 0 }, { n: 1 }, { n: 5, sequence: 65_532 }]);
    expect(text).toBe('0 1 .480 5');
    expect(counts.lost).toBe(0);
  });

  test('comfort noise fills the pause it is in, until the next sound', () => {
    const noise = { n: 1, type: 13, payload: [40] };
    expect(play([{ n: 0 }, noise, { n: 5, sequence: 65_532 }, { n: 6, sequence: 65_533 }]).text).toBe('0 ~640 5 6');
  });

  test('a key is heard as long as its packets say, also when some are lost', () => {
    const event = (n: number, duration: number, end = 0): Sent => ({
      n,
      type: 101,
      timestamp: 0xffff_fe00 + 160,
      payload: [5, end | 10, duration >> 8, duration & 255],
    });
    const all = [{ n: 0 }, event(1, 160), event(2, 320), event(3, 480, 0x80), { n: 4 }];
    expect(play(all).text.replaceAll(/ more5:\d+/gu, '')).toMatch(/^0 key5:\d+ 4$/u);
    expect(play(all).heard.samples).toBe(5 * 160);
    expect(play(all.filter(({ n }) => n !== 2)).counts.lost).toBe(1);
    expect(play(all.filter(({ n }) => n !== 2)).text).toContain('key5');
    expect(play([{ n: 0 }, { n: 1, type: 101, payload: [5] }, { n: 2 }]).text).toBe('0 .160 2');
  });

  test('payload types that are no sound leave a gap', () => {
    expect(play([{ n: 0 }, { n: 1, type: 50 }, { n: 2 }]).text).toBe('0 .160 2');
  });
});

describe('jumps', () => {
  test.each([2 ** 31, 2 ** 31 - 1, 2 ** 30, 1 << 20, -(1 << 20)])(
    'timestamps that jump by %d go on at once',
    (jump) => {
      const { text, counts } = play([
        ...row(5),
        ...row(5, 5).map(({ n }) => ({ n, timestamp: 0xffff_fe00 + n * 160 + jump })),
      ]);
      expect(text).toBe('0 1 2 3 4 5 6 7 8 9');
      expect(counts).toMatchObject({ restarts: 1, lost: 0 });
    },
  );

  test('another sequence and other timestamps are a new beginning where it arrived', () => {
    const again = row(5, 10).map(({ n }) => ({ n, sequence: 20_000 + n, timestamp: 777_777 + n * 160 }));
    const { text, counts } = play([...row(5), ...again]);
    expect(text).toBe('0 1 2 3 4 .800 10 11 12 13 14');
    expect(counts).toMatchObject({ restarts: 1, lost: 0 });
  });

  test('another sequence alone is no loss of thousands', () => {
    expect(play([...row(5), ...row(5, 5).map(({ n }) => ({ n, sequence: 30_000 + n }))]).counts).toMatchObject({
      lost: 0,
      played: 10,
    });
  });

  test('a pause that the sender’s clock did not see: the play-out moves to where packets are', () => {
    const held = row(50, 10).map(({ n }) => ({ n, ms: n * 20 + 30_000 }));
    const { counts, heard } = play([...row(10), ...held]);
    expect(counts.restarts).toBe(1);
    expect(counts.played).toBeGreaterThan(50);
    expect(heard.samples / 8000).toBeCloseTo(31.2, 0);
  });

  test('a sender whose clock is a fifth of a percent too fast stays within reach of its arrivals', () => {
    const { heard, counts } = play(row(18_000).map(({ n }) => ({ n, ms: n * 19.96 })));
    expect(counts.restarts).toBeGreaterThan(1);
    expect(Math.abs(heard.samples / 8000 - (18_000 * 19.96) / 1000)).toBeLessThan(0.3);
  });

  test('one that is too slow moves too, instead of being late for ever', () => {
    const { counts } = play(row(18_000).map(({ n }) => ({ n, ms: n * 20.04 })));
    expect(counts.late).toBeLessThan(200);
    expect(counts.played).toBeGreaterThan(17_800);
  });
});

test('however hostile: nothing throws, what is heard is bounded by arrivals and payloads', () => {
  const packet = fc.record({
    step: fc.integer({ min: 0, max: 400 }),
    sequence: fc.oneof(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 0, max: 20 })),
    timestamp: fc.oneof(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.integer({ min: 0, max: 50 }).map((n) => n * 160),
    ),
    type: fc.constantFrom(8, 8, 8, 13, 101, 50),
    payload: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }),
  });
  fc.assert(
    fc.property(
      fc.array(packet, { maxLength: 200 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 500 }),
      (list, asSent, bufferMs) => {
        let ms = 0;
        const packets = list.map(({ step, ...rest }, n) => ({ n, ms: (ms += step), ...rest }));
        const { heard, counts } = play(packets, { asSent, bufferMs });
        expect(heard.samples).toBeLessThan(8000 * (ms / 1000 + 21) + 60 * 200);
        expect(Math.min(...Object.values<number>({ ...counts }))).toBeGreaterThanOrEqual(0);
        expect(counts.played + counts.late + counts.duplicates).toBeLessThanOrEqual(list.length);
      },
    ),
    { seed: 3550, numRuns: 400 },
  );
});

test('more packets than can wait are played before their time', () => {
  const flood = Array.from({ length: MOST_WAITING + 500 }, (_, n) => ({ n, ms: 0, payload: [n & 255] }));
  const { counts } = play(
    flood.map((one) => ({ ...one, timestamp: one.n })),
    { asSent: true },
  );
  expect(counts.played).toBe(flood.length);
  expect(PATIENCE).toBe(5);
});
