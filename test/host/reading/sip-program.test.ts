import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Sighting } from '../../../core/analysis/sighting.ts';
import { utf8 } from '../../../core/bytes/text.ts';
import { ProgramMemory } from '../../../core/bytes/program-memory.ts';
import { Cancel } from '../../../core/capture/cancel.ts';
import { Input } from '../../../core/capture/input.ts';
import { openInputs } from '../../../core/capture/inputs.ts';
import { pcap } from '../../../core/capture/pcap.ts';
import { CaptureError } from '../../../core/capture/reader.ts';
import { Addresses } from '../../../core/decode/addresses.ts';
import { Transport, type Packet } from '../../../core/decode/packet.ts';
import { SipHead } from '../../../core/decode/sip-head.ts';
import { eachMessage } from '../../../core/host/reading/batch.ts';
import { freshPacket } from '../../../core/host/reading/decoding.ts';
import { drive, Tally } from '../../../core/host/reading/drive.ts';
import { SipProgram } from '../../../core/host/reading/sip-program.ts';
import { UsualRuns } from '../../../core/host/reading/usual-runs.ts';
import * as build from '../../../fixtures/builder/index.ts';
import { madeMessage } from '../../decode/sip-generator.ts';
import { sip } from '../../decode/sip-text.ts';

/**
 * The program that reads runs of SIP says the same as the decoders, SipHead and Sighting, of every message that it takes,
 * and leaves the others to them.
 */

/** Bytes of a chunk: the margin in front of it takes the longest packet. */
const CHUNK = 100_000;
const places = ['callId', 'fromTag', 'toTag', 'branch', 'sentBy', 'method', 'cseqMethod', 'sdp'] as const;

/** All that a message tells, in one line. */
function told(seen: Sighting): string {
  const numbers = Object.entries(seen)
    .filter(([name, value]) => typeof value === 'number' && !/(?:At|End)$/u.test(name))
    .map(([name, value]) => `${name} ${String(value)}`);
  const texts = places.map((name) => {
    const at = seen[`${name}At`];
    if (at === (name === 'method' || name === 'cseqMethod' ? -1 : 0)) return '-';
    return `“${Buffer.from(seen.bytes.subarray(at, seen[`${name}End`])).toString('latin1')}”`;
  });
  return [...numbers, `body ${seen.bodyAt}`, seen.origin === null, seen.made === null, ...texts].join(' ');
}

interface Read {
  readonly messages: readonly string[];
  /** What else is counted. */
  readonly rest: unknown;
  /** Messages that the program took. */
  readonly taken: number;
}

/** Reads a pcap file: with the program in runs, with it message by message, or without. */
async function read(file: Uint8Array, how: 'runs' | 'each' | 'without', wantsSdp = true): Promise<Read> {
  let from = 0;
  const source = {
    name: 'test',
    size: file.length,
    read: (target: Uint8Array, offset: number, length: number) => {
      const part = file.subarray(from, from + length);
      target.set(part, offset);
      from += part.length;
      return Promise.resolve(part.length);
    },
    close: () => Promise.resolve(),
  };
  const input = new Input(source, pcap.open(), 0, CHUNK, null, new Cancel(null));
  const tally = new Tally();
  const head = new SipHead();
  const seen = new Sighting(wantsSdp);
  const messages: string[] = [];
  let taken = 0;
  let program: SipProgram | null = null;
  const message = (packet: Packet, at: number, end: number, transport: Transport): void => {
    const isUsual = how === 'each' && transport === Transport.UDP && program?.see(packet, at, end, seen) === true;
    if (isUsual) taken += 1;
    else {
      head.scan(packet.bytes, at, end);
      seen.see(packet, head, at, end, transport);
    }
    messages.push(told(seen));
  };
  const packet = freshPacket(new Addresses(), [], { sip: message }, { media: () => undefined });
  const memory = how === 'without' ? null : ProgramMemory.open();
  if (memory !== null) {
    input.memory = memory;
    program = new SipProgram(memory, wantsSdp, (records, count) => {
      taken += count;
      eachMessage(records, count, seen, (one) => messages.push(told(one)));
    });
  }
  await drive({ merged: input }, packet, {
    tally,
    signal: new AbortController().signal,
    betweenChunks: () => undefined,
    runs: memory === null || how === 'each' ? null : new UsualRuns(memory, null, program),
  });
  const rest = {
    tally: Object.entries(tally),
    packets: input.packets,
    warning: input.warning(),
    ledger: [...packet.ledger.counts],
    faults: packet.faults.list(),
  };
  return { messages, rest, taken };
}

