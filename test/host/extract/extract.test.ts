import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Extracted } from '../../../core/contract/api.ts';
import type { CallRow, MessageRow } from '../../../core/contract/model.ts';
import type { LocalClient } from '../../../core/host/local.ts';
import * as build from '../../../fixtures/builder/index.ts';
import { opened, readAll, table } from '../../capture-session.ts';
import { connection, request, response } from '../../decode/streams.ts';
import { dissect, hasTshark, NEEDS_TSHARK } from '../../fixtures/tshark.ts';

/** What is extracted reads as it did in the capture it came from: same messages, same verdicts, whole streams. */
const root = join(import.meta.dirname, '..', '..', '..');
const lab = join(root, '..', 'shared', 'captures', 'lab');
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-extract-'));
const out = join(scratch, 'out.pcapng');
afterAll(() => rmSync(scratch, { recursive: true }));

const hasLab = existsSync(lab);
const noLab = hasLab ? '' : ' (skipped: ../shared/captures/lab is not there)';

/** Writes calls to `out`, and returns what was told of them. */
async function extract(client: LocalClient, calls: readonly (number | string)[]): Promise<Extracted> {
  const chunks: Uint8Array[] = [];
  const extracted = await client.ask('extract', { calls }, { onChunk: (chunk) => void chunks.push(chunk.slice()) });
  writeFileSync(out, Buffer.concat(chunks));
  return extracted;
}

async function extractFrom(path: string, calls: readonly (number | string)[]): Promise<Extracted> {
  const { client } = await opened(path);
  try {
    return await extract(client, calls);
  } finally {
    await client.close();
  }
}

/** A capture of IP packets, a millisecond apart. */
function captureOf(packets: readonly Uint8Array[]): string {
  const path = join(scratch, 'made.pcap');
  const times = packets.map((bytes, index) => ({
    time: 1_700_000_000_000_000_000n + BigInt(index) * 1_000_000n,
    bytes: build.ethernet({}, bytes),
  }));
  writeFileSync(path, build.pcap(times));
  return path;
}

/** What is the same of a call. Silence alone says less: what is extracted ends with the call, and nobody knows how long was listened. */
function told(call: CallRow): Partial<CallRow> {
  const { callId, finalStatus, messages, ringingMs, answerMs, durationMs, hops, start, end } = call;
  const silent = finalStatus === null && ['timed-out', 'pending', 'calling', 'ringing'].includes(call.state);
  const state = silent ? 'pending' : call.state;
  return { callId, state, finalStatus, messages, ringingMs, answerMs, durationMs, hops, start, end };
}

function said({ ts, src, sport, dst, dport, transport, method, status, callId }: MessageRow): string {
  return [ts, src, sport, dst, dport, transport, method ?? status, callId].join(' ');
}

const captures = [
  ...['sample-day.pcapng', 'tcp-odd.pcap', 'sctp-ws.pcap', 'tunnels.pcapng', 'fragments.pcap', 'states.pcap'].map(
    (name) => join('fixtures', name),
  ),
  ...(hasLab
    ? ['tcp-calls', 'parallel-fork', 'no-ack-retransmit', 'failover', 'failover-all-dead', 'serial-fork'].map((name) =>
        join('..', 'shared', 'captures', 'lab', `${name}.pcap`),
      )
    : []),
];

describe(`each call of a capture, extracted and read again${noLab}`, () => {
  test.each(captures)('%s', async (name) => {
    const { client } = await opened(join(root, name));
    try {
      const rows = await table<MessageRow>(client, 'messages');
      for (const call of await table<CallRow>(client, 'calls')) {
        await extract(client, [call.id]);
        // Its bytes came before those of another call, and without those do not wait for them.
        if (call.callId.startsWith('backwards-2')) continue;
        const { client: again } = await opened(out);
        const calls = (await table<CallRow>(again, 'calls')).filter(({ callId }) => callId === call.callId);
        const messages = (await table<MessageRow>(again, 'messages')).filter(({ callId }) => callId === call.callId);
        await again.close();
        expect(calls.map(told)).toEqual([told(call)]);
        expect(messages.map(said)).toEqual(rows.filter(({ callId }) => callId === call.callId).map(said));
        const frames = messages.map(({ frame }) => frame);
        expect(frames).toEqual(frames.toSorted((a, b) => a - b));
      }
    } finally {
      await client.close();
    }
  });
});

