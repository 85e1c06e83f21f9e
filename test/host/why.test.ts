import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ethernet, pcap, udpPacket } from '../../fixtures/builder/index.ts';
import type { CallRow } from '../../core/contract/model.ts';
import { haveShared, lab } from '../analysis/read.ts';
import { opened, readCalls, table } from '../capture-session.ts';

/** What a verdict quotes from the bytes of the capture, and how far several inputs are watched. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-why-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const PHONE = '192.0.2.1';
const PROXY = '192.0.2.2';
const FAR = '192.0.2.3';

interface Sent {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  /** Start line. */
  readonly start: string;
  readonly vias?: readonly string[];
  readonly cseq?: string;
  readonly toTag?: string;
  readonly callId?: string;
  readonly headers?: readonly string[];
}

function text(sent: Sent): string {
  const { start, vias = ['1'], cseq = '1 INVITE', toTag = '', callId = 'c', headers = [] } = sent;
  return [
    start,
    ...vias.map((branch) => `Via: SIP/2.0/UDP h${branch}.example.net;branch=z9hG4bK${branch}`),
    'From: <sip:a@example.net>;tag=f',
    `To: <sip:b@example.net>${toTag === '' ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    ...headers,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** Writes a capture of these messages and returns its path. */
function capture(name: string, messages: readonly Sent[]): string {
  const path = join(scratch, name);
  const packets = messages.map((sent) => {
    const from = { host: sent.from, port: 5060 };
    return {
      time: 1_700_000_000_000_000_000n + BigInt(Math.round(sent.at * 1e9)),
      bytes: ethernet({}, udpPacket(from, { host: sent.to, port: 5060 }, text(sent))),
    };
  });
  writeFileSync(path, pcap(packets));
  return path;
}

const INVITE: Sent = { at: 0, from: PHONE, to: PROXY, start: 'INVITE sip:b@example.net SIP/2.0' };

async function whyOf(messages: readonly Sent[]): Promise<string> {
  const [call] = await readCalls(capture('one.pcap', messages));
  return call?.why ?? '';
}

describe('why: words of the capture', () => {
  it('the reason phrase as on the wire, who said it, and why', async () => {
    const headers = [
      'Reason: Q.850;cause=17;text="User busy"',
      'Warning: 399 192.0.2.2 "Not now"',
      'Retry-After: 60 (lunch)',
    ];
    const start = 'SIP/2.0 486 No time';
    expect(await whyOf([INVITE, { at: 1, from: PROXY, to: PHONE, start, toTag: 't', headers }])).toBe(
      'The INVITE (frame 1) was answered with 486 No time (frame 2) by 192.0.2.2:5060. ' +
        'Reason: Q.850;cause=17;text="User busy". Warning: "Not now". Retry-After: 60 (lunch).',
    );
  });

  it('the hop on which the answer was sent first', async () => {
    const start = 'SIP/2.0 404 Not Found';
    expect(
      await whyOf([
        INVITE,
        { ...INVITE, from: PROXY, to: FAR, vias: ['2', '1'] },
        { at: 1, from: FAR, to: PROXY, start, vias: ['2', '1'], toTag: 't' },
        { at: 1, from: PROXY, to: PHONE, start, toTag: 't' },
      ]),
    ).toBe('The INVITE (frame 1) was answered with 404 Not Found (frame 4), first sent by 192.0.2.3:5060 (frame 3).');
  });

  it('is one short line, whatever the capture says', async () => {
    const bidi = String.fromCodePoint(0x202e);
    const separator = String.fromCodePoint(0x2028);
    const start = `SIP/2.0 480 ${bidi}\u001B[31m${separator}x${'é😀'.repeat(5000)}`;
    const headers = [`Reason: SIP${'\r\n ;x'.repeat(300)}`, `Warning: "${'\\"'.repeat(9000)}`, 'Retry-After: \u0007'];
    const why = await whyOf([INVITE, { at: 1, from: PROXY, to: PHONE, start, headers }]);
    expect(why).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
    expect(why).not.toMatch(/\p{Cs}/u);
    expect(why).toContain(String.raw`480 \u{202e}\x1b[31m\u{2028}x`);
    expect(why).toContain('…');
    expect(why.length).toBeLessThan(300);
  });

  it('what nodes of a cluster tell each other is no call of a user', async () => {
    const start = 'KDMQ sip:usrloc@192.0.2.2:5090 SIP/2.0';
    const sent: Sent = { at: 0, from: PHONE, to: PROXY, start, cseq: '1 KDMQ' };
    const back: Sent = { at: 0.1, from: PROXY, to: PHONE, start: 'SIP/2.0 200 OK', cseq: '1 KDMQ', toTag: 't' };
    expect(await whyOf([sent, back])).toMatch(/^The KDMQ .* was answered with 200 .*cluster .*\(DMQ\): no call/u);
  });

  it('the Reason of a BYE, and what came back for it', async () => {
    const answered: Sent[] = [
      INVITE,
      { at: 1, from: PROXY, to: PHONE, start: 'SIP/2.0 200 OK', toTag: 't' },
      {
        at: 1.1,
        from: PHONE,
        to: PROXY,
        start: 'ACK sip:b@example.net SIP/2.0',
        cseq: '1 ACK',
        toTag: 't',
        vias: ['9'],
      },
    ];
    const headers = ['Reason: Q.850;cause=16'];
    const bye: Sent = {
      at: 9,
      from: PHONE,
      to: PROXY,
      start: 'BYE sip:b@example.net SIP/2.0',
      cseq: '2 BYE',
      toTag: 't',
      vias: ['5'],
      headers,
    };
    const said =
      "Answered with 200 (frame 2), acknowledged in frame 3 and ended by the caller's BYE (frame 4). Reason: Q.850;cause=16.";
    const back: Sent = {
      at: 9.1,
      from: PROXY,
      to: PHONE,
      start: 'SIP/2.0 200 OK',
      cseq: '2 BYE',
      toTag: 't',
      vias: ['5'],
    };
    expect(await whyOf([...answered, bye, back])).toBe(said);
    expect(await whyOf([...answered, bye, { ...back, start: 'SIP/2.0 481 Call Does Not Exist' }])).toContain(
      'The BYE was answered with 481 Call Does Not Exist (frame 5).',
    );
    const later: Sent = { ...INVITE, at: 60, start: 'OPTIONS sip:b SIP/2.0', cseq: '1 OPTIONS', callId: 'other' };
    expect(await whyOf([...answered, bye, later])).toContain('Nobody answered the BYE.');
    expect(await whyOf([...answered, bye])).toBe(said);
  });
});

