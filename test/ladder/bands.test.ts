import { describe, expect, test } from 'vitest';
import type { LadderBand, LadderOptions, LadderScene } from '../../core/contract/ladder.ts';
import type { LadderInput, LadderStream } from '../../core/ladder/input.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { indexOf, SceneItems } from '../../core/ladder/scene-items.ts';
import { bandTooltip } from '../../core/ladder/tooltip.ts';
import { Dialogue, hostile, mediaCall, proxied, stream } from './inputs.ts';
import { arrowsOf, overlap, wordsOf } from './scene.ts';

const phone = '10.1.0.7:5060';
const gateway = '10.3.0.3:5080';
/** When a dialogue begins, ms. */
const START = 21_998;

function bandsOf({ items }: LadderScene): LadderBand[] {
  return items.filter((item) => item.kind === 'band');
}

/** A call of two hosts, answered after 100 ms and over after 10 s, with these streams. */
function call(...streams: readonly LadderStream[]): LadderInput {
  return new Dialogue()
    .call({ callId: 'one' })
    .say(0, phone, gateway, 'INVITE')
    .say(100, gateway, phone, '200 OK')
    .say(110, phone, gateway, 'ACK', { toTag: 'b2' })
    .say(10_000, phone, gateway, 'BYE', { of: '2 BYE', toTag: 'b2' })
    .say(10_001, gateway, phone, '200 OK', { of: '2 BYE' })
    .input({ streams });
}

function there(from: number, to: number, more: Parameters<typeof stream>[3] = {}): LadderStream {
  return stream('10.1.0.7:20000', '10.3.0.3:24024', [START + from, START + to], more);
}

function back(from: number, to: number, more: Parameters<typeof stream>[3] = {}): LadderStream {
  return stream('10.3.0.3:24024', '10.1.0.7:20000', [START + from, START + to], { stream: 2, ...more });
}

describe.each([
  ['a call over a relay', mediaCall],
  ['a proxied call', proxied],
  ['hostile texts', hostile],
] as const)('bands of %s', (_name, make) => {
  const layouts: readonly LadderOptions[] = [{}, { scale: 'time' }, { room: 300 }, { lanes: 'address-port' }];
  test.each(layouts)('cover nothing and are covered by nothing, with %o', (options) => {
    const scene = buildLadder(make(), options);
    const boxes = bandsOf(scene).map(({ box }) => box);
    const words = arrowsOf(scene).flatMap((arrow) => wordsOf(scene, arrow));
    expect(boxes.length).toBeGreaterThan(0);
    for (const [at, box] of boxes.entries()) {
      expect(boxes.slice(at + 1).some((other) => overlap(box, other))).toBe(false);
      expect(words.some((other) => overlap(box, other))).toBe(false);
    }
    const heights = scene.items.map(({ y }) => y);
    expect(heights).toStrictEqual(heights.toSorted((a, b) => a - b));
  });

  test('lie between their lanes, with all their words inside', () => {
    const scene = buildLadder(make());
    for (const { box, from, to, texts, y } of bandsOf(scene)) {
      const xs = [scene.lanes[from]?.x ?? 0, scene.lanes[to]?.x ?? 0];
      expect(box.x).toBeGreaterThan(Math.min(...xs));
      expect(box.x + box.width).toBeLessThan(Math.max(...xs));
      for (const text of texts) {
        expect(text.y).toBeGreaterThan(box.y);
        expect(text.y).toBeLessThan(box.y + box.height);
      }
      // What is looked for by its middle reaches no further than places of items are looked for.
      expect(box.height / 2).toBeLessThan(40);
      expect(Math.abs(y - box.y - box.height / 2)).toBeLessThanOrEqual(0.5);
    }
  });
});

test('a band points to who receives, and says codec, packet time, loss, MOS, packets, jitter and digits', () => {
  const [one, other] = bandsOf(
    buildLadder(call(there(120, 9990, { dtmf: ['1', '*'], missing: 1, packets: 99 }), back(150, 9990, { mos: null }))),
  );
  expect(one).toMatchObject({
    tip: 'right',
    from: 0,
    to: 1,
    words: ['RTP PCMU 20 ms', 'loss 1 %', 'MOS 4.4'],
    details: ['99 packets in 9.87 s', 'jitter 1.5 ms', 'DTMF 1 *'],
    time: '0.120',
    frame: 40,
  });
  expect(other).toMatchObject({ tip: 'left', from: 1, to: 0, words: ['RTP PCMU 20 ms', 'loss 0 %'] });
  expect(bandTooltip(one as LadderBand)).toBe(
    'RTP PCMU 20 ms from 10.1.0.7:20000 to 10.3.0.3:24024, frame 40, 0.120 s, for 9.87 s, SSRC 0x1ff27046, ' +
      '99 of 100 packets, loss 1 % (1), MOS 4.38, packet time 20 ms, asked for 20 ms, jitter 1.5 ms, at most 2.2 ms, ' +
      'at most 31.7 ms between two packets, DTMF 1 *',
  );
});

