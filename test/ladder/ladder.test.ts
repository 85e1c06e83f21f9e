import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { jsonText } from '../../core/export/escape.ts';
import { golden } from '../export/golden.ts';
import {
  cancelled,
  Dialogue,
  hostile,
  inputs,
  ipv6,
  looping,
  loopback,
  manyPorts,
  proxied,
  retransmitted,
  sixLanes,
  threeCalls,
} from './inputs.ts';
import type { LadderInput } from '../../core/ladder/input.ts';
import { arrowsOf, overlap, wordsOf } from './scene.ts';

const phone = '10.1.0.7:5060';
const folder = path.join(import.meta.dirname, 'golden');

test.each(Object.entries(inputs))('the scene of %s is what it was', (name, make) => {
  const scene = `${jsonText(buildLadder(make()), 1)}\n`;
  expect(scene).toBe(golden(folder, `${name}.scene`, scene));
});

describe.each(Object.entries({ ...inputs, hostile }))('the scene of %s', (_name, make) => {
  test('is the same for the same input, and survives JSON', () => {
    const scene = buildLadder(make());
    expect(buildLadder(make())).toStrictEqual(scene);
    expect(JSON.parse(jsonText(scene))).toStrictEqual(scene);
  });

  test.each(['even', 'time'] as const)('nothing covers anything in scale %s', (scale) => {
    const scene = buildLadder(make(), { scale });
    const arrows = arrowsOf(scene);
    for (let at = 0; at < arrows.length; at++) {
      const arrow = arrows[at] as (typeof arrows)[number];
      const here = wordsOf(scene, arrow);
      const next = arrows[at + 1];
      const others = next === undefined ? [] : wordsOf(scene, next);
      for (let one = 0; one < here.length; one++) {
        const box = here[one] as (typeof here)[number];
        expect(
          here.slice(one + 1).some((other) => overlap(box, other)),
          `within frame ${arrow.frame}`,
        ).toBe(false);
        expect(
          others.some((other) => overlap(box, other)),
          `below frame ${arrow.frame}`,
        ).toBe(false);
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(scene.width);
      }
    }
  });

  test('labels stay between their lanes, rows go down, lanes do not touch', () => {
    const scene = buildLadder(make());
    for (const arrow of arrowsOf(scene)) {
      if (arrow.loop !== null) continue;
      const above = wordsOf(scene, arrow)[0] as ReturnType<typeof wordsOf>[number];
      expect(above.x).toBeGreaterThan(Math.min(arrow.x1, arrow.x2));
      expect(above.x + above.width).toBeLessThan(Math.max(arrow.x1, arrow.x2));
    }
    const heights = scene.items.map(({ y }) => y);
    expect(heights).toStrictEqual(heights.toSorted((a, b) => a - b));
    for (let lane = 1; lane < scene.lanes.length; lane++) {
      const [left, right] = [scene.lanes[lane - 1]?.box, scene.lanes[lane]?.box];
      expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan(right?.x ?? 0);
    }
    expect(scene.lifelines.y2).toBeGreaterThan(heights.at(-1) ?? 0);
    expect(scene.height).toBeGreaterThan(scene.lifelines.y2);
  });
});

test('the same request has the same number on each hop, its responses too, and ACK and BYE have their own', () => {
  const numbers = arrowsOf(buildLadder(proxied())).map(({ label, badge }) => `${label} ${badge.text}`);
  expect(numbers).toStrictEqual([
    'INVITE 1',
    '100 Trying 1',
    'INVITE 1',
    '180 Ringing 1',
    '180 Ringing 1',
    '200 OK 1',
    '200 OK 1',
    'ACK 2',
    'ACK 2',
    'BYE 3',
    'BYE 3',
    '200 OK 3',
    '200 OK 3',
  ]);
});

test('a packet captured twice is one arrow, a retransmission is one of its own with its distance to the first', () => {
  const arrows = arrowsOf(buildLadder(retransmitted()));
  expect(arrows).toHaveLength(7);
  expect(arrows[0]).toMatchObject({ copies: 1, retransmission: false, retransmissionOf: null });
  expect(arrows[0]?.details).toContain('captured 2 times');
  expect(arrows[1]).toMatchObject({ copies: 0, retransmission: true, retransmissionOf: 3 });
  expect(arrows.map(({ details }) => details[0])).toContain('retransmission of #3 (+15.500 s)');
});

