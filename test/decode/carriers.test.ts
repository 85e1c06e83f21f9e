import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carriers, message, type Carrier } from './carriers.ts';
import { decode, Decoding, latin1, type Captured } from './decoding.ts';

/*
 * SIP is found however it comes along, with the addresses of the innermost header; and whatever is cut off or broken on
 * the way, no decoder throws or looks beyond the packet.
 */

test.each(carriers.map((carrier) => [carrier.name, carrier] as const))('finds SIP in %s', (_, carrier) => {
  const { outcome, decoding } = decode(carrier.frame, { linkType: carrier.linkType });
  expect(outcome).toBe('sip');
  const [seen, ...others] = decoding.messages;
  expect(others).toStrictEqual([]);
  expect(seen).toMatchObject({
    from: carrier.from,
    to: carrier.to,
    transport: carrier.transport,
    text: latin1(message),
  });
  expect(decoding.faultCodes()).toStrictEqual([]);
  // HEP tells addresses that no IP header of the packet has.
  if (seen === undefined || seen.networkAt < 0 || carrier.name.startsWith('HEP')) return;
  expect((carrier.frame[seen.networkAt] as number) >> 4).toBe(ipVersion(seen.from));
});

function ipVersion(endpoint: string): number {
  return endpoint.startsWith('[') ? 6 : 4;
}

const zeros = new Uint8Array(300);
const text = Uint8Array.from({ length: 300 }, (_, i) => ' SIP/2.0\r\n\r\n'.charCodeAt(i % 12));
const surroundings = [new Uint8Array(0), zeros, text];

/** Feeds a frame to decoders that differ in nothing but what stands around it: all they found has to be the same. */
function feedAlike(decodings: readonly Decoding[], frame: Uint8Array, how: Captured, hint: string): string {
  const found = decodings.map((decoding, index) => {
    const outcome = decoding.feed(frame, { ...how, rubbish: surroundings[index] as Uint8Array });
    return {
      outcome,
      messages: decoding.messages.splice(0),
      media: decoding.media.splice(0),
      faults: decoding.faultCodes(),
    };
  });
  for (const other of found.slice(1)) expect({ hint, ...other }).toStrictEqual({ hint, ...found[0] });
  return found[0]?.outcome ?? '';
}

/* What a decoder reads beyond the packet would show as a difference when something else stands there. */
test.each(carriers.map((carrier) => [carrier.name, carrier] as const))('never reads beyond %s', (_, carrier) => {
  const { frame, linkType } = carrier;
  const whole = surroundings.map(() => new Decoding());
  const cut = surroundings.map(() => new Decoding());
  for (let length = 0; length < frame.length; length++) {
    const part = frame.subarray(0, length);
    expect(feedAlike(whole, part, { linkType }, `${length} bytes`)).not.toBe('unset');
    expect(feedAlike(cut, part, { linkType, missing: frame.length - length }, `cut to ${length} bytes`)).not.toBe(
      'unset',
    );
  }
  // Cut by the snaplen is nobody's fault.
  expect(cut[0]?.faultCodes()).toStrictEqual([]);
});

test('survives any byte being another', () => {
  const decodings = surroundings.map(() => new Decoding());
  fc.assert(
    fc.property(
      fc.constantFrom(...carriers),
      fc.array(fc.tuple(fc.nat(120), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
      fc.nat(80),
      (carrier: Carrier, changes, cut) => {
        const frame = carrier.frame.slice(0, carrier.frame.length - cut);
        for (const [at, value] of changes) if (at < frame.length) frame[at] = value;
        expect(feedAlike(decodings, frame, { linkType: carrier.linkType, missing: cut }, carrier.name)).not.toBe(
          'unset',
        );
      },
    ),
    { seed: 7, numRuns: 10_000 },
  );
});
