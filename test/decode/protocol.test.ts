import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { protocols } from '../../core/decode/index.ts';
import { Outcome } from '../../core/decode/ledger.ts';
import { Routes, stateless, type RouteNumbers } from '../../core/decode/protocol.ts';
import { inIp, tunnelled } from './carriers.ts';
import { Decoding } from './decoding.ts';

const nothing = (): void => undefined;

test('two decoders cannot have the same number', () => {
  for (const routes of [{ linkType: [1] }, { etherType: [1] }, { ipProtocol: [1] }, { udpPort: [1] }, { ppp: [1] }]) {
    expect(() => new Routes([stateless('a', routes, nothing), stateless('b', routes, nothing)])).toThrow(
      /b: another decoder/u,
    );
  }
});

test('decoders are told apart by name', () => {
  const names = protocols.map((protocol) => protocol.name);
  expect(new Set(names).size).toBe(names.length);
});

/** Frames that lead to a decoder by each of its numbers, with the given bytes for it. */
function entrances(routes: RouteNumbers, bytes: Uint8Array): { linkType: number; frame: Uint8Array }[] {
  const ethernet = (type: number): Uint8Array => build.ethernet({ type }, bytes);
  return [
    ...(routes.linkType ?? []).map((linkType) => ({ linkType, frame: bytes })),
    ...(routes.etherType ?? []).map((type) => ({ linkType: 1, frame: ethernet(type) })),
    ...(routes.ipProtocol ?? []).map((protocol) => ({ linkType: 1, frame: inIp(protocol, bytes) })),
    ...(routes.udpPort ?? []).map((port) => ({ linkType: 1, frame: tunnelled(port, bytes) })),
    ...(routes.ppp ?? []).map((number) => ({ linkType: 9, frame: build.concat(build.u16(number), bytes) })),
  ];
}

/* Every byte of a capture is hostile: whatever stands where a decoder begins, there is one outcome and no exception. */
test.each(protocols.map((protocol) => [protocol.name, protocol] as const))('%s survives anything', (_, protocol) => {
  const decoding = new Decoding();
  // Small numbers are what fields of headers hold most of the time.
  const byte = fc.oneof(fc.nat(255), fc.nat(8), fc.constantFrom(0x45, 0x60, 0x08, 0x81, 0x88, 0x47, 0xff, 0xaa, 17));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 120 }), fc.nat(20), (values, missing) => {
      for (const { linkType, frame } of entrances(protocol.routes, Uint8Array.from(values))) {
        decoding.feed(frame, { linkType, missing });
        expect(decoding.packet.outcome).not.toBe(Outcome.Unset);
      }
    }),
    { seed: 3, numRuns: 300 },
  );
  decoding.finish();
});