/** Reads in both ways, and expects them to say the same; returns how many messages the program took. */
async function both(file: Uint8Array, wantsSdp = true): Promise<number> {
  const one = await read(file, 'runs', wantsSdp);
  const each = await read(file, 'each', wantsSdp);
  const other = await read(file, 'without', wantsSdp);
  expect(one.messages).toEqual(other.messages);
  expect(each.messages).toEqual(other.messages);
  expect(each.taken).toBeGreaterThanOrEqual(one.taken);
  expect(one.rest).toEqual(other.rest);
  return one.taken;
}

const usual = sip(`
INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK1
Via: SIP/2.0/TCP 192.0.2.2;branch=z9hG4bK0
Max-Forwards: 70
From: "Alice" <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>
Call-ID: c1@192.0.2.1
CSeq: 7 INVITE
Contact: <sip:alice@192.0.2.1>
Content-Type: application/sdp
Content-Length: 5

v=0
`);

const from = { host: '192.0.2.1', port: 5060 };
const to = { host: '192.0.2.2', port: 5060 };
const SECOND = 1_000_000_000n;

/** Each message in a packet, and in front of all one that the program need not take. */
function capture(messages: readonly Uint8Array[]): Uint8Array {
  const packets = [usual, ...messages].map((message, number) => ({
    time: 1_700_000_000n * SECOND + BigInt(number) * 1_000_000n,
    bytes: build.ethernet({}, build.udpPacket(from, to, message, { id: number & 1 })),
  }));
  return build.pcap(packets);
}

test('a usual message is taken', async () => {
  expect(await both(capture([usual, usual, usual]))).toBe(3);
});

const rest = 'Via: SIP/2.0/UDP h;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>\nCall-ID: c\nMax-Forwards: 70\n';

describe('is taken, and read as SipHead does it', () => {
  test.each([
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\n\n`,
    `SIP/2.0 200\n${rest}CSeq: 1 INVITE\n\n`,
    `SIP/2.0 183 In progress\n${rest}CSeq: 1 INVITE\nContent-Type: multipart/mixed;boundary=x\nContent-Length: 2\n\nab`,
    `SIP/2.0 180 Ringing\n${rest}CSeq: 1 INVITE\nl: 0\n\n`,
    `BYE sip:a@b SIP/2.0\nv: sip/2.0/udp [2001:db8::1] ; received=1 ; BRANCH = "x;y" \nf:a;tag="x y"\nt:"<" <b>;TAG=b\ni:\nCSeq:2147483647 BYE\n\n`,
    `BYE sip:a@b SIP/2.0\nVia: SIP/2.0/UDP h\nf:<a>;tag=\nt: "a\\"<x" <b>;x=";tag=1";tag=2?\ni : c\nCSeq:1\tBYE\nVia:SIP/2.0/SCTP x\n\n`,
    `INFO sip:a@b SIP/2.0\n${rest}CSeq: 0 INFO\nContent-Length: 1\nl: 1\nContent-Type: application/SDP\nc: x\n\nv`,
    ...['OPTIONS', 'PRACK', 'SUBSCRIBE', 'NOTIFY', 'PUBLISH', 'REFER', 'MESSAGE', 'UPDATE', 'KDMQ', 'CANCEL'].map(
      (method) => `${method} sip:a@b SIP/2.0\n${rest}CSeq: 1 ${method}\n\n`,
    ),
  ])('%j', async (text) => {
    expect(await both(capture([usual, sip(text), usual]))).toBe(3);
  });
});

