import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { HostGuess } from '../../../core/contract/model.ts';
import { opened } from '../../capture-session.ts';
import { writeTalk, type Said } from '../talk.ts';

/** Which addresses are one server: a wrong answer would hide a hop, so each case where it would be wrong stands here too. */
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-hosts-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function guessed(talk: readonly Said[]): Promise<readonly HostGuess[]> {
  const path = join(scratch, 'talk.pcap');
  writeTalk(path, talk);
  const { client } = await opened(path);
  try {
    return await client.ask('hosts', {});
  } finally {
    await client.close();
  }
}

/** The ends of each host, as `address:port`, `*` for every port. */
async function groups(talk: readonly Said[]): Promise<string[]> {
  return (await guessed(talk)).map(({ ends }) =>
    ends.map(({ address, port }) => `${address}:${port ?? '*'}`).join(' '),
  );
}

const phone = '10.1.0.7:5060';
const inside = '10.0.0.1:5060';
const outside = '198.51.100.1:5060';
const gateway = '203.0.113.5:5060';

/** A call that comes to one interface of a proxy and leaves by another; no Record-Route says so. */
const carried: readonly Said[] = [
  { from: phone, to: inside, what: 'INVITE', vias: [`${phone} a`] },
  { from: outside, to: gateway, what: 'INVITE', vias: [`${outside} p`, `${phone} a;received=10.1.0.7`] },
];

describe('is one host', () => {
  test('what sends on a request with one more Via than another interface got', async () => {
    const [found] = await guessed(carried);
    expect(found).toEqual({
      name: '10.0.0.1',
      role: null,
      ends: [
        { address: '10.0.0.1', port: null },
        { address: '198.51.100.1', port: null },
      ],
      evidence: ['frame 2: 198.51.100.1:5060 sends on what frame 1 brought to 10.0.0.1:5060, with one more Via'],
    });
  });

  test('what sends on a response with one Via less', async () => {
    const vias = [`${outside} p`, `${phone} a`];
    const talk: readonly Said[] = [
      { from: gateway, to: outside, what: '200 OK', vias },
      { from: inside, to: phone, what: '200 OK', vias: vias.slice(1) },
    ];
    expect(await groups(talk)).toEqual(['10.0.0.1:* 198.51.100.1:*']);
  });

  test('a proxy that says so with two Record-Routes (r2=on), with several proxies in a row', async () => {
    const routes = [
      '<sip:203.0.113.1;r2=on;lr=on>, <sip:198.51.100.2;r2=on;lr=on>',
      '<sip:198.51.100.1;r2=on;lr=on>',
      '<sip:10.0.0.1;r2=on;lr=on>',
    ];
    const headers = routes.map((route) => ['Record-Route', route] as const);
    const talk: readonly Said[] = [
      { from: phone, to: inside, what: 'OPTIONS', vias: [`${phone} x`], call: 'other' },
      { from: outside, to: '198.51.100.2:5060', what: 'OPTIONS', vias: [`${outside} y`], call: 'third' },
      { from: '203.0.113.1:5060', to: gateway, what: 'INVITE', vias: ['203.0.113.1 p'], headers },
    ];
    expect(await groups(talk)).toEqual(['10.0.0.1:* 198.51.100.1:*', '198.51.100.2:* 203.0.113.1:*']);
    const odd = talk.map((said) => ({ ...said, headers: said.headers?.slice(0, 2) ?? [] }));
    expect(await groups(odd)).toEqual([]);
  });

  test('a phone whose packets come from another port than its Via names', async () => {
    const talk: readonly Said[] = [
      { from: '10.1.0.7:40123', to: inside, what: 'REGISTER', vias: [`${phone} a`] },
      { from: inside, to: '10.1.0.7:40123', what: '200 OK', vias: [`${phone} a`], cseq: '1 REGISTER' },
      { from: inside, to: phone, what: 'OPTIONS', vias: [`${inside} o`], call: 'two' },
    ];
    expect(await groups(talk)).toEqual(['10.1.0.7:*']);
  });

  test('a phone that was captured before and behind its NAT, but nobody else behind it', async () => {
    const request = { to: gateway, what: 'REGISTER', vias: ['192.168.1.10:5060 n'] } as const;
    const talk: readonly Said[] = [
      { ...request, from: '192.168.1.10:5060' },
      { ...request, from: '198.51.100.9:4321' },
      { ...request, from: '198.51.100.9:4322', vias: ['192.168.1.11:5060 m'], call: 'two' },
    ];
    expect(await groups(talk)).toEqual(['192.168.1.10:* 198.51.100.9:4321']);
  });

  test('a server whose Via names the address that others send to', async () => {
    const talk: readonly Said[] = [
      { from: '10.0.0.4:5060', to: gateway, what: 'INVITE', vias: ['198.51.100.4 a'] },
      { from: gateway, to: '198.51.100.4:5060', what: 'BYE', vias: [`${gateway} b`] },
    ];
    expect(await groups(talk)).toEqual(['10.0.0.4:* 198.51.100.4:*']);
  });

  test('who calls itself by one name from two addresses in one call', async () => {
    const name = 'sbc1.example.org:5060';
    const talk: readonly Said[] = [
      { from: inside, to: phone, what: 'INVITE', vias: [`${name} a`] },
      { from: outside, to: gateway, what: 'INVITE', vias: [`${name} b`] },
    ];
    const [found] = await guessed(talk);
    expect(found).toMatchObject({ name: 'sbc1.example.org', evidence: [expect.stringContaining('frame 2')] });
    expect(await groups(talk.map((said, index) => ({ ...said, call: String(index) })))).toEqual([]);
  });
});