describe('how long a call lasted', () => {
  it('an unacknowledged one never was a conversation', async () => {
    const ok: Sent = { at: 1, from: PROXY, to: PHONE, start: 'SIP/2.0 200 OK', toTag: 't' };
    const again = { ...ok, at: 1.5 };
    const [call] = await readCalls(capture('silent.pcap', [INVITE, ok, again]));
    expect(call).toMatchObject({ state: 'unacknowledged', answerMs: 1000, durationMs: null });
    const { client } = await opened(join(scratch, 'silent.pcap'));
    expect(await table(client, 'calls', 'duration >= 0s')).toStrictEqual([]);
    await client.close();
  });
});

describe('several captures', () => {
  it('a call is not timed out because another capture was made years later', async () => {
    const ringing: Sent = { at: 0.1, from: PROXY, to: PHONE, start: 'SIP/2.0 180 Ringing', toTag: 't' };
    const old = capture('old.pcap', [INVITE, ringing]);
    const young = capture('young.pcap', [{ ...INVITE, at: 1e8, callId: 'young' }]);
    const { client } = await opened([young, old]);
    const states = (await table<CallRow>(client, 'calls')).map(({ callId, state }) => `${callId} ${state}`);
    await client.close();
    expect(states).toStrictEqual(['c ringing', 'young calling']);
  });

  it('files of a rotation are one capture', async () => {
    const first = capture('r1.pcap', [INVITE]);
    const second = capture('r2.pcap', [
      { ...INVITE, at: 4, callId: 'x' },
      { ...INVITE, at: 60, callId: 'y' },
    ]);
    const { client } = await opened([first, second]);
    const [call] = await table<CallRow>(client, 'calls');
    await client.close();
    expect(call?.state).toBe('timed-out');
  });
});

describe.skipIf(!haveShared)('why: real software', () => {
  it.each([
    [
      'parallel-fork',
      4,
      'The caller cancelled (frame 105) after ringing for 1.5 s; the INVITE ended with 487 Request Terminated (frame 119).',
    ],
    [
      'parallel-fork',
      5,
      'The INVITE (frame 121) was answered with 404 Not Found (frame 141) after ringing for 0.4 s, first sent by 127.0.1.22:5080 (frame 137).',
    ],
    [
      'failover-all-dead',
      1,
      'The INVITE (frame 1) was answered with 500 No gateway answered (frame 11) by 127.0.1.10:5060. Sent on to 3 places, without an answer.',
    ],
    [
      'no-ack-retransmit',
      3,
      "Answered with 200 (frame 16), repeated 4 times: the ACK in frame 17 did not arrive, the one in frame 51 did. The caller's BYE (frame 55) ended the call.",
    ],
    [
      'ims-esp-e',
      1,
      'The REGISTER was accepted with 200 (frame 21). This attempt was seen between 10.4.128.21:5060 and 10.4.128.23:6060; the first hop does not show it.',
    ],
    [
      'loop',
      2,
      'The INVITE (frame 15) was answered with 483 Too Many Hops (frame 70), first sent by 127.0.1.10:5060 (frame 46). The capture shows 13 hops: perhaps a loop.',
    ],
  ])('%s, call %i', async (name, id, why) => {
    const calls = await readCalls(lab(name));
    expect(calls.find((call) => call.id === id)?.why).toBe(why);
  });
});