describe('is left to SipHead', () => {
  test.each([
    `REGISTER sip:a@b SIP/2.0\n${rest}CSeq: 1 REGISTER\n\n`,
    `SIP/2.0 200 OK\n${rest}CSeq: 1 REGISTER\n\n`,
    `invite sip:a@b SIP/2.0\n${rest}CSeq: 1 invite\n\n`,
    `FOO sip:a@b SIP/2.0\n${rest}CSeq: 1 FOO\n\n`,
    `ACK  sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\n\n`,
    `ACK sip:a@b SIP/3.0\n${rest}CSeq: 1 ACK\n\n`,
    `ACK sip:a@b SIP/2.0 \n${rest}CSeq: 1 ACK\n\n`,
    `SIP/2.0 700 OK\n${rest}CSeq: 1 INVITE\n\n`,
    `SIP/2.0 2000 OK\n${rest}CSeq: 1 INVITE\n\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 BYE\n\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 2147483648 ACK\n\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK x\n\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1\n ACK\n\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 1\n\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 0\n\nx`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nl: 99999999999\n\nx`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nMax-Forwards: 256\n\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nt: <sip:a@b>\n\n`,
    `ACK sip:a@b SIP/2.0\n${rest}CSeq: 1 ACK\nCSeq: 1 ACK\n\n`,
    `ACK sip:a@b SIP/2.0\nVia: SIP/2.0/UDP a, SIP/2.0/UDP b\n${rest}CSeq: 1 ACK\n\n`,
    `ACK sip:a@b SIP/2.0\nVia: SIP/2.0/TCP a\n${rest}CSeq: 1 ACK\n\n`,
    `ACK sip:a@b SIP/2.0\nFoo: bar\n\n`,
  ])('%j', async (text) => {
    expect(await both(capture([usual, sip(text), usual]))).toBe(2);
  });
});

test('line ends without carriage returns, in the start line and behind', async () => {
  const text = `ACK sip:a@b SIP/2.0\r\n${rest}CSeq: 1 ACK\nl: 2\n\nhi`;
  const bytes = utf8(text);
  expect(await both(capture([bytes, utf8(text.replace('\r', ''))]))).toBe(1);
});

test('without descriptions', async () => {
  expect(await both(capture([usual, usual]), false)).toBe(2);
});

test('more than there is room for at a time, over many chunks', async () => {
  expect(await both(capture(Array.from({ length: 3000 }, () => usual)))).toBeGreaterThan(2900);
});

/** Headers as they stand in most messages, and some that do not, in any order. */
const likely = fc
  .record({
    method: fc.constantFrom('INVITE', 'ACK', 'BYE', 'SUBSCRIBE', 'REGISTER'),
    status: fc.option(fc.integer({ min: 90, max: 710 })),
    via: fc.constantFrom(
      'Via: SIP/2.0/UDP h:1;rport;branch=z9\nVia: SIP/2.0/TLS x',
      'v:SIP/2.0/UDP h ;a="b;c" ; branch = z',
    ),
    from: fc.constantFrom('From: "x" <sip:a@b>;tag=1', 'f: <sip:a@b;tag=0>;q;tag=2;x', 'From: sip:a@b;tag=3'),
    to: fc.constantFrom('To: <sip:b>', 'to: "\\">" <sip:b>;TAG=x', 't : b;tag="q"'),
    id: fc.constantFrom('Call-ID: a@b', 'i:', 'CALL-id: x '),
    more: fc.subarray(['Max-Forwards: 7', 'Contact: <sip:x>', 'Call-Info: x', 'Content-Foo: 1', 'c: multipart/x', 'x']),
    body: fc.option(fc.constantFrom('', 'v=0')),
  })
  .chain(({ method, status, via, from: sender, to: receiver, id, more, body }) => {
    const headers = [via, sender, receiver, id, `CSeq: 3 ${method}`, ...more];
    if (body !== null) headers.push(`l: ${body.length}`, 'Content-Type: application/sdp');
    const start = status === null ? `${method} sip:x SIP/2.0` : `SIP/2.0 ${status} Yes`;
    return fc
      .shuffledSubarray(headers, { minLength: headers.length })
      .map((lines) => sip(`${start}\n${lines.join('\n')}\n\n${body ?? ''}`));
  });

test('messages of any kind, and with bytes that are others', async () => {
  let taken = 0;
  const change = fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255));
  const changed = fc
    .tuple(
      fc.oneof(
        likely,
        madeMessage.map(({ bytes }) => bytes),
      ),
      fc.array(change, { maxLength: 2 }),
    )
    .map(([bytes, changes]) => {
      const other = bytes.slice();
      for (const [where, byte] of changes) other[Math.floor(where * other.length)] = byte;
      return other;
    });
  await fc.assert(
    fc.asyncProperty(fc.array(changed, { minLength: 1, maxLength: 40 }), async (messages) => {
      taken += await both(capture(messages));
    }),
    { seed: 6, numRuns: 400 },
  );
  expect(taken).toBeGreaterThan(100);
});

const kinds = [
  'plain',
  'plain',
  'vlan',
  'rtp',
  'options',
  'fragment',
  'udp-0',
  'ip-0',
  'cut',
  'padded',
  'net-0',
] as const;

