import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { Layer, MessageRow } from '../../../core/contract/model.ts';
import type { LocalClient } from '../../../core/host/local.ts';
import * as build from '../../../fixtures/builder/index.ts';
import { opened, table } from '../../capture-session.ts';
import { connection, request } from '../../decode/streams.ts';
import { messageOf, packetOf, type Said } from '../talk.ts';

/** What the hex pane shows are the very bytes of the file, and each layer's are its own. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-bytes-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');

async function bytesOf(
  client: LocalClient,
  row: number,
  what: 'message' | 'packet',
): Promise<{ bytes: Buffer; layers: readonly Layer[] }> {
  const chunks: Uint8Array[] = [];
  const { layers } = await client.ask('bytes', { row, what }, { onChunk: (chunk) => void chunks.push(chunk.slice()) });
  return { bytes: Buffer.concat(chunks), layers };
}

function named(layers: readonly Layer[]): string {
  return layers.map(({ name }) => name).join(' ');
}

const sdp = 'v=0\r\no=- 1 1 IN IP4 10.1.0.7\r\ns=-\r\nc=IN IP4 10.1.0.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';
const invite: Said = {
  from: '10.1.0.7:5060',
  to: '10.0.0.1:5060',
  what: 'INVITE',
  vias: ['10.1.0.7:5060 a'],
  headers: [['Content-Type', 'application/sdp']],
  body: sdp,
};

function timed(packets: readonly Uint8Array[]): build.Packet[] {
  return packets.map((bytes, index) => ({
    time: 1_700_000_000_000_000_000n + BigInt(index) * 1_000_000n,
    bytes,
  }));
}

/** Packets that are no SIP, enough that a capture is read in several pieces. */
function filler(count: number): Uint8Array[] {
  const payload = new Uint8Array(1400).fill(0xaa);
  return Array.from({ length: count }, (_, index) =>
    build.ethernet(
      {},
      build.udpPacket({ host: '10.9.0.1', port: 9 }, { host: '10.9.0.2', port: 2000 + (index % 50) }, payload),
    ),
  );
}

test('a message is its own bytes, with its description marked', async () => {
  const path = join(scratch, 'one.pcap');
  writeFileSync(path, build.pcap(timed([packetOf(invite)])));
  const { client } = await opened(path);
  const { bytes, layers } = await bytesOf(client, 0, 'message');
  expect(bytes.equals(messageOf(invite))).toBe(true);
  expect(layers).toEqual([
    { name: 'SIP', at: 0, end: bytes.length },
    { name: 'SDP', at: bytes.length - sdp.length, end: bytes.length },
  ]);
  await expect(client.ask('bytes', { row: 1, what: 'packet' })).rejects.toMatchObject({ code: 'not-found' });
  await client.close();
});

/** The same packets in every way that a capture comes, each beginning with some megabytes of something else. */
const packets = [...filler(4000), packetOf(invite), ...filler(2000), packetOf({ ...invite, call: 'two' })];
const ng = new build.Pcapng().section();
ng.interface({ linkType: 0 }).interface();
for (const [index, packet] of timed(packets).entries()) {
  if (index === 3000) ng.interface({ name: 'later', resolution: 9 });
  ng.packet({ ...packet, interface: index < 3000 ? 1 : 2 });
}
const files = {
  'a pcap': build.pcap(timed(packets)),
  'a big-endian pcap of nanoseconds': build.pcap(timed(packets), { bigEndian: true, nanoseconds: true }),
  'a pcapng with interfaces described on the way': ng.bytes(),
  'a compressed pcap': gzipSync(build.pcap(timed(packets))),
} as const;

describe.each(Object.entries(files))('of %s', (_name, file) => {
  test('a packet comes as it was captured', async () => {
    const path = join(scratch, 'large');
    writeFileSync(path, file);
    const { client } = await opened([path]);
    for (const row of [0, 1]) {
      const { bytes, layers } = await bytesOf(client, row, 'packet');
      const expected = packetOf({ ...invite, call: row === 0 ? 'one' : 'two' });
      expect(bytes.equals(expected)).toBe(true);
      expect(layers).toEqual([
        { name: 'Ethernet', at: 0, end: bytes.length },
        { name: 'IPv4', at: 14, end: bytes.length },
        { name: 'UDP', at: 34, end: bytes.length },
        { name: 'SIP', at: 42, end: bytes.length },
        { name: 'SDP', at: bytes.length - sdp.length, end: bytes.length },
      ]);
    }
    await client.close();
  });
});

test('where captures are merged, a packet comes out of its own', async () => {
  const [first, second] = ['a.pcap', 'b.pcap'].map((name) => join(scratch, name));
  const other = { ...invite, from: '10.1.0.9:5060', call: 'of b' };
  writeFileSync(first ?? '', build.pcap(timed([packetOf(invite)])));
  writeFileSync(second ?? '', build.pcap(timed([...filler(1), packetOf(other)])));
  const { client } = await opened([first ?? '', second ?? '']);
  expect((await bytesOf(client, 1, 'packet')).bytes.equals(packetOf(other))).toBe(true);
  await client.close();
});

test('of a message over several segments the one that completed it is shown, with its part', async () => {
  const tcp = connection();
  const message = request('call', 'x'.repeat(900));
  const [head, tail] = [message.slice(0, 700), message.slice(700)];
  const opening = tcp.open();
  // The second segment arrives first.
  const segments = [...tcp.send('client', head), ...tcp.send('client', tail)];
  const sent = [...opening, ...segments.toReversed()].map((bytes) => build.ethernet({}, bytes));
  const path = join(scratch, 'tcp.pcap');
  writeFileSync(path, build.pcap(timed(sent)));
  const { client } = await opened(path);
  const [row] = await table<MessageRow>(client, 'messages');
  expect((await bytesOf(client, 0, 'message')).bytes.toString()).toBe(message);
  const { bytes, layers } = await bytesOf(client, 0, 'packet');
  expect(bytes.equals(sent[(row?.frame ?? 0) - 1] ?? new Uint8Array(0))).toBe(true);
  expect(named(layers)).toBe('Ethernet IPv4 TCP SIP (part)');
  const part = layers.at(-1);
  expect(message).toContain(bytes.toString('utf8', part?.at, part?.end));
  await client.close();
});

test.each(['tunnels.pcapng', 'copies.pcapng', 'fragments.pcap', 'sctp-ws.pcap', 'tcp-odd.pcap', 'hostile.pcap'])(
  'every packet of %s stands in the file, and its layers lie within each other',
  async (name) => {
    const path = join(fixtures, name);
    const file = readFileSync(path);
    const { client } = await opened(path);
    const rows = await table<MessageRow>(client, 'messages');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) {
      const { bytes, layers } = await bytesOf(client, row, 'packet');
      expect(file.indexOf(bytes)).toBeGreaterThan(0);
      expect(layers.length).toBeGreaterThan(2);
      for (const [index, { at, end }] of layers.entries()) {
        expect(at).toBeGreaterThanOrEqual(layers[index - 1]?.at ?? 0);
        expect(end).toBeLessThanOrEqual(bytes.length);
        expect(end).toBeGreaterThan(at);
      }
      const sip = layers.find((layer) => layer.name === 'SIP');
      const message = await bytesOf(client, row, 'message');
      if (sip !== undefined) expect(bytes.subarray(sip.at, sip.end).equals(message.bytes)).toBe(true);
    }
    await client.close();
  },
);
