import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancel } from '../../core/capture/cancel.ts';
import { detect } from '../../core/capture/formats.ts';
import { Input } from '../../core/capture/input.ts';
import { Merge } from '../../core/capture/merge.ts';
import type { ByteSource } from '../../core/capture/reader.ts';
import { Addresses } from '../../core/decode/addresses.ts';
import { freshPacket } from '../../core/host/reading/decoding.ts';
import { drive, Tally } from '../../core/host/reading/drive.ts';
import { readEspLine } from '../../core/ipsec/esp-line.ts';
import { hexOf } from '../../core/ipsec/hex.ts';
import { Lock } from '../../core/ipsec/lock.ts';
import { nothingKnown, Ring } from '../../core/ipsec/ring.ts';
import * as build from '../../fixtures/builder/index.ts';
import { message } from '../decode/carriers.ts';
import { latin1 } from '../decode/decoding.ts';
import { espFrame, packet4, phone, proxy, rtpPacket } from '../decode/protected.ts';
import { connection, request } from '../decode/streams.ts';
import { protect, type Suite } from './protect.ts';

/* Packets that are checked and decrypted ahead, many at a time, are opened as they are one by one: same messages, same
   verdicts, same faults, whatever the capture is like. */

const random = new build.Random(5);
const none = new Uint8Array(0);
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
  suite('aes-cbc', 16, 'hmac-sha-512-256', 64),
  suite('aes-ctr', 20, 'hmac-sha-1-96', 20),
  suite('aes-cbc', 16, 'hmac-sha-1-96', 100),
  suite('aes-gcm', 20, 'none', 0),
  { ...suite('aes-cbc', 24, 'none', 0), mac: none },
];
const spi = (index: number): number => (index === 1 ? 0xf000_0001 : 0x1000 + index);

function ringOf(addresses: Addresses): Ring {
  const lines = suites.map(({ encryption, key, authentication, mac }, index) =>
    [phone.host, proxy.host, String(spi(index)), encryption, hexOf(key), authentication, hexOf(mac)].join(','),
  );
  return new Ring({ ...nothingKnown, associations: lines.map((line, index) => readEspLine(line, index)) }, addresses);
}

const udp = packet4.subarray(20);
const rtp = (sequence: number): Uint8Array => rtpPacket(sequence).subarray(20);

/** Packets of all suites, and what may be wrong with them. */
function packets(count: number): build.Packet[] {
  const sequences = suites.map(() => 0);
  const made: Uint8Array[] = [];
  for (let number = 0; number < count; number++) {
    const index = number % suites.length;
    const one = suites[index] as Suite;
    const sequence = (sequences[index] = (sequences[index] as number) + 1);
    const esp = protect(one, spi(index), sequence, 17, number % 3 === 0 ? udp : rtp(sequence));
    const frame = espFrame(esp);
    const last = frame.length - 1;
    if (number % 41 === 40) frame[last] = (frame[last] as number) ^ 1;
    if (number % 53 === 52) frame[60] = (frame[60] as number) ^ 0x80;
    made.push(frame);
    // What is no ESP, what is too short, and what only looks like a known SPI.
    if (number % 29 === 0) made.push(build.ethernetOf(packet4));
    if (number % 31 === 0) made.push(espFrame(esp.subarray(0, 20)), espFrame(esp.subarray(0, -5)));
    if (number % 37 === 0) made.push(build.ethernetOf(build.udpPacket(phone, { ...proxy, port: 4500 }, esp)));
    if (number % 43 === 0) made.push(espFrame(build.concat(build.u32(spi(index), sequence), new Uint8Array(9000))));
  }
  return timed(made);
}

/** 20 ms apart. */
function timed(frames: readonly Uint8Array[]): build.Packet[] {
  return frames.map((bytes, number) => ({ time: 1_000_000_000_000n + BigInt(number) * 20_000_000n, bytes }));
}

/** A source that gives its bytes in pieces of any size. */
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

