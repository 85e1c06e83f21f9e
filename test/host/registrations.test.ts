import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { RegistrationRow } from '../../core/contract/registrations.ts';
import type { Header } from '../../fixtures/builder/index.ts';
import { opened } from '../capture-session.ts';
import { writeTalk, type Said } from './talk.ts';

const folder = mkdtempSync(join(tmpdir(), 'registrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PHONE = '10.0.0.5:5060';
const REGISTRAR = '10.0.0.1:5060';

let count = 0;
/** A REGISTER and its answer. */
function register(
  headers: readonly Header[],
  status: string,
  answer: readonly Header[] = [],
  more: Partial<Said> = {},
): Said[] {
  count += 1;
  const vias = [`10.0.0.5:5060 r${count}`];
  const same = { vias, call: 'reg', cseq: `${count} REGISTER`, ...more };
  return [
    { from: PHONE, to: REGISTRAR, what: 'REGISTER', headers, ...same },
    { from: REGISTRAR, to: PHONE, what: status, headers: answer, ...same },
  ];
}

async function rowsOf(talk: readonly Said[]): Promise<readonly RegistrationRow[]> {
  const path = join(folder, `${count}-${talk.length}.pcap`);
  writeTalk(path, talk);
  const { client } = await opened(path);
  try {
    return (await client.ask('registrations', { from: 0, count: 100 })).rows;
  } finally {
    await client.close();
  }
}

const contact = (value: string): Header => ['Contact', value];

describe('bindings', () => {
  test('several contacts, what was granted for each, and the one that is removed', async () => {
    const [row] = await rowsOf([
      ...register([contact('<sip:b@10.0.0.5>;q=0.5'), ['Expires', '3600']], '200 OK', [
        contact('<sip:b@10.0.0.5>;expires=300;q=0.5'),
      ]),
      ...register([contact('<sip:b@10.0.0.6>')], '200 OK', [
        contact('<sip:b@10.0.0.5>;expires=299'),
        contact('<sip:b@10.0.0.6>;expires=60'),
      ]),
      ...register([contact('<sip:b@10.0.0.5>;expires=0')], '200 OK', [contact('<sip:b@10.0.0.6>;expires=60')]),
    ]);
    expect(row).toMatchObject({ state: 'registered', active: 1, registers: 3, refreshes: 0 });
    expect(row?.bindings).toMatchObject([
      { contact: 'sip:b@10.0.0.5', asked: 3600, expires: 299, ended: 'removed' },
      { contact: 'sip:b@10.0.0.6', expires: 60, ended: 'open', own: true },
    ]);
    expect(row?.events.map(({ what }) => what)).toEqual(['bound', 'bound', 'removed']);
  });

  test('a star removes all; asking for the bindings changes none', async () => {
    const [row] = await rowsOf([
      ...register([contact('<sip:b@10.0.0.5>')], '200 OK', [contact('<sip:b@10.0.0.5>;expires=600')]),
      ...register([], '200 OK', [contact('<sip:b@10.0.0.5>;expires=599')]),
      ...register([contact('*'), ['Expires', '0']], '200 OK'),
    ]);
    expect(row?.state).toBe('unregistered');
    expect(row?.events.map(({ what }) => what)).toEqual(['bound', 'queried', 'removed']);
  });

  test('an instance with its reg-id is one binding, whatever its address; GRUUs and Path are told', async () => {
    const instance = '+sip.instance="<urn:uuid:00000000-0000-1000-8000-000A95A0E128>";reg-id=1';
    const gruu = 'pub-gruu="sip:b@example.org;gr=urn:uuid:1";temp-gruu="sip:t@example.org;gr"';
    const [row] = await rowsOf([
      ...register([contact(`<sip:b@10.0.0.5>;${instance}`), ['Path', '<sip:edge.example.org;lr;ob>']], '200 OK', [
        contact(`<sip:b@10.0.0.5>;${instance};${gruu};expires=90`),
      ]),
      ...register([contact(`<sip:b@10.0.0.77>;${instance}`)], '200 OK', [
        contact(`<sip:b@10.0.0.77>;${instance};expires=90`),
      ]),
    ]);
    expect(row?.bindings).toHaveLength(1);
    expect(row?.bindings[0]).toMatchObject({ contact: 'sip:b@10.0.0.77', regId: '1', refreshes: 1, ended: 'open' });
  });
});

describe('who and why', () => {
  const challenge = (realm: string, more = ''): Header => [
    'WWW-Authenticate',
    `Digest realm="${realm}", nonce="n1", algorithm=MD5${more}`,
  ];
  const credentials = (realm: string): Header => [
    'Authorization',
    `Digest username="b", realm="${realm}", nonce="n1", uri="sip:example.org", response="0123"`,
  ];

  test('an answer for another realm is told as that', async () => {
    const [row] = await rowsOf([
      ...register([contact('<sip:b@10.0.0.5>')], '401 Unauthorized', [challenge('right.example')]),
      ...register([contact('<sip:b@10.0.0.5>'), credentials('left.example')], '401 Unauthorized', [
        challenge('right.example'),
      ]),
    ]);
    expect(row).toMatchObject({ state: 'rejected', answeredRealms: ['left.example'] });
    expect(row?.realmMismatch).toMatch(/asks for realm “right\.example”.*answers for “left\.example”/u);
  });

  test('a stale nonce is no refusal', async () => {
    const [row] = await rowsOf([
      ...register([contact('<sip:b@10.0.0.5>'), credentials('e')], '401 Unauthorized', [
        challenge('e', ', stale=true'),
      ]),
      ...register([contact('<sip:b@10.0.0.5>'), credentials('e')], '200 OK', [contact('<sip:b@10.0.0.5>;expires=60')]),
    ]);
    expect(row).toMatchObject({ state: 'registered', failures: 0, challenged: 1 });
    expect(row?.challenges[0]).toMatchObject({ stale: 1, afterCredentials: 0 });
  });

  test('From and To differ: a third party', async () => {
    const [row] = await rowsOf(register([contact('<sip:scscf.example.org>')], '200 OK'));
    expect(row).toMatchObject({ aor: 'sip:bob@example.org', thirdParty: true, by: 'sip:alice@example.org' });
  });

  test('what is sent on counts once', async () => {
    const first = register([contact('<sip:b@10.0.0.5>')], '200 OK', [contact('<sip:b@10.0.0.5>;expires=60')]);
    const [request, answer] = first;
    if (request === undefined || answer === undefined) throw new Error('nothing was said');
    const further = ['10.0.0.1:5060 further', ...request.vias];
    const rows = await rowsOf([
      request,
      { ...request, from: REGISTRAR, to: '10.0.0.2:5060', vias: further },
      { ...answer, from: '10.0.0.2:5060', to: REGISTRAR, vias: further },
      answer,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ registers: 1, state: 'registered' });
  });

  test('a refusal that leaves the binding in force says that it will run out', async () => {
    const [row] = await rowsOf([
      ...register([contact('<sip:b@10.0.0.5>')], '200 OK', [contact('<sip:b@10.0.0.5>;expires=60')]),
      ...register([contact('<sip:b@10.0.0.5>')], '503 Service Unavailable'),
    ]);
    expect(row?.state).toBe('registered');
    expect(row?.explanation).toMatch(/refused with 503.*will run out/u);
  });
});

test('the fixture: flags of each gateway are those its maker played', async () => {
  const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
  const truth = JSON.parse(readFileSync(join(fixtures, 'cluster.expected.json'), 'utf8')) as {
    readonly down: number;
    readonly up: number;
    readonly flags: Readonly<Record<string, readonly { readonly at: number; readonly flags: string }[]>>;
  };
  const { client } = await opened(join(fixtures, 'cluster.pcap'));
  try {
    const { rows, probers, start } = await client.ask('dispatcher', {});
    const base = Math.floor(Number(start));
    for (const [destination, course] of Object.entries(truth.flags)) {
      const row = rows.find((one) => one.destination === destination);
      expect(row?.transitions.map(({ to }) => to)).toEqual(course.map(({ flags }) => flags));
      for (const [index, { at }] of course.entries()) {
        const told = Number(row?.transitions[index]?.ts) - Math.floor(base / 60) * 60;
        // A gateway that got a call is known to be active before its first probe is answered.
        if (index > 0) expect(told).toBeCloseTo(at, 1);
      }
    }
    expect(probers[0]).toMatchObject({
      probingThreshold: { value: truth.down, from: 'learnt' },
      inactiveThreshold: { value: truth.up, from: 'learnt' },
      timeoutMs: 2000,
    });
  } finally {
    await client.close();
  }
});
