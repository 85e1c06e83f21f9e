import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { StreamRow } from '../../../core/contract/streams.ts';
import { concat, ethernet, pcap, sip, u16, u32, u8, udpPacket } from '../../../fixtures/builder/index.ts';
import { readStreams } from '../../capture-session.ts';

/** Which announcement a stream belongs to, where offers and answers come in odd places. */
const folder = mkdtempSync(join(tmpdir(), 'sipglass-media-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CALLER = { host: '192.0.2.1', port: 5060 };
const CALLEE = { host: '192.0.2.2', port: 5060 };

interface Sent {
  readonly at: number;
  readonly frame: Uint8Array;
}

function sdp(host: string, port: number, lines: readonly string[] = [], profile = 'RTP/AVP', types = '8'): string {
  return [
    'v=0',
    `o=- 1 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} ${profile} ${types}`,
    ...lines,
    '',
  ].join('\r\n');
}

function message(
  at: number,
  start: string,
  cseq: string,
  fromCaller: boolean,
  body: string | null = null,
  fromTag = 'a',
): Sent {
  const [from, to] = fromCaller ? [CALLER, CALLEE] : [CALLEE, CALLER];
  const bytes = sip({
    start,
    headers: [
      ['Via', `SIP/2.0/UDP ${fromTag === 'a' ? CALLER.host : CALLEE.host};branch=z9hG4bK${cseq.replace(' ', '')}`],
      ['From', `<sip:x@example.org>;tag=${fromTag}`],
      [
        'To',
        `<sip:y@example.org>${start.startsWith('INVITE') && fromTag === 'a' ? '' : `;tag=${fromTag === 'a' ? 'b' : 'a'}`}`,
      ],
      ['Call-ID', 'odd@example.org'],
      ['CSeq', cseq],
      ...(body === null ? [] : ([['Content-Type', 'application/sdp']] as const)),
    ],
    ...(body === null ? {} : { body }),
  });
  return { at, frame: ethernet({}, udpPacket(from, to, bytes)) };
}

function rtp(
  at: number,
  count: number,
  fromCaller: boolean,
  how: { type?: number; step?: number; size?: number; ms?: number; first?: number } = {},
): Sent[] {
  const { first = 0, ms = 20, size = 160, step = 160, type = 8 } = how;
  const ends = [
    { host: CALLER.host, port: 4000 },
    { host: CALLEE.host, port: 6000 },
  ] as const;
  const [from, to] = fromCaller ? ends : [ends[1], ends[0]];
  return Array.from({ length: count }, (_, i) => ({
    at: at + i * ms,
    frame: ethernet(
      {},
      udpPacket(
        from,
        to,
        concat(
          u8(0x80, type),
          u16(first + i),
          u32((first * 160 + i * step) >>> 0),
          u32(fromCaller ? 1 : 2),
          new Uint8Array(size),
        ),
      ),
    ),
  }));
}

function streamsOf(name: string, all: readonly Sent[]): Promise<StreamRow[]> {
  const path = join(folder, `${name}.pcap`);
  const sorted = all.toSorted((a, b) => a.at - b.at);
  writeFileSync(
    path,
    pcap(sorted.map(({ at, frame }) => ({ time: 1_700_000_000_000_000_000n + BigInt(at) * 1_000_000n, bytes: frame }))),
  );
  return readStreams(path);
}

const INVITE = 'INVITE sip:y@example.org SIP/2.0';
const OK = 'SIP/2.0 200 OK';

describe('announcements', () => {
  test('the offer in the 200 and the answer in the ACK', async () => {
    const rows = await streamsOf('late-offer', [
      message(0, INVITE, '1 INVITE', true),
      message(100, OK, '1 INVITE', false, sdp(CALLEE.host, 6000, ['a=ptime:30'])),
      message(150, 'ACK sip:y@example.org SIP/2.0', '1 ACK', true, sdp(CALLER.host, 4000, ['a=ptime:20'])),
      ...rtp(200, 50, true),
      ...rtp(210, 50, false),
    ]);
    expect(rows.map(({ direction, ptime }) => [direction, ptime.offeredMs, ptime.answeredMs, ptime.verdict])).toEqual([
      ['caller-to-callee', 30, 20, 'mismatch'],
      ['callee-to-caller', 30, 20, 'agree'],
    ]);
  });

  test('a dynamic type means what the SDP says, also when that comes behind the packets of another path', async () => {
    const lines = ['a=rtpmap:97 opus/48000/2', 'a=rtpmap:101 telephone-event/48000', 'a=ptime:20'];
    const rows = await streamsOf('dynamic', [
      message(0, INVITE, '1 INVITE', true, sdp(CALLER.host, 4000, lines, 'RTP/AVP', '97 101')),
      message(100, OK, '1 INVITE', false, sdp(CALLEE.host, 6000, lines, 'RTP/AVP', '97 101')),
      ...rtp(200, 50, true, { type: 97, step: 960 }),
    ]);
    expect(rows).toMatchObject([
      { payloadTypes: [{ pt: 97, codec: 'opus', clockRate: 48_000 }], clockFrom: 'sdp', maxJitterMs: 0 },
    ]);
  });

  test('a re-INVITE of the callee that asks for another packet time: marked, and well', async () => {
    const rows = await streamsOf('re-invite', [
      message(0, INVITE, '1 INVITE', true, sdp(CALLER.host, 4000, ['a=ptime:20'])),
      message(100, OK, '1 INVITE', false, sdp(CALLEE.host, 6000, ['a=ptime:40'])),
      ...rtp(200, 50, true, { ms: 40, step: 320, size: 320 }),
      message(2100, 'INVITE sip:x@example.org SIP/2.0', '9 INVITE', false, sdp(CALLEE.host, 6000, ['a=ptime:20']), 'b'),
      message(2150, OK, '9 INVITE', true, sdp(CALLER.host, 4000, ['a=ptime:20']), 'b'),
      ...rtp(2200, 50, true, { first: 50 }).map((one) => one),
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ direction: 'caller-to-callee', ptime: { verdict: 'agree' } });
    expect(rows[0]?.ptime.changes.map(({ ms }) => ms)).toEqual([40, 20]);
  });

  test('SRTP is named, and its tag is no sound', async () => {
    const crypto = ['a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x', 'a=ptime:20'];
    const rows = await streamsOf('srtp', [
      message(0, INVITE, '1 INVITE', true, sdp(CALLER.host, 4000, crypto, 'RTP/SAVP')),
      message(100, OK, '1 INVITE', false, sdp(CALLEE.host, 6000, crypto, 'RTP/SAVP')),
      ...rtp(200, 50, true, { size: 170 }),
    ]);
    expect(rows).toMatchObject([{ protection: 'SRTP', ptime: { payloadMs: 20, verdict: 'agree' } }]);
  });

  test('without SDP a stream is told by its content, and belongs to no call', async () => {
    const rows = await streamsOf('bare', rtp(0, 50, true));
    expect(rows).toMatchObject([
      { callId: null, direction: null, recognisedBy: 'content', ptime: { verdict: 'agree' } },
    ]);
  });
});
