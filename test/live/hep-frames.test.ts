import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hep3 } from '../../fixtures/builder/index.ts';
import { HepFrames } from '../../core/live/hep-frames.ts';

const END = { host: '192.0.2.1', port: 5060 };

function packet(payload: string): Uint8Array {
  return hep3({ from: END, to: END, time: 1n }, payload);
}

test('packets come out whole and in order, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 300 }), { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 }),
      (payloads, cuts) => {
        const packets = payloads.map(packet);
        const all = Buffer.concat(packets);
        const frames = new HepFrames();
        const found: Buffer[] = [];
        for (let at = 0, i = 0; at < all.length; i++) {
          const size = cuts[i % cuts.length] as number;
          for (const one of frames.push(all.subarray(at, at + size))) found.push(Buffer.from(one));
          at += size;
        }
        expect(found.map((one) => one.toString('hex'))).toEqual(packets.map((one) => Buffer.from(one).toString('hex')));
        expect(frames.broken).toBe(false);
      },
    ),
    { seed: 7, numRuns: 150 },
  );
});

test('whatever comes, nothing is thrown, nothing is made up, and little is held', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 }), fc.boolean(), (pieces, begins) => {
      const frames = new HepFrames();
      let came = 0;
      let left = 0;
      for (const piece of begins ? [packet('x').subarray(0, 20), ...pieces] : pieces) {
        came += piece.length;
        for (const one of frames.push(piece)) left += one.length;
      }
      expect(left).toBeLessThanOrEqual(came);
    }),
    { seed: 8, numRuns: 300 },
  );
});

test('what is no HEP3 ends it, also behind a good packet, and nothing is taken any more', () => {
  for (const wrong of ['GET / HTTP/1.1\r\n', 'HEP2\u0000\u0020', 'HEP3\u0000\u0000', 'HEP3\u0000\u0005']) {
    const frames = new HepFrames();
    const bytes = Buffer.concat([packet('good'), Buffer.from(wrong, 'latin1')]);
    expect([...frames.push(bytes)]).toHaveLength(1);
    expect(frames.broken).toBe(true);
    expect([...frames.push(packet('again'))]).toEqual([]);
  }
});

test('a header that is cut is waited for, byte by byte', () => {
  const frames = new HepFrames();
  const bytes = packet('slow');
  const found = [...bytes].flatMap((byte) => [...frames.push(Uint8Array.of(byte))]);
  expect(found.map((one) => one.length)).toEqual([bytes.length]);
});
