import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { MediaProgram } from '../../../core/analysis/streams/media-program.ts';
import { MediaStreams } from '../../../core/analysis/streams/media-streams.ts';
import { ProgramMemory } from '../../../core/bytes/program-memory.ts';
import { openInputs } from '../../../core/capture/inputs.ts';
import { SipHead } from '../../../core/decode/sip-head.ts';
import { eachMessage } from '../../../core/host/reading/batch.ts';
import { SipProgram } from '../../../core/host/reading/sip-program.ts';
import { Addresses } from '../../../core/decode/addresses.ts';
import { Sighting } from '../../../core/analysis/sighting.ts';
import type { Packet, Transport } from '../../../core/decode/packet.ts';
import { freshPacket } from '../../../core/host/reading/decoding.ts';
import { drive, Tally } from '../../../core/host/reading/drive.ts';
import { UsualRuns } from '../../../core/host/reading/usual-runs.ts';
import * as build from '../../../fixtures/builder/index.ts';

/** Packets of media and SIP are read the same whether they are run through or taken one by one through all decoders. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-usual-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** All that is counted of packets, and of streams where these are measured. */
async function read(path: string, oneByOne: boolean, measures: boolean): Promise<unknown> {
  const inputs = await openInputs([path], { spool: false });
  const memory = ProgramMemory.open();
  if (memory === null) throw new Error('there is no WebAssembly here');
  for (const input of inputs.inputs) input.memory = memory;
  const program = new MediaProgram(memory, { measures });
  const streams = new MediaStreams(program);
  const tally = new Tally();
  const messages: unknown[] = [];
  const head = new SipHead();
  const seen = new Sighting(false);
  const note = ({ frame, time, position, length, surroundings, callIdEnd, callIdAt }: Sighting): void => {
    messages.push([frame, time, position, length, surroundings, callIdEnd - callIdAt]);
  };
  const sip = (packet: Packet, at: number, end: number, transport: Transport): void => {
    head.scan(packet.bytes, at, end);
    seen.see(packet, head, at, end, transport);
    note(seen);
  };
  const sipProgram = new SipProgram(memory, false, (records, count) => {
    taken += count;
    eachMessage(records, count, seen, note);
  });
  const packet = freshPacket(new Addresses(), [], { sip }, streams);
  program.knowPorts(packet.routes.udpPorts);
  await drive(inputs, packet, {
    tally,
    runs: oneByOne ? null : new UsualRuns(memory, program, sipProgram),
    signal: new AbortController().signal,
    betweenChunks: () => undefined,
  });
  const { packets } = inputs.inputs[0] ?? { packets: -1 };
  await inputs.close();
  const { records, ...found } = streams.found;
  return {
    messages,
    packets,
    found,
    records: { count: records.count, numbers: records.segments.map((segment) => segment.join(' ')) },
    flows: [program.flows, program.packets],
    ledger: [...packet.ledger.counts],
    faults: packet.faults.list(),
    tally: Object.entries(tally),
  };
}

const kinds = [
  'rtp',
  'rtp',
  'rtp',
  'rtp',
  'rtp',
  'rtp',
  'dynamic',
  'event',
  'source',
  'rtcp',
  'vlan',
  'options',
  'fragment',
  'short-udp',
  'long-udp',
  'long-ip',
  'no-length',
  'dns',
  'sip',
  'cut',
  'ipv6',
  'padded',
  'nonsense',
  'network-0',
  'call',
  'call',
] as const;

/** Messages and packets of media that were run through. */
let taken = 0;

