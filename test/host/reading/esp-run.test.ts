import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancel } from '../../../core/capture/cancel.ts';
import { detect } from '../../../core/capture/formats.ts';
import { Input } from '../../../core/capture/input.ts';
import type { ByteSource } from '../../../core/capture/reader.ts';
import { Addresses } from '../../../core/decode/addresses.ts';
import type { MediaSink, Packet } from '../../../core/decode/packet.ts';
import { freshPacket } from '../../../core/host/reading/decoding.ts';
import { UsualRuns } from '../../../core/host/reading/usual-runs.ts';
import { ProgramMemory } from '../../../core/bytes/program-memory.ts';
import { drive, Tally } from '../../../core/host/reading/drive.ts';
import { Ahead } from '../../../core/ipsec/ahead.ts';
import { readEspLine } from '../../../core/ipsec/esp-line.ts';
import { hexOf } from '../../../core/ipsec/hex.ts';
import { nothingKnown, Ring } from '../../../core/ipsec/ring.ts';
import * as build from '../../../fixtures/builder/index.ts';
import { message } from '../../decode/carriers.ts';
import { latin1 } from '../../decode/decoding.ts';
import { espFrame, phone, proxy } from '../../decode/protected.ts';
import { protect, type Suite } from '../../ipsec/protect.ts';

/* Usual packets of security associations are read the same whether they are gone over many at a time, counted only, or
   taken one by one through all decoders. */

const random = new build.Random(7);
const suite = (encryption: string, key: number, authentication: string, mac: number): Suite => ({
  encryption,
  authentication,
  key: random.bytes(key),
  mac: random.bytes(mac),
});
const suites = [
  suite('aes-cbc', 16, 'hmac-sha-1-96', 20),
  suite('null', 0, 'hmac-sha-1-96', 20),
  suite('des-ede3-cbc', 24, 'hmac-md5-96', 16),
  suite('aes-cbc', 32, 'hmac-sha-256-128', 32),
  suite('aes-gcm', 20, 'none', 0),
];
/** The same SPI may be used to several destinations. */
const spi = (index: number): number => 0xf000_0000 + (index & ~1);
const ends = [
  [phone.host, proxy.host],
  [proxy.host, phone.host],
] as const;

function ringOf(addresses: Addresses): Ring {
  const lines = suites.map(({ encryption, key, authentication, mac }, index) =>
    [
      ...(ends[index & 1] as readonly string[]),
      String(spi(index)),
      encryption,
      hexOf(key),
      authentication,
      hexOf(mac),
    ].join(','),
  );
  return new Ring({ ...nothingKnown, associations: lines.map((line, index) => readEspLine(line, index)) }, addresses);
}

const kinds = ['rtp', 'rtp', 'rtp', 'rtp', 'rtp', 'rtcp', 'sip', 'dns', 'tcp', 'short', 'hidden', 'other'] as const;

/** What is inside, behind the IP header: next header and bytes. */
function insideOf(kind: (typeof kinds)[number], number: number): readonly [number, Uint8Array] {
  const rtp = build.concat(
    build.u8(0x80, 8),
    build.u16(number & 0xffff),
    build.u32(160 * number, 7),
    new Uint8Array(100 + (number % 7)),
  );
  const from = { ...phone, port: 4000 + 2 * (number % 3) };
  const udp = (payload: Uint8Array, to = 5000): Uint8Array =>
    build.udpPacket(from, { ...proxy, port: to }, payload).subarray(20);
  switch (kind) {
    case 'rtp':
      return [17, udp(rtp)];
    case 'rtcp':
      return [17, udp(build.concat(build.u8(0x81, 201), build.u16(7), build.u32(7), new Uint8Array(24)))];
    case 'sip':
      return [17, udp(message, 5060)];
    case 'dns':
      return [17, udp(rtp, 53)];
    case 'tcp':
      return [6, new Uint8Array(60).fill(0x50)];
    case 'short':
      return [17, udp(new Uint8Array(number % 9))];
    case 'hidden':
      return [17, build.concat(udp(rtp), new Uint8Array(40))];
    default:
      return [59, new Uint8Array(64)];
  }
}