test('a loss that is next to nothing is not told as none', () => {
  const [band] = bandsOf(buildLadder(call(there(120, 9990, { packets: 9999, missing: 1 }))));
  expect(band?.words).toContain('loss < 0.1 %');
});

test('a rail runs from the band to where the stream ends, beside the lane of who sends', () => {
  const scene = buildLadder(call(there(120, 5000), back(150, 20_000)));
  const [first, second] = scene.rails;
  const bye = arrowsOf(scene).find(({ label }) => label === 'BYE');
  const [one, other] = bandsOf(scene);
  expect(first).toMatchObject({ lane: 0, band: '1', y1: one?.y, ink: 'good' });
  expect(first?.y2).toBeGreaterThan((other?.box.y ?? 0) + (other?.box.height ?? 0));
  expect(first?.y2).toBeLessThan(bye?.y ?? 0);
  // On the side of the receiver, so that a lane that sends to both sides has both apart.
  expect(first?.x).toBeGreaterThan(scene.lanes[0]?.x ?? 0);
  expect(second?.x).toBeLessThan(scene.lanes[1]?.x ?? 0);
  // What goes on after the last message ends below it, within the lifelines.
  const last = scene.items.at(-1)?.y ?? 0;
  expect(second?.y2).toBeGreaterThan(last);
  expect(second?.y2).toBeLessThanOrEqual(scene.lifelines.y2);
});

test('rails of streams at the same time stand beside one another', () => {
  const scene = buildLadder(call(...[1, 2, 3].map((id) => there(110 + id, 9000, { stream: id }))));
  expect(new Set(scene.rails.map(({ x }) => x)).size).toBe(3);
});

test('where the packet time changes there is a row of its own, and a tick on the rail', () => {
  const scene = buildLadder(
    call(
      there(120, 9000, {
        changes: [
          [START + 120, 40],
          [START + 4000, 20],
        ],
      }),
    ),
  );
  const [begin, change] = bandsOf(scene);
  expect(begin).toMatchObject({ part: 'begin', key: '1' });
  expect(change).toMatchObject({ part: 'change', key: '1.1', time: '4.000', media: [], duration: '' });
  expect(change?.words).toStrictEqual(['RTP PCMU from here 20 ms', 'before 40 ms']);
  expect(scene.rails).toHaveLength(1);
  expect(scene.rails[0]?.ticks).toStrictEqual([change?.y]);
});

test('a packet time that goes to and fro has some rows, and says how often it still changes', () => {
  const changes = Array.from({ length: 20 }, (_, at) => [START + 120 + at * 400, at % 2 === 0 ? 20 : 40] as const);
  const bands = bandsOf(buildLadder(call(there(120, 9000, { changes }))));
  expect(bands).toHaveLength(1 + 6);
  expect(bands.at(-1)?.details).toStrictEqual(['the packet time changes 13 more times']);
});

test('many streams of one call in one direction are one band with a count, and all their numbers', () => {
  const streams = Array.from({ length: 50 }, (_, at) =>
    there(120 + at, 9000, {
      stream: at + 1,
      mos: at === 7 ? 2.9 : 4.4,
      missing: at,
      ...(at === 9 ? { warning: 'Bad.' } : {}),
    }),
  );
  const scene = buildLadder(call(...streams, back(150, 9000, { stream: 99 })));
  const [folded, alone] = bandsOf(scene);
  expect(folded).toMatchObject({
    key: '1+',
    src: '',
    words: ['50 RTP streams PCMU 20 ms', 'loss 0–32.9 %', 'MOS 2.9–4.4'],
  });
  expect(folded?.warnings).toStrictEqual(['1 of 50 with a warning: Bad.']);
  expect(folded?.streams).toHaveLength(50);
  expect(folded?.media).toHaveLength(50);
  expect(alone?.streams).toStrictEqual([99]);
  expect(bandsOf(scene)).toHaveLength(2);
});

test('streams of many calls between the same lanes are one band; of very many lanes the rest is counted', () => {
  const dialogue = new Dialogue();
  const streams: LadderStream[] = [];
  const ends = (at: number): readonly [string, string] => [`10.9.${at}.1`, `10.9.${at}.2`];
  for (let at = 0; at < 70; at++) {
    const [a, b] = ends(at);
    dialogue.call({ callId: String(at) }).say(at, `${a}:5060`, `${b}:5060`, 'INVITE');
    const more = { stream: at + 1, callIndex: at, ...(at === 69 ? { warning: 'Bad.' } : {}) };
    streams.push(stream(`${a}:4000`, `${b}:4000`, [START + 100 + at, START + 900], more));
  }
  const scene = buildLadder(dialogue.input({ streams }));
  expect(bandsOf(scene)).toHaveLength(60);
  // The one with a warning is not among those left out.
  expect(bandsOf(scene).some(({ warnings }) => warnings.length > 0)).toBe(true);
  expect(scene.legend.map(({ text }) => text.text)).toContain('10 more RTP streams between other lanes are not drawn');

  const same = Array.from({ length: 60 }, (_, at) => there(120 + at, 9000, { stream: at + 1, callIndex: at }));
  const [folded, ...others] = bandsOf(buildLadder(call(...same)));
  expect(folded).toMatchObject({ call: -1, words: expect.arrayContaining(['60 RTP streams PCMU 20 ms']) as unknown });
  expect(others).toStrictEqual([]);
});