test('a copy or retransmission of what is not in the ladder is drawn, and names nothing', () => {
  const { messages, calls } = retransmitted();
  const rest = messages.slice(1).map((message) => ({ ...message }));
  const arrows = arrowsOf(buildLadder({ messages: rest, calls }));
  expect(arrows).toHaveLength(7);
  expect(arrows[1]).toMatchObject({ retransmission: true, retransmissionOf: null, details: ['retransmission'] });
});

function notes(gapMs: number): string[] {
  return buildLadder(cancelled(), { gapMs }).items.flatMap((item) => (item.kind === 'note' ? [item.text] : []));
}

test('a long pause has a note, whose length can be chosen', () => {
  expect(notes(5000)).toStrictEqual(['6.24 s later']);
  expect(notes(10_000)).toStrictEqual([]);
});

test('to scale, rows stand further apart the more time passes, within bounds', () => {
  const { items } = buildLadder(proxied(), { scale: 'time' });
  const ys = items.flatMap((item) => (item.kind === 'arrow' ? [item.y] : []));
  const steps = ys.slice(1).map((y, at) => y - (ys[at] as number));
  expect(steps[0]).toBe(42);
  expect(steps[4]).toBe(240);
  expect(Math.max(...steps)).toBeLessThan(600);
});

test('caller left, callee right, proxies on the way, forks behind their proxy', () => {
  expect(buildLadder(sixLanes()).lanes.map(({ title }) => title)).toStrictEqual([
    'UE 991',
    'P-CSCF',
    '10.30.0.2',
    '10.30.0.3',
    '10.30.0.9',
    '10.20.0.77',
  ]);
  const fork = new Dialogue().call({ callId: 'fork' });
  const [caller, proxy, ...branches] = [
    '10.0.0.5:5060',
    '10.0.0.1:5060',
    '10.0.0.21:5060',
    '10.0.0.22:5060',
    '10.0.0.23:5060',
  ] as const;
  // The capture begins with the proxy's own message: order of appearance would put it left.
  fork.say(0, proxy, caller, '100 Trying').say(1, caller, proxy, 'INVITE');
  for (const branch of branches) fork.say(2, proxy, branch, 'INVITE');
  for (const at of [5, 6, 7, 8, 9, 10]) fork.say(at, branches[1], proxy, '180 Ringing');
  const { lanes } = buildLadder(fork.input());
  expect(lanes.map(({ title, role }) => `${title} ${role ?? ''}`.trim())).toStrictEqual([
    '10.0.0.5 caller',
    '10.0.0.1 proxy',
    '10.0.0.22 callee',
    '10.0.0.21',
    '10.0.0.23',
  ]);
});

test('two callers of one proxy both stand left of it', () => {
  expect(buildLadder(threeCalls()).lanes.map(({ title }) => title)).toStrictEqual([
    '10.1.0.7',
    '10.1.0.9',
    '10.0.0.1',
    '10.3.0.3',
  ]);
});

function titles(input: ReturnType<typeof loopback>, lanes: 'auto' | 'address' | 'address-port'): string[] {
  return buildLadder(input, { lanes }).lanes.map(({ title }) => title);
}

describe('what a lane is', () => {
  test('an address that talks to itself is split by port, and a TCP client port is folded into the announced one', () => {
    expect(titles(loopback(), 'auto')).toStrictEqual(['127.0.0.1:5070', '127.0.0.1:5060', '127.0.0.1:5080']);
  });

  test('unless addresses are asked for, come what may', () => {
    const scene = buildLadder(loopback(), { lanes: 'address' });
    expect(scene.lanes.map(({ title }) => title)).toStrictEqual(['127.0.0.1']);
    expect(arrowsOf(scene).every(({ loop, from, to }) => loop !== null && from === to)).toBe(true);
  });

  test('with address-port every end is one, as in sngrep', () => {
    expect(titles(ipv6(), 'address-port')).toStrictEqual([
      '[2001:db8:85a3:1234:5678:8a2e:370:7334]:5060',
      '[2001:db8:85a3:ffff:abcd:8a2e:370:7335]:5060',
      '[fe80::1]:5060',
    ]);
  });

  test('several ends with one name are one lane', () => {
    const hosts = [
      {
        name: 'lab',
        role: null,
        ends: [
          { address: '127.0.0.1', port: 5060 },
          { address: '127.0.0.1', port: 5080 },
        ],
      },
    ];
    expect(titles({ ...loopback(), hosts }, 'auto')).toStrictEqual(['127.0.0.1:5070', 'lab']);
  });
});