interface Wish {
  readonly kind: (typeof kinds)[number];
  readonly suite: number;
  /** What else is odd: its ICV, its sequence number, its time, and that it does not stand in Ethernet alone. */
  readonly odd: number;
}

function framesOf(wishes: readonly Wish[]): build.Packet[] {
  const sequences = suites.map(() => 0);
  let time = 1_000_000_000_000n;
  return wishes.map(({ kind, suite: index, odd }, number) => {
    const sequence = (sequences[index] = (sequences[index] as number) + 1);
    const [next, inside] = insideOf(kind, number);
    let wanted = sequence;
    if (odd === 1) wanted = Math.max(1, sequence - 3);
    if (odd === 2) wanted = sequence + (number % 2 === 0 ? 40 : 0x2000_0000);
    if (odd === 2) sequences[index] = wanted;
    const esp = protect(suites[index] as Suite, spi(index), wanted, next, inside);
    const [src, dst] = ends[index & 1] as readonly [string, string];
    let frame = espFrame(esp, src, dst);
    if (odd === 3) frame[frame.length - 1] = (frame[frame.length - 1] as number) ^ 1;
    if (odd === 4) frame[40] = (frame[40] as number) ^ 1;
    if (odd === 5) frame = build.concat(frame.subarray(0, 12), build.u16(0x8100, 7), frame.subarray(12));
    if (odd === 6) frame = build.concat(frame, new Uint8Array(6));
    if (odd === 7) frame[20] = 0x20;
    time += odd === 8 ? -30_000_000n : 400_000_000n;
    return { time, bytes: frame };
  });
}

function sourceOf(bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    name: 'test',
    size: bytes.length,
    read: (target, offset, length) => {
      const part = bytes.subarray(at, at + length);
      target.set(part, offset);
      at += part.length;
      return Promise.resolve(part.length);
    },
    close: () => Promise.resolve(),
  };
}

type How = 'long' | 'each' | 'counted';

/** Packets that were only counted. */
let counted = 0;

/** All that sinks are told of, and what is counted. */
async function read(capture: Uint8Array, chunk: number, how: How): Promise<unknown> {
  const addresses = new Addresses();
  const seen: unknown[] = [];
  const flows = new Map<string, number>();
  let media = 0;
  const facts = (packet: Packet, at: number, end: number): unknown[] => {
    const { depth, family, frame, time, position, src, dst, sport, dport, ipId, ttl, missing, linkType, association } =
      packet;
    const size = [end - at, packet.end - packet.start, packet.networkAt - packet.start, packet.origin?.slice(at, end)];
    const text = latin1(packet.bytes.subarray(at, end));
    return [
      depth,
      family,
      frame,
      time,
      position,
      src,
      dst,
      sport,
      dport,
      ipId,
      ttl,
      missing,
      linkType,
      association,
      ...size,
      text,
    ];
  };
  const note = (packet: Packet, at: number, end: number): void => {
    media += 1;
    const flow = `${packet.src} ${packet.dst} ${packet.sport} ${packet.dport}`;
    flows.set(flow, 0);
    if (how === 'each' || how === 'long') seen.push(['media', ...facts(packet, at, end)]);
  };
  const counting = {
    isKnown: true,
    more: (packets: number) => {
      media += packets;
      counted += packets;
    },
  };
  const sink: MediaSink = how === 'counted' ? { media: note, counting } : { media: note };
  const ring = ringOf(addresses);
  const sip = (packet: Packet, at: number, end: number): void => void seen.push(['sip', ...facts(packet, at, end)]);
  const packet = freshPacket(addresses, [], { sip }, sink, ring);
  const reader = detect(capture)?.open();
  if (reader === undefined) throw new Error('it is a capture');
  if (how === 'long') {
    Object.assign(reader, { upcoming: () => 0 });
    Object.defineProperty(reader, 'layout', { get: () => null, set: vi.fn<(layout: unknown) => void>() });
  }
  const input = new Input(sourceOf(capture), reader, 0, chunk, null, new Cancel(null));
  const tally = new Tally();
  const memory = ProgramMemory.open();
  await drive({ merged: input }, packet, {
    tally,
    runs: memory === null ? null : new UsualRuns(memory, null, null),
    signal: new AbortController().signal,
    betweenChunks: () => undefined,
  });
  ring.ahead.settle();
  const associations = packet.associations.listed.map((one) => ({
    ...Object.fromEntries(Object.entries(one)),
    lock: one.lock === null,
    sample: one.sample,
    wrong: null,
    sequence: 0,
  }));
  return {
    seen: how === 'long' || how === 'each' ? seen : seen.filter((one) => Array.isArray(one) && one[0] === 'sip'),
    media,
    flows: [...flows.keys()],
    associations,
    opened: packet.associations.opened,
    faults: packet.faults.list(),
    ledger: [...packet.ledger.counts],
    tally: Object.entries(tally),
    packets: input.packets,
  };
}