test('any mixture of packets, link types and orders of time', async () => {
  const frameOf = (kind: (typeof kinds)[number], number: number, linkType: number): Uint8Array => {
    const payload = kind === 'rtp' ? build.concat(build.u8(0x80, 8), new Uint8Array(30)) : usual;
    const ip = build.udpPacket({ ...from, host: kind === 'net-0' ? '0.1.2.3' : from.host }, to, payload, {
      id: number % 3,
      ...(kind === 'options' ? { options: new Uint8Array(4).fill(1) } : {}),
      ...(kind === 'fragment' ? { moreFragments: true } : {}),
    });
    const view = new DataView(ip.buffer, ip.byteOffset, ip.byteLength);
    if (kind === 'udp-0') view.setUint16(24, 0);
    if (kind === 'ip-0') view.setUint16(2, 0);
    if (linkType === 113) return build.sll({}, ip);
    if (linkType === 276) return build.sll2({}, ip);
    if (kind === 'vlan') return build.ethernet({ type: 0x8100 }, build.vlan({ id: 5 }, ip));
    return build.ethernet({ pad: kind === 'padded' }, ip);
  };
  const packet = fc.record({ kind: fc.constantFrom(...kinds), ms: fc.integer({ min: -5, max: 40 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(packet, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(1, 113, 276),
      fc.record({ bigEndian: fc.boolean(), nanoseconds: fc.boolean() }),
      async (packets, linkType, format) => {
        let time = 1_700_000_000n * SECOND;
        const file = packets.map(({ kind, ms }, number) => {
          time += BigInt(ms) * 1_000_000n;
          const bytes = frameOf(kind, number, linkType);
          if (kind !== 'cut') return { time, bytes };
          return { time, bytes: bytes.subarray(0, -10), originalLength: bytes.length };
        });
        await both(build.pcap(file, { linkType, ...format }));
      },
    ),
    { seed: 7, numRuns: 120 },
  );
});

test('any bit turned in the headers of a record and its packet', async () => {
  const file = capture([usual, usual, usual]);
  const record = (file.length - 24) / 4;
  for (let bit = 0; bit < 8 * (16 + 42); bit++) {
    const turned = file.slice();
    const at = 24 + 2 * record + (bit >> 3);
    turned[at] = (turned[at] as number) ^ (1 << (bit & 7));
    await both(turned);
  }
});

/** Messages of a capture, as many as there are of `most`, evenly. */
async function messagesOf(path: string, most: number): Promise<Uint8Array[]> {
  const messages: Uint8Array[] = [];
  try {
    const inputs = await openInputs([path], { spool: false });
    const sink = (packet: Packet, at: number, end: number): void => void messages.push(packet.bytes.slice(at, end));
    const packet = freshPacket(new Addresses(), [], { sip: sink }, { media: () => undefined });
    const driving = { tally: new Tally(), signal: new AbortController().signal, betweenChunks: () => undefined };
    await drive(inputs, packet, driving);
    await inputs.close();
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  }
  const step = Math.max(1, Math.ceil(messages.length / most));
  return messages.filter((message, number) => number % step === 0 && message.length < 65_000);
}

const root = join(import.meta.dirname, '..', '..', '..');
const shared = join(root, '..', 'shared', 'captures');
if (!existsSync(shared)) process.stdout.write('skipped: ../shared/captures is not there, its messages were not read\n');
const folders = [
  join(root, 'fixtures'),
  ...(existsSync(shared)
    ? [join('corpus', 'captures'), join('corpus', 'malformed'), 'lab'].map((name) => join(shared, name))
    : []),
];

describe.each(folders)('messages of the captures in %s', (folder) => {
  const paths = readdirSync(folder)
    .filter((name) => /pcap/u.test(name) && !name.endsWith('.json'))
    .map((name) => join(folder, name));

  test('as they are', async () => {
    for (const path of paths) await both(capture(await messagesOf(path, 400)));
  });

  test('cut at any byte', async () => {
    for (const path of paths) {
      const [message] = await messagesOf(path, 1);
      if (message === undefined || message.length > 3000) continue;
      await both(capture(Array.from({ length: message.length }, (_, length) => message.subarray(0, length))));
    }
  });

  test('with any bit turned', async () => {
    for (const [index, path] of paths.entries()) {
      const messages = await messagesOf(path, 3);
      const message = messages[index % 3];
      if (message === undefined || message.length > 1200) continue;
      const turned = Array.from(message, (byte, at) => {
        const other = message.slice();
        other[at] = byte ^ (1 << ((at + index) % 8));
        return other;
      });
      await both(capture(turned));
    }
  });
});