/** All that there is to say of captures, and how often a key was asked. */
async function read(captures: readonly Uint8Array[], chunk: number, isAhead: boolean) {
  const addresses = new Addresses();
  const seen: unknown[] = [];
  const packet = freshPacket(
    addresses,
    [],
    {
      sip: (one, at, end) =>
        void seen.push([one.frame, one.association, latin1(one.bytes.subarray(at, end)), one.origin?.slice(at, end)]),
    },
    { media: (one, at, end) => void seen.push([one.frame, one.association, end - at]) },
    ringOf(addresses),
    { inside: (one, next, at, end) => void seen.push([one.frame, next, latin1(one.bytes.subarray(at, end))]) },
  );
  const inputs = captures.map((bytes, index) => {
    const reader = detect(bytes)?.open();
    if (reader === undefined) throw new Error('it is a capture');
    if (!isAhead) {
      Object.assign(reader, { upcoming: () => 0 });
      Object.defineProperty(reader, 'layout', { get: () => null, set: vi.fn<(layout: unknown) => void>() });
    }
    return new Input(sourceOf(bytes), reader, index, chunk, null, new Cancel(null));
  });
  const checks = vi.spyOn(Lock.prototype, 'check');
  const [first] = inputs;
  const merged = inputs.length === 1 && first !== undefined ? first : new Merge(inputs);
  const { signal } = new AbortController();
  await drive({ merged }, packet, { tally: new Tally(), signal, betweenChunks: () => undefined });
  const asked = checks.mock.calls.length;
  checks.mockRestore();
  const associations = packet.associations.listed.map((one) => [one.spi, one.packets, one.unlocked, [...one.verdicts]]);
  const { opened } = packet.associations;
  return {
    found: { seen, associations, opened, faults: packet.faults.list(), ledger: [...packet.ledger.counts] },
    asked,
  };
}

/** Reads in both ways and says how much less keys were asked. */
async function compare(captures: readonly Uint8Array[], chunk = 1 << 20): Promise<number> {
  const one = await read(captures, chunk, false);
  const many = await read(captures, chunk, true);
  expect(many.found).toStrictEqual(one.found);
  return many.asked / one.asked;
}

afterEach(() => void vi.restoreAllMocks());

const all = packets(3000);
const pcap = build.pcap(all);

describe('opened ahead or one by one, the same comes out', () => {
  it.each([
    ['pcap', pcap],
    ['pcap, the other byte order', build.pcap(all, { bigEndian: true })],
    ['pcapng', build.pcapng(all)],
  ])('%s, and most are opened ahead', async (_, capture) => {
    // Three of nine suites are asked for each packet, and so is what is wrong.
    expect(await compare([capture])).toBeLessThan(0.65);
  });

  it.each([700, 5000, 65_536])('read %i bytes at a time', async (chunk) => {
    await compare([pcap], chunk);
  });

  it('several captures at once', async () => {
    const halves = [0, 1].map((half) => build.pcap(all.filter((_, number) => number % 2 === half)));
    expect(await compare(halves)).toBeLessThan(0.75);
  });

  it('TCP in pieces', async () => {
    const one = suites[0] as Suite;
    const tcp = connection(phone, proxy);
    const sent = Array.from({ length: 80 }, (_, number) => tcp.send('client', request(`a${number}`, 'x'.repeat(2000))));
    const segments = [...tcp.open().slice(0, 1), ...sent.flat()];
    expect(segments.length).toBeGreaterThan(150);
    const frames = segments.map((part, number) => espFrame(protect(one, spi(0), number + 1, 6, part.subarray(20))));
    expect(await compare([build.pcap(timed(frames))])).toBeLessThan(0.5);
  });

  it('where there is no WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(await compare([pcap])).toBe(1);
    vi.unstubAllGlobals();
  });

  it('bytes changed anywhere in the file', async () => {
    const few = build.pcap(packets(160));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(few.length - 25), fc.nat(255)), { minLength: 1, maxLength: 30 }),
        fc.nat(3),
        async (changes, steps) => {
          const changed = few.slice();
          // Most of the packets are long: the heads are where more can go wrong.
          for (const [at, byte] of changes) changed[24 + at] = byte;
          await compare([changed], 2000 << (2 * steps));
        },
      ),
      { numRuns: 40, seed: 19 },
    );
  });

  it('what it holds of a message', () => {
    expect(latin1(udp)).toContain(latin1(message));
  });
});
