import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { readStreams } from '../capture-session.ts';

/** What is no RTP is no stream, however much of it there is; and RTP among it is still found. */
const folder = mkdtempSync(join(tmpdir(), 'sipglass-no-streams-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Datagram {
  readonly sport: number;
  readonly dport: number;
  readonly bytes: Uint8Array;
}

const RUNS = { numRuns: 25, seed: 4733 };
const START = 1_700_000_000_000_000_000n;

async function streamsOf(datagrams: readonly Datagram[]): Promise<readonly string[]> {
  const path = join(folder, 'made.pcap');
  const packets = datagrams.map(({ bytes, dport, sport }, i) => ({
    time: START + BigInt(i) * 20_000_000n,
    bytes: build.ethernet(
      {},
      build.udpPacket({ host: '192.0.2.1', port: sport }, { host: '192.0.2.2', port: dport }, bytes),
    ),
  }));
  writeFileSync(path, build.pcap(packets));
  const rows = await readStreams(path);
  return rows.map(({ ssrc, packets: count }) => `${ssrc} ${count}`);
}

/** A flow of datagrams of some kind. */
function flow(bytes: fc.Arbitrary<Uint8Array>, ports: readonly [number, number]): fc.Arbitrary<Datagram[]> {
  const [sport, dport] = ports;
  return fc.array(
    bytes.map((one) => ({ sport, dport, bytes: one })),
    { minLength: 40, maxLength: 200, size: 'max' },
  );
}

function noise(least: number, most: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: least, maxLength: most, size: 'max' });
}

/** As it is, but for the first bytes. */
function headed(rest: fc.Arbitrary<Uint8Array>, ...first: number[]): fc.Arbitrary<Uint8Array> {
  return rest.map((bytes) => Uint8Array.from([...first, ...bytes.subarray(first.length)]));
}

/** A number that is 16 bits long, in bytes. */
function two(value: number): [number, number] {
  return [value >>> 8, value & 0xff];
}

/** Queries and answers: a random number, flags that are always the same, counts. */
const dns = fc
  .tuple(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x0100, 0x8180, 0x8183), noise(20, 80))
  .map(([id, flags, rest]) => Uint8Array.from([...two(id), ...two(flags), 0, 1, 0, 1, 0, 0, 0, 0, ...rest]));
const dtls = noise(14, 200).map((rest) =>
  Uint8Array.from([23, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, 0, 9, ...two(rest.length), ...rest]),
);
const stun = noise(12, 12).chain((id) =>
  noise(0, 20).map((rest) => {
    const attributes = rest.subarray(0, rest.length & ~3);
    return Uint8Array.from([1, 1, ...two(attributes.length), 0x21, 0x12, 0xa4, 0x42, ...id, ...attributes]);
  }),
);
/** TURN ChannelData around what is encrypted by other means than SRTP. */
const channelData = noise(20, 200).map((inner) => Uint8Array.from([0x40, 1, ...two(inner.length), ...inner]));
const quicShort = headed(noise(30, 300), 0x4a);
const quicLong = headed(noise(60, 300), 0xc3, 0, 0, 0, 1);
/** What has the form of RTP by its first byte, and nothing else. */
const versionTwo = noise(12, 300).map((bytes) => {
  bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x3f);
  return bytes;
});
/** Noise behind a fixed head, as many protocols of one's own have it: even the source is always the same. */
const fixedHead = headed(noise(40, 200), 0x80, 0x60, 0x12, 0x34, 0, 0, 0, 1, 0xca, 0xfe, 0xba, 0xbe);
/** A fixed source, and all else by chance. */
const sameSource = noise(40, 200).map((bytes) => {
  bytes[0] = 0x80;
  bytes[1] = (bytes[1] ?? 0) & 0x7f;
  bytes.set([1, 2, 3, 4], 8);
  return bytes;
});

describe('no stream', () => {
  test.each([
    ['DNS', dns, [40_000, 53]],
    ['DNS answers on a port of their own', dns, [5300, 40_000]],
    ['DTLS', dtls, [40_000, 50_000]],
    ['STUN', stun, [40_000, 3478]],
    ['TURN ChannelData with noise', channelData, [40_000, 3478]],
    ['QUIC, short headers', quicShort, [40_000, 443]],
    ['QUIC, long headers', quicLong, [40_000, 443]],
    ['encrypted noise', noise(1, 400), [40_000, 50_000]],
    ['noise with the version of RTP', versionTwo, [16_384, 20_000]],
    ['noise behind a fixed head', fixedHead, [16_384, 20_000]],
    ['noise of one source', sameSource, [16_384, 20_000]],
  ] as const)('%s', async (_, kind, ports) => {
    await fc.assert(
      fc.asyncProperty(flow(kind, ports), async (datagrams) => {
        expect(await streamsOf(datagrams)).toEqual([]);
      }),
      RUNS,
    );
  });
});

test('RTP in the midst of noise, on the same ports and within ChannelData, is found whole', async () => {
  const rtp = (i: number, ssrc: number): Uint8Array =>
    build.rtp(
      { payloadType: 8, sequence: (65_530 + i) & 0xffff, timestamp: i * 160, ssrc },
      new Uint8Array(160).fill(i),
    );
  await fc.assert(
    fc.asyncProperty(flow(versionTwo, [16_384, 20_000]), async (datagrams) => {
      const mixed = datagrams.flatMap((one, i) => {
        const inner = rtp(i, 2);
        const channel = Uint8Array.from([0x40, 1, ...two(inner.length), ...inner]);
        return [one, { ...one, bytes: rtp(i, 1) }, { sport: 40_000, dport: 3478, bytes: channel }];
      });
      const found = await streamsOf(mixed);
      expect(found.toSorted()).toEqual([`0x00000001 ${datagrams.length}`, `0x00000002 ${datagrams.length}`]);
    }),
    RUNS,
  );
});
