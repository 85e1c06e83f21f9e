import { once } from 'node:events';
import { connect } from 'node:net';
import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { hep3 } from '../../fixtures/builder/index.ts';
import type { MessageRow } from '../../core/contract/model.ts';
import { localHost, type LocalClient } from '../../core/host/local.ts';
import { recordLive } from '../../core/host/live/record-live.ts';
import { withoutOwn } from '../../core/host/live/start-live.ts';
import { table } from '../capture-session.ts';
import { testFolder } from '../capture/folder.ts';
import { freePorts, HERE } from './peers.ts';

const at = testFolder();
const FROM = { host: '192.0.2.1', port: 5060 };
const TO = { host: '192.0.2.9', port: 5070 };

function sipText(callId: string): string {
  return [
    'OPTIONS sip:ben@192.0.2.9 SIP/2.0',
    `Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${callId}`,
    'From: <sip:anna@192.0.2.1>;tag=1',
    'To: <sip:ben@192.0.2.9>',
    `Call-ID: ${callId}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** `second`: of the time that the agent saw. */
function packet(callId: string, second: number): Uint8Array {
  return hep3({ from: FROM, to: TO, time: BigInt(second) * 1_000_000_000n, captureId: 77 }, sipText(callId));
}

async function datagrams(port: number, all: readonly Uint8Array[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const one of all) {
    await new Promise<void>((resolve) => {
      socket.send(one, port, HERE, () => resolve());
    });
  }
  socket.close();
}

async function until(client: LocalClient, messages: number): Promise<void> {
  for (let tries = 0; (await client.ask('progress', {})).messages < messages; tries++) {
    if (tries > 1000) throw new Error('messages are missing');
    await pause(10);
  }
}

async function listening(folder: string, more: object = {}): Promise<{ client: LocalClient; port: number }> {
  const [port = 0] = await freePorts(1);
  const client = localHost();
  await client.ask('open', { inputs: [], live: { source: { from: 'hep', port }, folder: at(folder), ...more } });
  return { client, port };
}

/** All messages, once the capture was ended. */
async function messagesOf(client: LocalClient): Promise<MessageRow[]> {
  await client.ask('liveStop', {});
  await client.ask('done', {});
  return table<MessageRow>(client, 'messages');
}

test('hears UDP and TCP, and passes over what is no HEP3; an agent’s clock that is set back changes no order', async () => {
  const { client, port } = await listening('both');
  try {
    await datagrams(port, [
      packet('one', 1_900_000_100),
      Buffer.from('what is this'),
      new Uint8Array(0),
      packet('two', 1_900_000_000),
    ]);
    await until(client, 2);
    const stream = connect(port, HERE);
    await once(stream, 'connect');
    const bytes = Buffer.concat([packet('three', 1_900_000_200), packet('four', 1_900_000_201)]);
    stream.write(bytes.subarray(0, 50));
    await pause(20);
    stream.write(bytes.subarray(50));
    await until(client, 4);
    // What is no HEP ends the connection, and nothing else.
    stream.write('GET / HTTP/1.1\r\n\r\n');
    await once(stream, 'close');
    await datagrams(port, [packet('five', 1_900_000_300)]);
    await until(client, 5);
    const messages = await messagesOf(client);
    expect(messages.map(({ callId }) => callId)).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect(messages.map(({ ts }) => Math.floor(Number(ts)) - 1_900_000_000)).toEqual([100, 0, 200, 201, 300]);
    expect(messages[0]).toMatchObject({ src: FROM.host, sport: FROM.port, dst: TO.host, dport: TO.port });
    const state = await client.ask('liveState', {});
    expect(state).toMatchObject({ backend: 'hep', state: 'stopped', dropped: 0, problem: null, packets: 5 });
    expect(state?.notes).toEqual(['sipglass: 2 packets that are no HEP3 were passed over']);
  } finally {
    await client.close();
  }
});

test('a port that another program has is told', async () => {
  const { client, port } = await listening('taken');
  await expect(recordLive({ source: { from: 'hep', port } }, at('taken.pcapng'), false)).rejects.toThrow(
    `cannot listen on 127.0.0.1:${port}: another program listens there`,
  );
  await client.close();
});

test('connections that stay open do not keep the capture from ending', async () => {
  const { client, port } = await listening('open');
  const stream = connect(port, HERE);
  stream.on('error', () => undefined);
  await once(stream, 'connect');
  const closed = once(stream, 'close');
  await client.ask('liveStop', {});
  await client.close();
  await closed;
  expect(stream.destroyed).toBe(true);
});

test('what one host hears it sends on to the next, each message once, with its time and addresses', async () => {
  const homer = await listening('homer');
  const here = await listening('here', { hepTo: { address: HERE, port: homer.port, agent: 42 } });
  try {
    const ids = Array.from({ length: 300 }, (_, i) => `on${i}`);
    for (let i = 0; i < ids.length; i += 50) {
      await datagrams(
        here.port,
        ids.slice(i, i + 50).map((id, n) => packet(id, 1_900_000_000 + i + n)),
      );
      await until(here.client, i + 50);
    }
    await until(homer.client, ids.length);
    const far = await messagesOf(homer.client);
    expect(far.map(({ callId }) => callId)).toEqual(ids);
    expect(far.map(({ ts }) => Number(ts))).toEqual(ids.map((_, i) => 1_900_000_000 + i));
    expect(far.at(-1)).toMatchObject({
      src: FROM.host,
      sport: FROM.port,
      dst: TO.host,
      dport: TO.port,
      transport: 'UDP',
    });
  } finally {
    await here.client.close();
    await homer.client.close();
  }
});

test('what is sent on is not captured again', () => {
  const lo = { from: 'interface', interface: 'lo' } as const;
  const homer = { address: '192.0.2.60', port: 9060 };
  expect(withoutOwn({ source: lo }, homer).bpf).toBe('not (host 192.0.2.60 and udp port 9060)');
  expect(withoutOwn({ source: lo, bpf: 'udp or tcp' }, homer).bpf).toBe(
    'not (host 192.0.2.60 and udp port 9060) and (udp or tcp)',
  );
  expect(() => withoutOwn({ source: lo }, { address: 'x or 1=1', port: 1 })).toThrow('is no name of a host');
  expect(() => withoutOwn({ source: { from: 'hep' } }, { address: '127.0.0.1', port: 9060 })).toThrow(
    'cannot be sent back to the same port',
  );
  expect(withoutOwn({ source: { from: 'hep' } }, homer).bpf).toBeUndefined();
});