/** Reads in all ways; says how many packets were told of by runs, and how many these only counted. */
async function compare(capture: Uint8Array, chunk = 1 << 20): Promise<readonly [number, number]> {
  const long = await read(capture, chunk, 'long');
  const runs = vi.spyOn(Ahead.prototype, 'run');
  const each = await read(capture, chunk, 'each');
  const told = runs.mock.results.filter(({ value }) => value === true).length;
  counted = 0;
  const few = await read(capture, chunk, 'counted');
  vi.restoreAllMocks();
  expect(each).toStrictEqual(long);
  const brief = long as { seen: unknown[][] };
  expect(few).toStrictEqual({ ...brief, seen: brief.seen.filter(([kind]) => kind === 'sip') });
  return [told, counted];
}

afterEach(() => void vi.restoreAllMocks());

const plain: Wish[] = Array.from({ length: 1500 }, (_, number) => ({
  kind: number % 11 === 10 ? 'sip' : 'rtp',
  suite: number % 2 === 0 ? 0 : 3,
  odd: 0,
}));

describe('usual packets in ESP', () => {
  it('nearly all are gone over, and most media is only counted where no more is wanted', async () => {
    const [told, more] = await compare(build.pcap(framesOf(plain)));
    expect(told).toBeGreaterThan(1400);
    expect(more).toBeGreaterThan(1200);
  });

  it.each([
    ['the other byte order', build.pcap(framesOf(plain), { bigEndian: true })],
    ['pcapng', build.pcapng(framesOf(plain))],
  ])('%s', async (_, capture) => {
    await compare(capture);
  });

  it.each([700, 5000, 65_536])('read %i bytes at a time', async (chunk) => {
    await compare(build.pcap(framesOf(plain)), chunk);
  });

  it('all kinds, all suites, all that is odd', async () => {
    const wish = fc.record({
      kind: fc.constantFrom(...kinds),
      suite: fc.nat(suites.length - 1),
      odd: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(8) }),
    });
    let gone = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 60, maxLength: 260 }), fc.nat(3), async (wishes, steps) => {
        const [told] = await compare(build.pcap(framesOf(wishes)), 2000 << (2 * steps));
        gone += told;
      }),
      { numRuns: 60, seed: 23 },
    );
    expect(gone).toBeGreaterThan(500);
  });

  it('bytes changed anywhere in the file', async () => {
    const few = build.pcap(framesOf(plain.slice(0, 200)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(few.length - 25), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        async (changes) => {
          const changed = few.slice();
          for (const [at, byte] of changes) changed[24 + at] = byte;
          await compare(changed);
        },
      ),
      { numRuns: 60, seed: 29 },
    );
  });
});