test('several calls have letters and colours, one call has neither', () => {
  const scene = buildLadder(threeCalls());
  expect(scene.colours).toBe('call');
  expect(scene.title).toBe('3 calls');
  expect(scene.calls.map(({ letter, word }) => `${letter} ${word}`)).toStrictEqual([
    'A In call',
    'B Rejected 403',
    'C Busy 486',
  ]);
  expect(arrowsOf(scene)[2]?.badge.text).toBe('B1');
  expect(buildLadder(proxied())).toMatchObject({
    colours: 'kind',
    title: 'Front desk (1002@example.com) → 2044@example.com',
  });
});

test('more calls than have room in the head are counted', () => {
  const dialogue = new Dialogue();
  for (let call = 0; call < 210; call++)
    dialogue
      .call({ callId: String(call), why: `Because ${call}.` })
      .say(call, '10.0.0.1:5060', '10.0.0.2:5060', 'OPTIONS');
  const { head, calls } = buildLadder(dialogue.input());
  const texts = head.map(({ text }) => text);
  expect(texts).toContain('and 10 more calls');
  // Each has a line with its letter; why is told of the first only.
  expect(calls[199]?.mark).toMatchObject({ text: 'GR' });
  expect(calls[200]).toMatchObject({ letter: 'GS', mark: null });
  expect(texts).toContain('Because 11.');
  expect(texts).not.toContain('Because 12.');
});

test('in the head, a long caller does not hide the callee', () => {
  const dialogue = new Dialogue();
  for (const callId of ['1', '2'])
    dialogue
      .call({ callId, from: `sip:001010074398952@${'ims.'.repeat(60)}org`, to: `sip:0099@${'ims.'.repeat(60)}org` })
      .say(0, '10.0.0.1:5060', '10.0.0.2:5060', 'INVITE');
  const line = buildLadder(dialogue.input()).head.find(({ text }) => text.includes(' → '))?.text;
  expect(line).toMatch(/^001010074398952@ims.*… → 0099@ims.*…$/u);
});

test('times of day: as the clocks showed them, over midnight and ahead of UTC', () => {
  const input = proxied();
  const { items, columns, facts } = buildLadder(input, { times: 'clock', utcOffset: 330 });
  const [first] = items;
  expect(facts).toContain(' UTC+5:30 · ');
  expect(columns.titles.map(({ text }) => text)).toContain('UTC+5:30');
  const time = first?.kind === 'arrow' ? first.time : '';
  expect(facts.split(' ')[1]).toBe(time);
  expect(time).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/u);
  // Wider times move the lanes, and nothing stands upon another.
  expect(columns.time).toBeGreaterThan(buildLadder(input).columns.time);
});

test('an empty input is an empty ladder', () => {
  const scene = buildLadder({ messages: [], calls: [] });
  expect(scene).toMatchObject({ title: 'No call', items: [], lanes: [] });
  expect(scene.height).toBeGreaterThan(0);
});

test('a message with nothing in it is drawn', () => {
  const { messages, calls } = proxied();
  const bare = {
    ...(messages[0] as (typeof messages)[number]),
    method: null,
    cseq: null,
    callIndex: 7,
    fromTag: null,
    timeNs: -5,
    ts: 'x',
  };
  expect(arrowsOf(buildLadder({ messages: [bare], calls }))[0]).toMatchObject({
    label: 'not readable',
    cseq: null,
    request: 1,
  });
});

