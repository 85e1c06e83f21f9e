import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { FragmentLimits } from '../../core/decode/fragments.ts';
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
  v4,
  v6,
  whole,
  whole6,
} from './fragmented.ts';

/* Fragments wait at the cost of memory, and anybody can send them: the limits hold, and the account adds up. */

describe('memory', () => {
  it('the number of datagrams that wait is limited, the oldest go', () => {
    const decoding = new Decoding();
    const count = FragmentLimits.datagrams + 100;
    for (let id = 0; id < count; id++) decoding.feed(v4(whole, [[0, 64]], id)[0] as Uint8Array);
    expect(decoding.fragments.size).toBe(FragmentLimits.datagrams);
    expect(decoding.counts()).toStrictEqual({ 'fragment-waiting': FragmentLimits.datagrams, 'fragment-lost': 100 });
    expect(decoding.faultCodes()).toContain('ip/fragment-limit');
    decoding.finish();
    expect(decoding.counts()).toStrictEqual({ 'fragment-lost': count });
    expect(decoding.fragments.bytes).toBe(0);
  });

  it('so are the bytes, however little of them was sent', () => {
    const decoding = new Decoding();
    const header = { src: alice.host, dst: bob.host, protocol: 17, fragmentOffset: 65_000, moreFragments: true };
    for (let id = 0; id < 1000; id++) {
      decoding.feed(inEthernet(build.ipv4({ ...header, id }, new Uint8Array(8))));
      expect(decoding.fragments.bytes).toBeLessThanOrEqual(FragmentLimits.bytes);
    }
    expect(decoding.fragments.size).toBeGreaterThan(100);
  });

  it('the smallest fragments of the largest datagram', () => {
    const large = datagram(invite('c', 65_000));
    const ranges: [number, number][] = [];
    for (let from = 0; from < large.length; from += 16) ranges.push([from, Math.min(from + 8, large.length)]);
    for (let from = 8; from < large.length; from += 16) ranges.unshift([from, Math.min(from + 8, large.length)]);
    const { decoding } = feedAll(v4(large, ranges));
    expect(decoding.messages).toMatchObject([
      { text: latin1(large.subarray(8)), fromCapture: latin1(large.subarray(8)) },
    ]);
  });
});

/* However a datagram is cut, shuffled and repeated, it comes out once and as it was, and every packet is accounted for. */
test('any pieces in any order', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: Math.floor((whole.length - 1) / 8) }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.boolean(), cuts, fc.infiniteStream(fc.nat(1000)), fc.nat(3), (isV6, places, random, copies) => {
      const payload = isV6 ? whole6 : whole;
      const ends = [...places.map((place) => place * 8).toSorted((a, b) => a - b), payload.length];
      const ranges = ends.map((end, index): [number, number] => [index === 0 ? 0 : (ends[index - 1] as number), end]);
      const frames = (isV6 ? v6 : v4)(payload, ranges);
      const order = [...frames, ...frames.slice(0, copies)]
        .map((frame) => ({ frame, key: random.next().value as number }))
        .toSorted((a, b) => a.key - b.key);
      const decoding = new Decoding();
      for (const { frame } of order) decoding.feed(frame);
      decoding.finish();
      expect(decoding.messages.length).toBeGreaterThanOrEqual(1);
      for (const seen of decoding.messages) expect(seen.text).toBe(latin1(message));
      expect(Object.values(decoding.counts()).reduce((a, b) => a + b, 0)).toBe(order.length);
      expect(decoding.counts()['fragment-lost']).toBeUndefined();
    }),
    { seed: 11, numRuns: 300 },
  );
});

/* Nothing an attacker sends leaves the account or the limits. */
test('arbitrary fragments', () => {
  const fragment = fc.record({
    id: fc.nat(3),
    offset: fc.oneof(fc.nat(20), fc.nat(8191)),
    more: fc.boolean(),
    length: fc.oneof(fc.nat(40), fc.nat(1400)),
    fill: fc.nat(1),
    v6: fc.boolean(),
    missing: fc.oneof(fc.constant(0), fc.nat(30)),
    time: fc.nat(40),
  });
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 60 }), (fragments) => {
      const decoding = new Decoding();
      for (const { id, offset, more, length, fill, v6: isV6, missing, time } of fragments) {
        const payload = new Uint8Array(length).fill(fill);
        const extensions = [build.fragmentHeader(id, offset * 8, more)];
        const packet = isV6
          ? build.ipv6({ src: alice6.host, dst: bob6.host, nextHeader: 17, extensions }, payload)
          : build.ipv4(
              { src: alice.host, dst: bob.host, protocol: 17, id, fragmentOffset: offset * 8, moreFragments: more },
              payload,
            );
        const frame = inEthernet(packet);
        const cut = Math.min(missing, length);
        decoding.feed(frame.subarray(0, frame.length - cut), { missing: cut, time });
        expect(decoding.fragments.bytes).toBeLessThanOrEqual(FragmentLimits.bytes);
      }
      decoding.finish();
      const counts = decoding.counts();
      expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(fragments.length);
      expect(Object.values(counts).every((count) => count > 0)).toBe(true);
      expect(counts['fragment-waiting']).toBeUndefined();
      expect(counts.unset).toBeUndefined();
      expect(decoding.fragments.size).toBe(0);
      expect(decoding.fragments.bytes).toBe(0);
    }),
    { seed: 13, numRuns: 1500 },
  );
});