function ipOf(kind: (typeof kinds)[number], number: number): Uint8Array {
  const type = kind === 'dynamic' ? 111 : kind === 'event' ? 101 : 8;
  const rtp = build.concat(
    build.u8(0x80, type),
    build.u16(number & 0xffff),
    build.u32(160 * number, kind === 'source' ? 8 : 7),
    kind === 'event' ? build.u8(5, 0x8a, 0, 160) : new Uint8Array(20),
  );
  const rtcp = build.concat(build.u8(0x81, 201), build.u16(1), build.u32(7));
  const sip = 'OPTIONS sip:a@b SIP/2.0\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n\r\n';
  const call = [
    'OPTIONS sip:a@10.0.0.2 SIP/2.0',
    `Via: SIP/2.0/UDP 10.0.0.1:4000;branch=z9hG4bK${number}`,
    'From: <sip:b@10.0.0.1>;tag=1',
    'To: <sip:a@10.0.0.2>',
    `Call-ID: ${number}@10.0.0.1`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 70',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
  const from = { host: kind === 'ipv6' ? '2001:db8::1' : kind === 'network-0' ? '0.1.2.3' : '10.0.0.1', port: 4000 };
  const to = {
    host: kind === 'ipv6' ? '2001:db8::2' : '10.0.0.2',
    port: kind === 'dns' ? 53 : kind === 'sip' || kind === 'call' ? 5060 : 6000,
  };
  const payload =
    kind === 'rtcp'
      ? rtcp
      : kind === 'sip'
        ? sip
        : kind === 'call'
          ? call
          : kind === 'nonsense'
            ? new Uint8Array(30).fill(0x11)
            : rtp;
  const packet = build.udpPacket(from, to, payload, {
    ...(kind === 'options' ? { options: new Uint8Array(4).fill(1) } : {}),
    ...(kind === 'fragment' ? { moreFragments: true } : {}),
  });
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (kind === 'short-udp') view.setUint16(24, 20);
  if (kind === 'long-udp') view.setUint16(24, 400);
  if (kind === 'long-ip') view.setUint16(2, 400);
  if (kind === 'no-length') view.setUint16(2, 0);
  return packet;
}

function frameOf(kind: (typeof kinds)[number], number: number, linkType: number): Uint8Array {
  const ip = ipOf(kind, number);
  if (linkType === 113) return build.sll({}, ip);
  if (linkType === 276) return build.sll2({}, ip);
  if (kind === 'vlan') return build.ethernet({ type: 0x8100 }, build.vlan({ id: 5 }, ip));
  return build.ethernet({ pad: kind === 'padded' }, ip);
}

test('any mixture of packets, link types and orders of time', async () => {
  const packet = fc.record({ kind: fc.constantFrom(...kinds), ms: fc.integer({ min: -5, max: 40 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(packet, { minLength: 1, maxLength: 120 }),
      fc.constantFrom(1, 113, 276),
      fc.record({ bigEndian: fc.boolean(), nanoseconds: fc.boolean() }),
      async (packets, linkType, format) => {
        let time = 1_700_000_000_000_000_000n;
        const file = packets.map(({ kind, ms }, number) => {
          time += BigInt(ms) * 1_000_000n;
          const bytes = frameOf(kind, number, linkType);
          if (kind !== 'cut') return { time, bytes };
          return { time, bytes: bytes.subarray(0, -10), originalLength: bytes.length };
        });
        const path = join(scratch, 'mixture.pcap');
        writeFileSync(path, build.pcap(file, { linkType, ...format }));
        for (const measures of [true, false]) {
          expect(await read(path, false, measures)).toEqual(await read(path, true, measures));
        }
      },
    ),
    { seed: 4, numRuns: 120 },
  );
});

test('every length that a frame may be cut to', async () => {
  const whole = frameOf('vlan', 1, 1);
  const lengths = Array.from({ length: whole.length + 1 }, (_, length) => length);
  const file = lengths.flatMap((length) => [
    { time: 1_700_000_000_000_000_000n, bytes: frameOf('rtp', length, 1) },
    { time: 1_700_000_000_000_000_000n, bytes: whole.subarray(0, length) },
  ]);
  const path = join(scratch, 'cut.pcap');
  writeFileSync(path, build.pcap(file));
  for (const measures of [true, false]) {
    expect(await read(path, false, measures)).toEqual(await read(path, true, measures));
  }
});

test('blocks of pcapng: interfaces, clocks, byte orders, and blocks of other kinds between them', async () => {
  const packet = fc.record({
    kind: fc.constantFrom(...kinds),
    ms: fc.integer({ min: 0, max: 40 }),
    on: fc.constantFrom(0, 0, 0, 0, 1, 2, 3),
    how: fc.constantFrom('usual', 'usual', 'usual', 'usual', 'usual', 'options', 'simple', 'obsolete', 'statistics'),
  });
  const about = [{}, { resolution: 9, offset: 100n }, { resolution: 3 }, { resolution: 0x94, linkType: 113 }] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(packet, { minLength: 1, maxLength: 120 }), fc.boolean(), async (packets, bigEndian) => {
      const file = new build.Pcapng().section(bigEndian);
      for (const one of about) file.interface(one);
      let time = 1_700_000_000_123_456_000n;
      for (const [number, { kind, ms, on, how }] of packets.entries()) {
        time += BigInt(ms) * 1_000_000n;
        const bytes = frameOf(kind, number, on === 3 ? 113 : 1);
        const seen = { time, bytes, interface: on };
        if (how === 'simple') file.simple({ time, bytes: frameOf(kind, number, 1) });
        else if (how === 'obsolete') file.obsolete(seen);
        else if (how === 'options') file.packet(seen, { comment: 'seen', direction: 2 });
        else file.packet(seen);
        if (how === 'statistics') file.statistics(on, time, 5n, 0n);
      }
      const path = join(scratch, 'mixture.pcapng');
      writeFileSync(path, file.bytes());
      for (const measures of [true, false]) {
        expect(await read(path, false, measures)).toEqual(await read(path, true, measures));
      }
    }),
    { seed: 4, numRuns: 120 },
  );
  // Not all of them the long way.
  expect(taken).toBeGreaterThan(50);
});
