import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { opened } from '../../capture-session.ts';
import { writeTalk, type Said } from '../talk.ts';

/** Whoever asks what a hop changed compares with the hop before: this finds it, and says nothing where there is none. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-hop-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const phone = '10.1.0.7:5060';
const proxy = '10.0.0.1:5060';
const second = '10.0.0.2:5060';
const gateway = '10.3.0.3:5080';
const one = [`${phone} a`];
const two = [`${proxy} p`, `${phone} a;rport=5060;received=10.1.0.7`];
const three = [`${second} q`, ...two];

const invites: readonly Said[] = [
  { from: phone, to: proxy, what: 'INVITE', vias: one },
  { from: proxy, to: phone, what: '100 Trying', vias: one },
  { from: proxy, to: second, what: 'INVITE', vias: two },
  { from: second, to: proxy, what: '100 Trying', vias: two },
  { from: second, to: gateway, what: 'INVITE', vias: three },
];
const ringing: readonly Said[] = [
  { from: gateway, to: second, what: '180 Ringing', vias: three },
  { from: second, to: proxy, what: '180 Ringing', vias: two },
  { from: proxy, to: phone, what: '180 Ringing', vias: one },
];

/** For each row of a capture the row of the hop before. */
async function before(talk: readonly Said[]): Promise<(number | null)[]> {
  const path = join(scratch, 'talk.pcap');
  writeTalk(path, talk);
  const { client } = await opened(path);
  try {
    const found = talk.map(async (_, row) => (await client.ask('hopBefore', { row }))?.row ?? null);
    return await Promise.all(found);
  } finally {
    await client.close();
  }
}

test('a request comes from the hop that has one Via less, a response from the one that has one more', async () => {
  const talk = [...invites, ...ringing];
  expect(await before(talk)).toEqual([null, null, 0, null, 2, null, 5, 6]);
});

test('a hop that was not captured is passed over', async () => {
  const talk = [...invites.filter(({ to }) => to !== second), ...ringing.filter(({ to }) => to !== proxy)];
  expect(talk.map(({ what, to }) => `${what} ${to}`)).toEqual([
    `INVITE ${proxy}`,
    `100 Trying ${phone}`,
    `100 Trying ${proxy}`,
    `INVITE ${gateway}`,
    `180 Ringing ${second}`,
    `180 Ringing ${phone}`,
  ]);
  expect(await before(talk)).toEqual([null, null, null, 0, null, 4]);
});

test('CANCEL and the ACK of a refusal, which begin anew on each hop, follow their INVITE', async () => {
  const cancel: readonly Said[] = [
    { from: phone, to: proxy, what: 'CANCEL', vias: one },
    { from: proxy, to: second, what: 'CANCEL', vias: [`${proxy} p`] },
    { from: second, to: proxy, what: '487 Request Terminated', vias: two },
    { from: proxy, to: second, what: 'ACK', vias: [`${proxy} p`] },
    { from: proxy, to: phone, what: '487 Request Terminated', vias: one },
    { from: phone, to: proxy, what: 'ACK', vias: one },
    { from: proxy, to: second, what: 'ACK', vias: [`${proxy} p`] },
  ];
  const found = await before([...invites, ...cancel]);
  expect(found.slice(invites.length)).toEqual([null, 5, null, 10, 7, null, 10]);
});

test('of a retransmission the one on the hop before that is nearest, and a message of another call never', async () => {
  const again = invites[0] as Said;
  const passedOn = invites[2] as Said;
  const talk = [again, passedOn, again, { ...again, call: 'other' }, passedOn];
  expect(await before(talk)).toEqual([null, 0, null, null, 2]);
});

test('a row that is not there is refused', async () => {
  const path = join(scratch, 'one.pcap');
  writeTalk(path, invites);
  const { client } = await opened(path);
  await expect(client.ask('hopBefore', { row: 99 })).rejects.toMatchObject({ code: 'not-found' });
  await client.close();
});
