import { expect, test } from 'vitest';
import { hep3 as built } from '../../fixtures/builder/index.ts';
import { hep3, MOST_PAYLOAD } from '../../core/export/hep3.ts';

const OUT = {
  src: Uint8Array.of(192, 0, 2, 1),
  dst: Uint8Array.of(192, 0, 2, 9),
  sport: 5060,
  dport: 5070,
  protocol: 17,
  seconds: 1_900_000_000,
  micros: 123_456,
  type: 1,
  agent: 2001,
  payload: Buffer.from('OPTIONS sip:x SIP/2.0\r\n\r\n'),
} as const;

/** Chunks by type, as whoever receives them reads them. */
function chunks(bytes: Uint8Array): ReadonlyMap<number, string> {
  const all = Buffer.from(bytes);
  expect(all.subarray(0, 4).toString()).toBe('HEP3');
  expect(all.readUInt16BE(4)).toBe(all.length);
  const found = new Map<number, string>();
  for (let at = 6; at < all.length; at += all.readUInt16BE(at + 4)) {
    expect(all.readUInt16BE(at)).toBe(0);
    found.set(all.readUInt16BE(at + 2), all.subarray(at + 6, at + all.readUInt16BE(at + 4)).toString('hex'));
  }
  return found;
}

test('writes the chunks that an independent writer writes for the same packet', () => {
  const mine = chunks(hep3(OUT) as Uint8Array);
  const theirs = chunks(
    built(
      {
        from: { host: '192.0.2.1', port: 5060 },
        to: { host: '192.0.2.9', port: 5070 },
        time: 1_900_000_000_123_456_000n,
        captureId: 2001,
      },
      OUT.payload,
    ),
  );
  expect(mine).toEqual(theirs);
});

test('writes IPv6', () => {
  const six = chunks(hep3({ ...OUT, src: new Uint8Array(16).fill(1), dst: new Uint8Array(16).fill(2) }) as Uint8Array);
  expect([six.get(1), six.get(5), six.get(6), six.get(3)]).toEqual(['0a', '01'.repeat(16), '02'.repeat(16), undefined]);
});

test('what HEP cannot tell is not written', () => {
  expect(hep3({ ...OUT, payload: new Uint8Array(MOST_PAYLOAD) })?.length).toBeLessThanOrEqual(65_507);
  expect(hep3({ ...OUT, payload: new Uint8Array(MOST_PAYLOAD + 1) })).toBeNull();
  expect(hep3({ ...OUT, dst: new Uint8Array(16) })).toBeNull();
  expect(hep3({ ...OUT, src: new Uint8Array(0), dst: new Uint8Array(0) })).toBeNull();
});