describe('a TCP connection', () => {
  const one = request('one', 'x'.repeat(2000));
  const other = request('other');

  test('that carried the call alone comes along whole: handshake, acknowledgements, keep-alives, repetitions, its end', async () => {
    const tcp = connection();
    const sent = [...tcp.open(), ...tcp.send('client', '\r\n\r\n'), tcp.ack('server')];
    const data = tcp.send('client', one);
    sent.push(
      ...data,
      data[0] as Uint8Array,
      tcp.ack('server'),
      ...tcp.send('server', response('one')),
      tcp.ack('client'),
      ...tcp.send('server', '\r\n'),
      ...tcp.close('client'),
    );
    const stranger = connection({ host: '192.0.2.7', port: 4000 });
    const path = captureOf([
      ...stranger.open(),
      ...sent,
      ...stranger.send('client', other),
      ...stranger.close('client'),
    ]);
    expect(await extractFrom(path, ['one'])).toMatchObject({
      packets: sent.length,
      messages: 2,
      sharedConnections: 0,
    });
  });

  test('that carried others keeps how it was opened and closed, and nothing that the others said', async () => {
    const tcp = connection();
    const before = [
      ...tcp.open(),
      ...tcp.send('client', other),
      tcp.ack('server'),
      ...tcp.send('server', response('other')),
    ];
    const ours = [
      ...tcp.send('client', one),
      tcp.ack('server'),
      ...tcp.send('server', response('one')),
      tcp.ack('client'),
    ];
    const theirs = tcp.send('client', request('third', 'secret'));
    const path = captureOf([...before, ...ours, ...theirs, ...theirs, tcp.ack('server'), ...tcp.close('server')]);
    expect(await extractFrom(path, ['one'])).toMatchObject({ messages: 2, sharedConnections: 1 });
    expect((await readAll(out)).map(said)).toEqual(
      (await readAll(path)).filter(({ callId }) => callId === 'one').map(said),
    );
    const { client } = await opened(out);
    const { ledger } = await client.ask('stats', {});
    await client.close();
    // SYN, SYN ACK, ACK, the acknowledgements in the call's time, and three packets of the end.
    expect(ledger.find(({ code }) => code === 'tcp-no-data')?.packets).toBe(9);
    expect(ledger.reduce((sum, { packets }) => sum + packets, 0)).toBe(9 + 3);
  });

  test('on ports that had another one before: only the one that carried the call', async () => {
    const first = connection();
    const second = connection(undefined, undefined, { client: 70_000, server: 90_000 });
    const path = captureOf([
      ...first.open(),
      ...first.send('client', other),
      ...first.close('client'),
      ...second.open(),
      ...second.send('client', one),
      ...second.close('client'),
    ]);
    expect(await extractFrom(path, ['one'])).toMatchObject({ packets: 8, sharedConnections: 0 });
  });

  test.skipIf(!hasTshark)(`has no holes for tshark where it carried the call alone${NEEDS_TSHARK}`, async () => {
    const cases: [string, string][] = [
      [join(root, 'fixtures', 'sample-day.pcapng'), 'db07492edaadab875172@10.0.10.26'],
      [join(root, 'fixtures', 'tcp-odd.pcap'), 'one-over-many-segments@tcp.example.com'],
    ];
    if (hasLab) cases.push([join(lab, 'tcp-calls.pcap'), '1']);
    for (const [path, call] of cases) {
      const { packets, sharedConnections } = await extractFrom(path, [call === '1' ? 1 : call]);
      expect([path, sharedConnections]).toEqual([path, 0]);
      expect(packets).toBeGreaterThan(8);
      expect(dissect(out, 'tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment', ['frame.number'])).toEqual([]);
      expect(dissect(out, 'tcp.flags.syn == 1', ['frame.number'])).toHaveLength(2);
    }
  });
});

describe('ICMP errors', () => {
  const { concat, hex } = build;
  const from = { host: '192.0.2.1', port: 5060 };
  const to = { host: '198.51.100.2', port: 5060 };
  const error = (packet: Uint8Array): Uint8Array =>
    build.ipv4({ src: to.host, dst: from.host, protocol: 1 }, concat(hex('0303000000000000'), packet));

  test('come along with the message that caused them; those that quote another call between the same ports stay out', async () => {
    const [ours, theirs] = ['mine', 'other'].map((id) => build.udpPacket(from, to, request(id))) as [
      Uint8Array,
      Uint8Array,
    ];
    const path = captureOf([ours, theirs, error(ours), error(theirs), error(ours.subarray(0, 28))]);
    expect(await extractFrom(path, ['mine'])).toMatchObject({ packets: 3, messages: 1 });
    expect((await readAll(out)).map(({ callId }) => callId)).toEqual(['mine']);
  });

  test.skipIf(!hasLab)(`in a capture of a lab: all of it belongs to its one call${noLab}`, async () => {
    expect(await extractFrom(join(lab, 'failover-all-dead.pcap'), [1])).toMatchObject({ packets: 12, messages: 10 });
  });
});