test('in a ladder of several calls a band has the letter of its call', () => {
  const input = new Dialogue()
    .call({ callId: 'one' })
    .say(0, phone, gateway, 'INVITE')
    .call({ callId: 'two' })
    .say(10, phone, gateway, 'INVITE')
    .input({ streams: [there(120, 900, { callIndex: 1 })] });
  expect(bandsOf(buildLadder(input))[0]?.words[0]).toBe('B RTP PCMU 20 ms');
});

describe('lanes of streams', () => {
  test('a host that has only media is a lane of its own, with its ports', () => {
    const { lanes } = buildLadder(mediaCall());
    expect(lanes.map(({ key, role, ends }) => [key, role, ends[0]])).toContainEqual([
      '10.0.0.9',
      'media',
      '10.0.0.9:30000',
    ]);
  });

  const loop = (lanes: LadderOptions['lanes'], party: boolean): string[] => {
    const one = stream('127.0.0.1:20000', '127.0.0.1:24000', [START + 120, START + 900]);
    const [srcParty, dstParty] = [5060, 5080].map((port) => (party ? { address: '127.0.0.1', port } : null));
    const input = new Dialogue()
      .call({ callId: 'one' })
      .say(0, '127.0.0.1:5060', '127.0.0.1:5080', 'INVITE')
      .input({ streams: [{ ...one, srcParty: srcParty ?? null, dstParty: dstParty ?? null }] });
    const scene = buildLadder(input, lanes === undefined ? {} : { lanes });
    const [band] = bandsOf(scene);
    return [...scene.lanes.map(({ key }) => key), `${band?.from ?? ''}→${band?.to ?? ''}`];
  };

  test('where ports make lanes, media goes to the lane of its party, or all media of the address to one', () => {
    expect(loop('auto', true)).toStrictEqual(['127.0.0.1:5060', '127.0.0.1:5080', '0→1']);
    expect(loop('address-port', true)).toStrictEqual(['127.0.0.1:5060', '127.0.0.1:5080', '0→1']);
    expect(loop('auto', false)).toStrictEqual(['127.0.0.1:5060', '127.0.0.1:5080', '127.0.0.1', '2→2']);
  });

  test('a band on one lane stands right of it, within the drawing', () => {
    const one = stream('127.0.0.1:20000', '127.0.0.1:24000', [START + 120, START + 900]);
    const input = new Dialogue()
      .call({ callId: 'one' })
      .say(0, '127.0.0.1:5060', '127.0.0.1:5080', 'INVITE')
      .input({ streams: [one] });
    const scene = buildLadder(input, { lanes: 'address' });
    const [band] = bandsOf(scene);
    expect(band).toMatchObject({ from: 0, to: 0, joins: [{ x1: scene.lanes[0]?.x }] });
    expect((band?.box.x ?? 0) + (band?.box.width ?? 0)).toBeLessThanOrEqual(scene.width);
  });

  test('hosts with a name, and hosts that were folded, have the streams of all their ends', () => {
    const hosts = [
      {
        name: 'edge',
        role: null,
        ends: ['10.3.0.3', '10.0.0.1', '10.0.0.9'].map((address) => ({ address, port: null })),
      },
    ];
    const scene = buildLadder({ ...mediaCall(), hosts });
    expect(scene.lanes.map(({ title }) => title)).toStrictEqual(['10.1.0.7', 'edge']);
    expect(bandsOf(scene).map(({ from, to }) => [from, to])).toStrictEqual([
      [0, 1],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
  });
});

test('a long silence is measured from what stands above it, also from a band', () => {
  const { items } = buildLadder(call(there(120, 9000), back(7000, 9000)));
  expect(items.flatMap((item) => (item.kind === 'note' ? [item.text] : []))).toStrictEqual(['6.88 s later']);
});

test('to scale, a band stands where its time is', () => {
  const { items } = buildLadder(call(there(120, 9000), back(3120, 9000)), { scale: 'time' });
  const [one, other] = items.filter((item) => item.kind === 'band').map(({ y }) => y);
  expect((other ?? 0) - (one ?? 0)).toBe(240);
});

test('the index of a scene knows its bands and when each row was', () => {
  const scene = buildLadder(mediaCall());
  const items = new SceneItems(scene);
  const at = scene.items.findIndex((item) => item.kind === 'band');
  expect(items.bandAt(at)).toBe('1');
  expect(items.placeOfBand('1')).toBe(at);
  expect(items.band('1')).toBe(scene.items[at]);
  expect(items.placeOfBand('77')).toBe(-1);
  expect(items.stopFrom(at, 1)).toBe(at);
  expect(items.arrowFrom(at, 1)).toBeGreaterThan(at);
  const { ms, start } = indexOf(scene.items);
  expect(start).toBeCloseTo(1_777_640_622.998, 3);
  expect(ms.slice(0, 3)).toStrictEqual([0, 1, 900]);
  const withNote = indexOf(buildLadder(proxied()).items);
  expect(withNote.ms).toContain(null);
});