test('ten thousand messages of many hosts give ten thousand arrows', () => {
  const dialogue = new Dialogue().call({ callId: 'x' });
  for (let at = 0; at < 10_000; at++)
    dialogue.say(at, `10.0.${at % 40}.1:5060`, '10.9.9.9:5060', 'OPTIONS', { of: `${at} OPTIONS` });
  const scene = buildLadder(dialogue.input());
  expect(scene.items).toHaveLength(10_000);
  expect(scene.lanes).toHaveLength(41);
});

test('a scan over thousands of hosts ends in order of appearance', () => {
  const dialogue = new Dialogue().call({ callId: 'x' });
  for (let at = 0; at < 5000; at++)
    dialogue.say(at, '10.0.0.1:5060', `10.${1 + (at >> 8)}.${at & 255}.1:5060`, 'OPTIONS');
  expect(buildLadder(dialogue.input()).lanes).toHaveLength(5001);
});

test('folders of the capture stay at home', () => {
  expect(buildLadder({ ...proxied(), source: '/home/eve/a.pcap, C:\\traces\\b.pcap, -' }).facts).toMatch(
    / · a\.pcap, b\.pcap, -$/u,
  );
});

function rolesOf(input: LadderInput): Record<string, string | null> {
  return Object.fromEntries(buildLadder(input).lanes.map(({ title, role }) => [title, role]));
}

test('an address that hears on one port and asks from another is a proxy on both', () => {
  expect(rolesOf(manyPorts())).toStrictEqual({
    '10.1.0.7': 'caller',
    '10.4.0.21:6060': 'proxy',
    '10.4.0.21:5060': 'proxy',
    '10.4.0.21:5100': 'proxy',
    '10.9.0.2': 'callee',
  });
});

test('hosts that share an address keep their own roles, also where a request is repeated', () => {
  const [caller, px, callee] = ['127.0.0.1:5061', '127.0.0.1:5060', '127.0.0.1:5080'];
  const input = new Dialogue()
    .call({ callId: 'shared' })
    .say(0, caller, px, 'INVITE')
    .say(500, caller, px, 'INVITE', { retransmissionOf: 0 })
    .say(501, px, callee, 'INVITE')
    .say(502, callee, px, '200 OK')
    .say(503, px, caller, '200 OK')
    .say(504, caller, px, 'ACK', { toTag: 'b2' })
    .say(505, px, callee, 'ACK', { toTag: 'b2' })
    .input();
  expect(rolesOf(input)).toStrictEqual({ [caller]: 'caller', [px]: 'proxy', [callee]: 'callee' });
});

describe('fold', () => {
  test('leaves out what repeats in a loop, and says how much and where', () => {
    const scene = buildLadder(looping(), { fold: true });
    const rows = scene.items.map((item) =>
      item.kind === 'arrow' ? item.label : item.kind === 'note' ? item.text : '',
    );
    expect(rows).toStrictEqual([
      'INVITE',
      '100 Trying',
      'INVITE',
      '100 Trying',
      '22 more like the 2 above, frames 15–78',
      '483 Too Many Hops',
      'ACK',
      '22 more like the 2 above, frames 87–150',
      '483 Too Many Hops',
      'ACK',
      '483 Too Many Hops',
      '11 more like the one above, frames 162–192',
    ]);
    expect(scene.facts).toContain('64 messages');
  });

  test('is off unless asked for, and in a drawing to scale', () => {
    for (const options of [{}, { fold: false }, { fold: true, scale: 'time' }] as const)
      expect(arrowsOf(buildLadder(looping(), options))).toHaveLength(looping().messages.length);
  });

  test('keeps retransmissions between hosts, whose times tell something, and few repeats', () => {
    for (const make of [retransmitted, proxied, cancelled, threeCalls, sixLanes, hostile])
      expect(buildLadder(make(), { fold: true })).toStrictEqual({ ...buildLadder(make()), folded: 0 });
  });

  test('keeps what a pause or a fault sets apart', () => {
    const dialogue = new Dialogue().call({ callId: 'x' });
    for (let at = 0; at < 9; at++)
      dialogue.say(at < 4 ? at : 6000 + at, phone, phone, 'INVITE', at === 7 ? { faults: ['via-missing'] } : {});
    const scene = buildLadder(dialogue.input(), { fold: true });
    expect(arrowsOf(scene)).toHaveLength(9);
  });
});
