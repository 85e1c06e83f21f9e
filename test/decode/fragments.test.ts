import { describe, expect, it, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { tunnelled } from './carriers.ts';
import { Decoding, latin1 } from './decoding.ts';
import {
  alice,
  alice6,
  bob,
  bob6,
  datagram,
  feedAll,
  inEthernet,
  invite,
  message,
  three,
  v4,
  v6,
  whole,
  whole6,
} from './fragmented.ts';

/* SIP with a body is longer than a packet more often than not: what comes in fragments has to come out whole, once. */

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

describe.each([
  ['IPv4', v4(whole, three), '192.0.2.1:5060'],
  ['IPv6', v6(whole6, three), '[2001:db8::1]:5060'],
  ['IPv6 behind options', v6(whole6, three, 7, [build.hopByHop()]), '[2001:db8::1]:5060'],
])('%s', (_, frames, from) => {
  it.each(orders)('in the order %i %i %i', (...order) => {
    const { decoding, outcomes } = feedAll(order.map((i) => frames[i] as Uint8Array));
    expect(outcomes).toStrictEqual(['fragment-waiting', 'fragment-waiting', 'sip']);
    expect(decoding.messages).toHaveLength(1);
    // The packet that completes it; addresses of the header; and its bytes are where the extents say.
    expect(decoding.messages[0]).toMatchObject({
      frame: 3,
      from,
      text: latin1(message),
      fromCapture: latin1(message),
      networkAt: -1,
    });
    expect(decoding.counts()).toStrictEqual({ sip: 1, 'sip-fragment': 2 });
    decoding.finish();
    expect(decoding.counts()).toStrictEqual({ sip: 1, 'sip-fragment': 2 });
    expect(decoding.faultCodes()).toStrictEqual([]);
  });

  it('every fragment seen twice, one behind the other', () => {
    const { decoding, outcomes } = feedAll(frames.flatMap((frame) => [frame, frame]));
    expect(outcomes[4]).toBe('sip');
    expect(decoding.messages.map((seen) => seen.frame)).toStrictEqual([5]);
    decoding.finish();
    expect(decoding.counts()).toStrictEqual({ sip: 1, 'sip-fragment': 2, 'fragment-duplicate': 3 });
    expect(decoding.faultCodes()).toStrictEqual([]);
  });

  it('all fragments seen twice, as the copies of a packet are', () => {
    const { decoding } = feedAll([...frames, ...frames]);
    expect(decoding.messages.map((seen) => seen.frame)).toStrictEqual([3, 6]);
    expect(decoding.messages[1]?.fromCapture).toBe(latin1(message));
    decoding.finish();
    expect(decoding.counts()).toStrictEqual({ sip: 2, 'sip-fragment': 4 });
  });

  it('one that never comes', () => {
    const { decoding } = feedAll([frames[0] as Uint8Array, frames[2] as Uint8Array]);
    expect(decoding.counts()).toStrictEqual({ 'fragment-waiting': 2 });
    decoding.finish();
    expect(decoding.counts()).toStrictEqual({ 'fragment-lost': 2 });
    expect(decoding.messages).toStrictEqual([]);
    // The first fragment tells what was lost.
    expect(decoding.faults.list()).toMatchObject([{ kind: { code: 'sip-fragments-missing' }, count: 1, frames: [1] }]);
  });

  it('one that comes too late', () => {
    const decoding = new Decoding();
    decoding.feed(frames[0] as Uint8Array, { time: 10 });
    decoding.feed(frames[1] as Uint8Array, { time: 39 });
    expect(decoding.feed(frames[2] as Uint8Array, { time: 41 })).toBe('fragment-waiting');
    expect(decoding.counts()).toStrictEqual({ 'fragment-lost': 2, 'fragment-waiting': 1 });
  });
});

test('another protocol is another datagram in IPv4', () => {
  const frames = v4(whole, three);
  const others = v4(whole, three, 7, 132);
  const { decoding } = feedAll([frames[0], others[1], frames[2], frames[1]] as Uint8Array[]);
  expect(decoding.messages).toHaveLength(1);
});

test('the first fragment says what follows in IPv6', () => {
  // The fragmentable part begins with destination options; later fragments name another next header, which is to be ignored.
  const body = build
    .ipv6({ src: alice6.host, dst: bob6.host, nextHeader: 17, extensions: [build.destinationOptions()] }, whole6)
    .subarray(40);
  const fragment = (from: number, to: number, nextHeader: number): Uint8Array => {
    const header = {
      src: alice6.host,
      dst: bob6.host,
      nextHeader,
      extensions: [build.fragmentHeader(5, from, to < body.length)],
    };
    return inEthernet(build.ipv6(header, body.subarray(from, to)));
  };
  const { decoding } = feedAll([fragment(1400, body.length, 99), fragment(0, 1400, 60)]);
  expect(decoding.messages.map((seen) => seen.text)).toStrictEqual([latin1(message)]);
});

test('an atomic fragment of IPv6 waits for nothing', () => {
  const { decoding, outcomes } = feedAll(v6(whole6, [[0, whole6.length]]));
  expect(outcomes).toStrictEqual(['sip']);
  expect(decoding.messages[0]).toMatchObject({ networkAt: 14, fromCapture: null });
});

describe('overlaps', () => {
  it('that agree are put together in IPv4', () => {
    const { decoding } = feedAll(
      v4(whole, [
        [0, 1480],
        [800, 2400],
        [2000, whole.length],
      ]),
    );
    expect(decoding.messages[0]).toMatchObject({ text: latin1(message), fromCapture: latin1(message) });
    expect(decoding.faultCodes()).toStrictEqual([]);
  });

  it('that differ: in IPv4 what came first stays', () => {
    const changed = whole.slice();
    changed.fill(0x2a, 800, 2400);
    const frames = [...v4(whole, [[0, 1480]]), ...v4(changed, [[800, 2400]]), ...v4(whole, [[2400, whole.length]])];
    const { decoding } = feedAll(frames);
    const text = latin1(whole.subarray(8, 1480)) + '*'.repeat(2400 - 1480) + latin1(whole.subarray(2400));
    expect(decoding.messages[0]).toMatchObject({ text, fromCapture: text });
    expect(decoding.faultCodes()).toStrictEqual(['ipv4/fragments-overlap']);
  });

  it('in IPv6 the datagram is dropped, with what still comes of it', () => {
    const { decoding, outcomes } = feedAll(
      v6(whole6, [
        [0, 1480],
        [800, 2400],
        [1480, 2960],
        [2960, whole6.length],
      ]),
    );
    expect(outcomes.slice(1)).toStrictEqual(['fragment-lost', 'fragment-lost', 'fragment-lost']);
    expect(decoding.messages).toStrictEqual([]);
    expect(decoding.counts()).toStrictEqual({ 'fragment-lost': 4 });
    expect(decoding.faultCodes()).toStrictEqual(['ipv6/fragments-overlap']);
  });
});

test('an identification used again begins a new datagram', () => {
  const later = datagram(invite('b'));
  const frames = [v4(whole, three)[0], ...v4(later, three)] as Uint8Array[];
  const { decoding } = feedAll(frames);
  expect(decoding.messages.map((seen) => seen.text)).toStrictEqual([latin1(invite('b'))]);
  expect(decoding.counts()).toStrictEqual({ sip: 1, 'sip-fragment': 2, 'fragment-lost': 1 });
});

test('an identification used again after a whole datagram is no copy', () => {
  const later = datagram(invite('b', 2000));
  const { decoding } = feedAll([
    ...v4(whole, three),
    ...v4(later, [
      [0, 1480],
      [1480, later.length],
    ]),
  ]);
  expect(decoding.messages.map((seen) => seen.text)).toStrictEqual([latin1(message), latin1(invite('b', 2000))]);
  decoding.finish();
  expect(decoding.counts()).toStrictEqual({ sip: 2, 'sip-fragment': 3 });
});

describe('cut by the snaplen', () => {
  it('a first fragment is read as far as it goes', () => {
    const frames = v4(whole, three);
    const decoding = new Decoding();
    decoding.feed(frames[1] as Uint8Array);
    expect(decoding.feed((frames[0] as Uint8Array).subarray(0, 1000), { missing: 514 })).toBe('sip');
    expect(decoding.feed(frames[2] as Uint8Array)).toBe('sip-fragment');
    expect(decoding.messages.map((seen) => seen.text)).toStrictEqual([latin1(message.subarray(0, 1000 - 42))]);
    decoding.finish();
    expect(decoding.counts()).toStrictEqual({ sip: 1, 'sip-fragment': 2 });
    expect(decoding.faultCodes()).toStrictEqual([]);
  });

  it('with a later one cut, the datagram is read up to there', () => {
    const frames = v4(whole, three);
    const decoding = new Decoding();
    decoding.feed(frames[0] as Uint8Array);
    decoding.feed((frames[1] as Uint8Array).subarray(0, 1000), { missing: 514 });
    expect(decoding.feed(frames[2] as Uint8Array)).toBe('sip');
    const text = latin1(message.subarray(0, 1480 - 8 + 1000 - 34));
    expect(decoding.messages).toMatchObject([{ text, fromCapture: text }]);
  });
});

test('fragments of what is encrypted are counted as that', () => {
  const esp = build.concat(build.u32(1, 1), new Uint8Array(2000));
  const frames = v4(
    esp,
    [
      [0, 1480],
      [1480, esp.length],
    ],
    7,
    50,
  );
  const { decoding } = feedAll(frames);
  expect(decoding.counts()).toStrictEqual({ esp: 2 });
});

function inner(): Uint8Array[] {
  return build.ipv4Fragments({ src: alice.host, dst: bob.host, protocol: 17, id: 7 }, whole, three);
}

describe('tunnels', () => {
  it('fragments inside', () => {
    const frames = inner().map((packet) => tunnelled(2152, build.gtpu({}, packet)));
    const { decoding } = feedAll(frames);
    expect(decoding.messages).toMatchObject([
      { frame: 3, from: '192.0.2.1:5060', text: latin1(message), fromCapture: latin1(message) },
    ]);
  });

  it('in fragments themselves, with fragments inside', () => {
    const frames = inner().flatMap((packet, index) => {
      const outer = build.udp(
        { src: '203.0.113.1', dst: '203.0.113.2', sport: 2152, dport: 2152 },
        build.gtpu({}, packet),
      );
      const header = { src: '203.0.113.1', dst: '203.0.113.2', protocol: 17, id: 100 + index };
      return build
        .ipv4Fragments(header, outer, [
          [0, 96],
          [96, outer.length],
        ])
        .map(inEthernet);
    });
    const { decoding } = feedAll(frames);
    expect(decoding.messages).toMatchObject([
      { frame: 6, from: '192.0.2.1:5060', text: latin1(message), fromCapture: latin1(message) },
    ]);
    decoding.finish();
    expect(decoding.counts()['fragment-lost']).toBeUndefined();
  });

  it('with the same addresses, identification and protocol on the outside', () => {
    const packet = build.ipv4Fragments(
      { src: alice.host, dst: bob.host, protocol: 4, id: 9 },
      build.udpPacket(alice, bob, message),
      [
        [0, 800],
        [800, 3000],
        [3000, 3000 + message.length - 2972],
      ],
    );
    const header = { src: alice.host, dst: bob.host, protocol: 4, id: 9 };
    const frames = packet.flatMap((each) =>
      build
        .ipv4Fragments(header, each, [
          [0, 400],
          [400, each.length],
        ])
        .map(inEthernet),
    );
    const { decoding } = feedAll(frames);
    decoding.finish();
    // Nobody sends this; it only has to end, with every packet accounted for.
    expect(Object.values(decoding.counts()).reduce((a, b) => a + b, 0)).toBe(frames.length);
  });
});

describe('what no fragment can be', () => {
  it.each([
    ['empty', v4(whole, [[0, 0]])],
    [
      'beyond the end of a datagram',
      [
        inEthernet(
          build.ipv4(
            { src: alice.host, dst: bob.host, protocol: 17, id: 1, fragmentOffset: 65_528 },
            new Uint8Array(100),
          ),
        ),
      ],
    ],
    ['not a multiple of 8, in IPv6', v6(whole6, [[0, 1001]])],
  ])('%s', (_, frames) => {
    const { decoding, outcomes } = feedAll(frames);
    expect(outcomes).toStrictEqual(['malformed']);
    expect(decoding.faultCodes()).toHaveLength(1);
    expect(decoding.fragments.size).toBe(0);
  });

  it('not a multiple of 8, in IPv4: the rest is left out', () => {
    const { decoding } = feedAll(
      v4(whole, [
        [0, 1005],
        [1000, whole.length],
      ]),
    );
    expect(decoding.messages).toMatchObject([{ text: latin1(message) }]);
  });
});
