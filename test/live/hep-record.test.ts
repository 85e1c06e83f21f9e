import fc from 'fast-check';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { hep3, hepChunk, HepChunk, u32 } from '../../fixtures/builder/index.ts';
import { opened, table } from '../capture-session.ts';
import { openInputs } from '../../core/capture/inputs.ts';
import { END } from '../../core/capture/input.ts';
import { PCAP_HEADER, recordOf } from '../../core/live/hep-record.ts';
import { writeFileSync } from 'node:fs';
import type { MessageRow } from '../../core/contract/model.ts';
import { testFolder } from '../capture/folder.ts';

const at = testFolder();
const AGENT = { address: '198.51.100.7', port: 40_000 };
const HERE = { address: '127.0.0.1', port: 9060 };
const SIP = [
  'OPTIONS sip:ben@192.0.2.9 SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
  'From: <sip:anna@192.0.2.1>;tag=1',
  'To: <sip:ben@192.0.2.9>',
  'Call-ID: hep-1',
  'CSeq: 1 OPTIONS',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

function hep(from: string, to: string, time: bigint): Uint8Array {
  return hep3({ from: { host: from, port: 5060 }, to: { host: to, port: 5070 }, time, captureId: 77 }, SIP);
}

test.each([
  ['IPv4 from IPv4', '192.0.2.1', '192.0.2.9', AGENT, HERE],
  ['IPv6 from IPv4', '2001:db8::1', '2001:db8::9', AGENT, HERE],
  ['IPv4 from IPv6', '192.0.2.1', '192.0.2.9', { address: '2001:db8::7', port: 1 }, { address: '::1', port: 9060 }],
  [
    'IPv4 from an IPv4 that a socket for both says',
    '192.0.2.1',
    '192.0.2.9',
    { address: '::ffff:198.51.100.7', port: 1 },
    { address: '::', port: 9060 },
  ],
  [
    'IPv4 from a link-local address with its zone',
    '192.0.2.1',
    '192.0.2.9',
    { address: 'fe80::1%eth0', port: 1 },
    { address: '::', port: 9060 },
  ],
])('keeps the agent’s time and the addresses it saw: %s', async (_, src, dst, agent, here) => {
  const record = recordOf(hep(src, dst, 1_900_000_000_123_456_000n), agent, here);
  const path = at(`${src.length}${agent.address.length}.pcap`);
  writeFileSync(path, Buffer.concat([PCAP_HEADER, record as Uint8Array]));
  const { client } = await opened(path);
  try {
    const [message] = await table<MessageRow>(client, 'messages');
    expect(message).toMatchObject({ src, dst, sport: 5060, dport: 5070, callId: 'hep-1', ts: '1900000000.123456000' });
  } finally {
    await client.close();
  }
});

test('any shorter length, and any bytes, give a record that opens, or none', () => {
  const whole = hep('192.0.2.1', '192.0.2.9', 1_900_000_000_000_000_000n);
  for (let length = 0; length <= whole.length; length++) {
    const record = recordOf(whole.subarray(0, length), AGENT, HERE);
    if (length < 6) expect(record).toBeNull();
    else expect(record).toHaveLength(16 + 28 + length);
  }
  const chunk = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 10 }), fc.boolean(), (parts, magic) => {
      const bytes = Buffer.concat([Buffer.from(magic ? 'HEP3' : ''), ...parts]);
      const record = recordOf(bytes, AGENT, HERE);
      if (record !== null) expect(record).toHaveLength(44 + bytes.length);
    }),
    { seed: 3, numRuns: 400 },
  );
});

test('times that are none are the time it came, and too many microseconds are the last of their second', () => {
  const secondsOf = (record: Uint8Array | null): readonly [number, number] => {
    const view = new DataView((record as Uint8Array).buffer);
    return [view.getUint32(0, true), view.getUint32(4, true)];
  };
  const now = Math.floor(Date.now() / 1000);
  const bare = Buffer.concat([Buffer.from('HEP3\u0000\u0006')]);
  expect(secondsOf(recordOf(bare, AGENT, HERE))[0]).toBeGreaterThanOrEqual(now);
  const odd = Buffer.concat([
    Buffer.from('HEP3\u0000\u001A'),
    hepChunk(HepChunk.Seconds, u32(5)),
    hepChunk(HepChunk.Microseconds, u32(4_000_000_000)),
  ]);
  expect(secondsOf(recordOf(odd, AGENT, HERE))).toEqual([5, 999_999_000]);
  // A chunk of a vendor has the same number and another meaning.
  const foreign = Buffer.concat([Buffer.from('HEP3\u0000\u0010'), hepChunk(HepChunk.Seconds, u32(5), 9)]);
  expect(secondsOf(recordOf(foreign, AGENT, HERE))[0]).toBeGreaterThanOrEqual(now);
});

test('the longest datagram is kept, one that fits no IP packet is not', async () => {
  const long = new Uint8Array(65_535 - 28);
  long.set(Buffer.from('HEP3'));
  const record = recordOf(long, AGENT, HERE) as Uint8Array;
  const inputs = await openInputs(['-'], {
    spool: false,
    stdin: Readable.from([Buffer.concat([PCAP_HEADER, record])]),
  });
  let packets = 0;
  for (let step = inputs.merged.step(); step !== END; step = inputs.merged.step()) {
    if (step === 0) await inputs.merged.refill();
    else packets += 1;
  }
  await inputs.close();
  expect(packets).toBe(1);
  const longer = new Uint8Array(65_535);
  longer.set(Buffer.from('HEP3'));
  expect(recordOf(longer, AGENT, HERE)).toBeNull();
});
