import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CallMedia, CallMediaLeg, StreamRow } from '../../../core/contract/streams.ts';
import { opened } from '../../capture-session.ts';
import { message, rtp, sdp, writeCall, type Sent } from '../call-script.ts';

/** What is told of the media of a call: who asked for what and when, what came of it, and what is odd. */
const folder = mkdtempSync(join(tmpdir(), 'sipglass-call-media-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function mediaOf(sent: readonly Sent[]): Promise<{ media: CallMedia; streams: readonly StreamRow[] }> {
  const path = join(folder, 'call.pcap');
  writeCall(path, sent);
  const { client } = await opened(path);
  try {
    const { rows } = await client.ask('streams', { from: 0, count: 100 });
    return { media: await client.ask('callMedia', { call: 1 }), streams: rows };
  } finally {
    await client.close();
  }
}

function legOf({ sections }: CallMedia): CallMediaLeg {
  const leg = sections[0]?.legs[0];
  if (leg === undefined) throw new Error('no leg');
  return leg;
}

const INVITE = 'INVITE sip:y@example.org SIP/2.0';

function answered(offer: readonly string[], answer: readonly string[], at = 1000): Sent[] {
  return [
    message(0, INVITE, '1 INVITE', 'caller', sdp('caller', offer)),
    message(50, 'SIP/2.0 180 Ringing', '1 INVITE', 'callee'),
    message(at, 'SIP/2.0 200 OK', '1 INVITE', 'callee', sdp('callee', answer)),
  ];
}
const ACK = message(1020, 'ACK sip:y@example.org SIP/2.0', '1 ACK', 'caller');

function bye(at: number, from: 'caller' | 'callee' = 'caller'): Sent[] {
  const other = from === 'caller' ? 'callee' : 'caller';
  return [
    message(at, 'BYE sip:y@example.org SIP/2.0', '9 BYE', from, null, from),
    message(at + 10, 'SIP/2.0 200 OK', '9 BYE', other, null, from),
  ];
}

describe('a clean call', () => {
  test('has its words and streams, and nothing odd', async () => {
    const { media } = await mediaOf([
      ...answered(['a=ptime:20', 'a=maxptime:40'], ['a=ptime:20']),
      ACK,
      ...rtp(1100, 200, 'caller'),
      ...rtp(1100, 200, 'callee'),
      ...bye(5200),
    ]);
    const { toCallee, toCaller, words, ...leg } = legOf(media);
    expect(leg).toEqual({ leg: 1, codecToCallee: 'PCMA', codecToCaller: 'PCMA', holds: [] });
    expect([toCallee.length, toCaller.length]).toEqual([1, 1]);
    expect(words).toEqual([
      {
        ts: '1800000000.000000',
        row: 0,
        frame: 1,
        by: 'caller',
        role: 'offer',
        message: 'INVITE',
        codecs: ['PCMA/8000'],
        ptimeMs: 20,
        maxPtimeMs: 40,
        direction: 'sendrecv',
        address: '192.0.2.1',
        port: 4000,
      },
      {
        ts: '1800000001.000000',
        row: 2,
        frame: 3,
        by: 'callee',
        role: 'answer',
        message: '200',
        codecs: ['PCMA/8000'],
        ptimeMs: 20,
        maxPtimeMs: null,
        direction: 'sendrecv',
        address: '192.0.2.2',
        port: 6000,
      },
    ]);
    const { addresses, earlyMedia, hungUpAtOnce, oneWay, transcoding, warnings } = media;
    expect([addresses, earlyMedia, hungUpAtOnce, oneWay, transcoding, warnings]).toEqual([
      null,
      null,
      null,
      null,
      null,
      [],
    ]);
  });

  test('a number that is no call is refused', async () => {
    const { client } = await opened('fixtures/sample-day.pcapng');
    try {
      await expect(client.ask('callMedia', { call: 99_999 })).rejects.toMatchObject({ code: 'not-found' });
    } finally {
      await client.close();
    }
  });
});

describe('hung up at once', () => {
  test('BYE instead of ACK, and the answer asks for more than the offer accepts, without any RTP', async () => {
    const { media } = await mediaOf([...answered(['a=ptime:20', 'a=maxptime:20'], ['a=ptime:40']), ...bye(1030)]);
    expect(media.hungUpAtOnce).toBe(
      'Answered, and the caller hung up 30 ms later, with BYE instead of ACK. The callee answers with packets of 40 ms ' +
        '(a=ptime), and the caller accepts 20 ms at most (a=maxptime): the callee should answer with 20 ms or less, or ' +
        'the caller accept 40 ms.',
    );
    expect(media.warnings.map(({ frame, row, severity, stream }) => ({ frame, row, severity, stream }))).toEqual([
      { row: 2, frame: 3, severity: 'bad', stream: null },
      { row: 3, frame: 4, severity: 'bad', stream: null },
    ]);
  });

  test('the other way round: the answer accepts less than the offer asks for', async () => {
    const { media } = await mediaOf([...answered(['a=ptime:60'], ['a=maxptime:30']), ACK, ...bye(1500, 'callee')]);
    expect(media.hungUpAtOnce).toContain('the callee hung up 500 ms later. The caller offers packets of 60 ms');
    expect(media.warnings[0]?.text).toContain('the callee accepts 30 ms at most');
  });

  test('packet times that differ or agree are told, and are no warning by themselves', async () => {
    const differ = await mediaOf([...answered(['a=ptime:20'], ['a=ptime:60']), ...bye(1030)]);
    expect(differ.media.hungUpAtOnce).toContain('the caller asks for 20 ms, the callee for 60 ms');
    expect(differ.media.warnings).toEqual([]);
    const same = await mediaOf([...answered(['a=ptime:20'], ['a=ptime:20']), ...bye(1030)]);
    expect(same.media.hungUpAtOnce).toContain('Both ask for packets of 20 ms');
    const none = await mediaOf([...answered([], []), ...bye(1030)]);
    expect(none.media.hungUpAtOnce).toContain('No packet time was asked for');
  });

  test('a call of three seconds is none', async () => {
    const { media } = await mediaOf([...answered(['a=maxptime:20'], ['a=ptime:40']), ACK, ...bye(4000)]);
    expect(media.hungUpAtOnce).toBeNull();
    expect(media.warnings.map(({ severity }) => severity)).toEqual(['warn']);
  });
});

describe('hold', () => {
  const held = (
    at: number,
    cseq: number,
    lines: readonly string[],
    reply: readonly string[],
    address?: string,
  ): Sent[] => [
    message(at, INVITE, `${cseq} INVITE`, 'caller', sdp('caller', lines, address === undefined ? {} : { address })),
    message(at + 20, 'SIP/2.0 200 OK', `${cseq} INVITE`, 'callee', sdp('callee', reply)),
    message(at + 40, 'ACK sip:y@example.org SIP/2.0', `${cseq} ACK`, 'caller'),
  ];

  test.each([
    ['a=sendonly', ['a=sendonly'], ['a=recvonly'], undefined, 'caller'],
    ['a=inactive', ['a=inactive'], ['a=inactive'], undefined, 'caller'],
    ['c=0.0.0.0', [], [], '0.0.0.0', 'caller'],
    ['a=sendonly', ['a=sendonly'], ['a=inactive'], undefined, 'both'],
  ] as const)('%s is told from when to when, and by whom', async (how, lines, reply, address, by) => {
    const { media } = await mediaOf([
      ...answered([], []),
      ACK,
      ...held(1500, 2, lines, reply, address),
      ...held(9000, 3, [], []),
      ...rtp(1600, 300, 'caller'),
      ...bye(9500),
    ]);
    expect(legOf(media).holds).toEqual([
      { from: '1800000001.520000', to: '1800000009.020000', by, row: 4, frame: 5, how },
    ]);
    // It spoke alone, but for half a second in which both were allowed to.
    expect(media.oneWay).toBeNull();
  });

  test('speaking alone where both may is one way', async () => {
    const { media, streams } = await mediaOf([...answered([], []), ACK, ...rtp(1100, 300, 'caller'), ...bye(9500)]);
    expect(media.oneWay).toBe('One way only: nothing came back from the callee.');
    expect(streams[0]?.warning).toBe(media.oneWay);
    // At the answer: from there on both should be heard.
    expect(media.warnings).toEqual([{ text: media.oneWay, row: 2, frame: 3, stream: streams[0]?.id, severity: 'bad' }]);
  });
});

describe('before the answer', () => {
  test('media without SDP in a provisional response is told', async () => {
    const { media } = await mediaOf([...answered([], [], 4000), ...rtp(2000, 300, 'callee'), ...bye(9000)]);
    expect(media.earlyMedia).toContain('Media came from 192.0.2.2:6000 2 s before the answer');
  });

  test('with SDP in a 183 it is as it should be', async () => {
    const { media } = await mediaOf([
      ...answered([], [], 4000),
      message(1500, 'SIP/2.0 183 Session Progress', '1 INVITE', 'callee', sdp('callee')),
      ...rtp(2000, 300, 'callee'),
      ...bye(9000),
    ]);
    expect(media.earlyMedia).toBeNull();
    expect(legOf(media).words.map((word) => word.message)).toEqual(['INVITE', '183']);
  });
});

test('packet times that change with a re-INVITE stand in order, and what is not done stands at the message that asked', async () => {
  const { media, streams } = await mediaOf([
    ...answered(['a=ptime:20'], ['a=ptime:20']),
    ACK,
    message(3000, INVITE, '2 INVITE', 'caller', sdp('caller', ['a=ptime:40'])),
    message(3020, 'SIP/2.0 200 OK', '2 INVITE', 'callee', sdp('callee', ['a=ptime:20'])),
    ...rtp(1100, 300, 'caller', 20),
    ...rtp(1100, 300, 'callee', 30),
    ...bye(11_000),
  ]);
  expect(legOf(media).words.map((word) => `${word.message} ${word.by} ${word.ptimeMs ?? ''}`)).toEqual([
    'INVITE caller 20',
    '200 callee 20',
    'INVITE caller 40',
    '200 callee 20',
  ]);
  const stream = streams.find(({ direction }) => direction === 'callee-to-caller');
  expect(stream?.ptime.verdict).toBe('mismatch');
  expect(media.warnings).toEqual([
    { text: stream?.ptime.explanation, row: 0, frame: 1, stream: stream?.id, severity: 'warn' },
  ]);
});

const lab = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'captures', 'lab');
describe.skipIf(!existsSync(lab))('the lab captures (skipped where the collection is not beside the project)', () => {
  test.each(['ptime-mismatch', 'one-way-nat', 'transcoding'])('%s', async (name) => {
    const { calls } = JSON.parse(readFileSync(join(lab, `${name}.truth.json`), 'utf8')) as {
      readonly calls?: readonly { readonly name: string; readonly callid: string }[];
    };
    const { client } = await opened(join(lab, `${name}.pcap`));
    try {
      const { rows } = await client.ask('calls', { from: 0, count: 1000 });
      for (const { id, callId } of rows) {
        const media = await client.ask('callMedia', { call: id });
        const truth = calls?.find((call) => call.callid === callId)?.name ?? name;
        expect.soft(oddities(media), truth).toEqual(odd[truth] ?? []);
      }
    } finally {
      await client.close();
    }
  });
});

/** What is odd about a call, in keywords. */
function oddities(media: CallMedia): string[] {
  const found: string[] = [];
  for (const name of ['addresses', 'earlyMedia', 'hungUpAtOnce', 'oneWay', 'transcoding'] as const) {
    if (media[name] !== null) found.push(name);
  }
  if (legOf(media).holds.length > 0) found.push('hold');
  if (media.warnings.some(({ text }) => text !== media.oneWay)) found.push('ptime');
  return found;
}

/** By call; all others are clean. */
const odd: Readonly<Record<string, readonly string[]>> = {
  'ptime-reject': ['hungUpAtOnce', 'ptime'],
  'declared20-sent40': ['ptime'],
  wrongclock: ['ptime'],
  'maxptime-broken': ['ptime'],
  'both-ignore': ['ptime'],
  'nat-oneway': ['addresses', 'oneWay'],
  'nat-latched': ['addresses'],
  'oneway-nonat': ['oneWay'],
  'no-rtp': ['hungUpAtOnce'],
  hold: ['hold'],
  'sendonly-answer': ['hold'],
  'callee-nat': ['addresses', 'oneWay'],
  'wrong-port': ['addresses'],
  transcoding: ['transcoding'],
};