describe('is not one host', () => {
  const cases: Readonly<Record<string, readonly Said[]>> = {
    'several phones behind a NAT': [10, 11].map((host) => ({
      from: '198.51.100.9:4321',
      to: gateway,
      what: 'REGISTER',
      vias: [`192.168.1.${host}:5060 n${host}`],
      call: String(host),
    })),
    'one private address behind two NATs': [
      { from: '198.51.100.8:5060', to: gateway, what: 'REGISTER', vias: ['192.168.1.10:5060 x'], call: 'x' },
      { from: '198.51.100.9:5060', to: gateway, what: 'REGISTER', vias: ['192.168.1.10:5060 y'], call: 'y' },
      { from: '192.168.1.10:5060', to: inside, what: 'REGISTER', vias: ['192.168.1.10:5060 z'], call: 'z' },
    ],
    'an address that balances over two servers': [1, 2].flatMap((node): Said[] => [
      { from: phone, to: outside, what: 'INVITE', vias: [`${phone} a${node}`], call: String(node) },
      {
        from: `10.0.0.1${node}:5060`,
        to: gateway,
        what: 'INVITE',
        vias: [`10.0.0.1${node}:5060 p${node}`, `${phone} a${node}`],
        call: String(node),
      },
    ]),
    'a request that was sent to two proxies with one branch': [
      { from: phone, to: inside, what: 'INVITE', vias: [`${phone} a`] },
      { from: phone, to: '10.0.0.2:5060', what: 'INVITE', vias: [`${phone} a`] },
      { from: outside, to: gateway, what: 'INVITE', vias: [`${outside} p`, `${phone} a`] },
    ],
    'two proxies of which the one between was not captured': [
      { from: phone, to: inside, what: 'INVITE', vias: [`${phone} a`] },
      { from: outside, to: gateway, what: 'INVITE', vias: [`${outside} q`, '10.0.0.2:5060 p', `${phone} a`] },
    ],
    'nodes of a cluster that share a name and talk to each other': [
      { from: inside, to: outside, what: 'INVITE', vias: ['sip.example.org a'] },
      { from: outside, to: gateway, what: 'INVITE', vias: ['sip.example.org b', 'sip.example.org a'] },
    ],
    'machines that nobody gave a name': [
      { from: inside, to: phone, what: 'INVITE', vias: ['host.localdomain a'] },
      { from: outside, to: gateway, what: 'INVITE', vias: ['host.localdomain b'] },
    ],
    'the two legs of a B2BUA': [
      { from: phone, to: inside, what: 'INVITE', vias: [`${phone} a`] },
      { from: outside, to: gateway, what: 'INVITE', vias: [`${outside} b`], call: 'leg' },
    ],
  };
  test.each(Object.entries(cases))('%s', async (_name, talk) => {
    expect(await groups(talk)).toEqual([]);
  });
});

test('a ladder of hosts has one lane for each; a name of the user goes for all its ends, and names keep hosts apart', async () => {
  const path = join(scratch, 'lanes.pcap');
  writeTalk(path, carried);
  const { client } = await opened(path);
  const titles = async (
    lanes: 'auto' | 'host',
    named: Readonly<Record<string, string>> = {},
    port: number | null = null,
  ): Promise<string[]> => {
    const hosts = Object.entries(named).map(([name, address]) => ({ name, role: null, ends: [{ address, port }] }));
    const scene = await client.ask('ladder', { calls: [1], lanes, hosts });
    return scene.lanes.map(({ title }) => title);
  };
  expect(await titles('auto')).toEqual(['10.1.0.7', '10.0.0.1', '198.51.100.1', '203.0.113.5']);
  expect(await titles('host')).toEqual(['10.1.0.7', '10.0.0.1', '203.0.113.5']);
  expect(await titles('host', { SBC: '198.51.100.1' })).toEqual(['10.1.0.7', 'SBC', '203.0.113.5']);
  expect(await titles('host', { SBC: '198.51.100.1' }, 5060)).toEqual(['10.1.0.7', 'SBC', '203.0.113.5']);
  expect(await titles('host', { near: '10.0.0.1', far: '198.51.100.1' })).toEqual([
    '10.1.0.7',
    'near',
    'far',
    '203.0.113.5',
  ]);
  await client.close();
});

const lab = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'captures', 'lab');
const hasLab = existsSync(lab);

test.runIf(hasLab)(
  `in the lab’s captures no two machines are taken for one${hasLab ? '' : ' (skipped: ../shared/captures/lab is not there)'}`,
  async () => {
    const wrong: string[] = [];
    let found = 0;
    for (const name of readdirSync(lab).filter((file) => file.endsWith('.pcap'))) {
      const truth = JSON.parse(readFileSync(join(lab, name.replace('.pcap', '.truth.json')), 'utf8')) as {
        readonly hosts?: Readonly<Record<string, string>>;
      };
      const { client } = await opened(join(lab, name));
      for (const { ends } of await client.ask('hosts', {})) {
        found += 1;
        const roles = new Set(ends.map(({ address }) => truth.hosts?.[address]).filter((role) => role !== undefined));
        if (roles.size > 1) wrong.push(`${name}: ${[...roles].join(', ')}`);
      }
      await client.close();
    }
    expect(wrong).toEqual([]);
    // The TCP proxy connects from another address than it listens on.
    expect(found).toBeGreaterThan(0);
  },
  60_000,
);
