import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../core/contract/frame.ts';
import {
  addresses,
  HOST_GONE,
  type ServedFile,
  type ServeSession,
  type ServeUpload,
} from '../../../core/contract/serve.ts';
import { localHosts, type StartHost } from '../../../core/host/serve/started-host.ts';
import { Browser, fixtures, folder, outcome, read, started, states } from './served.ts';

/** Hosts in this process that can be counted, and made to end. */
function counted(): {
  readonly start: StartHost;
  readonly hosts: { closed: boolean; crash: (text: string) => void }[];
} {
  const hosts: { closed: boolean; crash: (text: string) => void }[] = [];
  return {
    hosts,
    start: (options) => {
      const host = localHosts(options);
      let crash: (text: string) => void = () => undefined;
      const gone = new Promise<string>((resolve) => {
        crash = resolve;
      });
      const known = { closed: false, crash };
      hosts.push(known);
      return {
        ...host,
        gone,
        close: async () => {
          known.closed = true;
          await host.close();
        },
      };
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

describe('what the command named', () => {
  test('is open already; two pages and a page that is loaded again share one reading', async () => {
    const { start, hosts } = counted();
    const browser = await Browser.in(await started({ named: [states], startHost: start }));
    const { named } = await browser.get<ServeSession>(addresses.session);
    expect(named).toEqual({ id: 1, names: ['states.pcap'] });
    const [one, two] = [await browser.connect(1), await browser.connect(1)];
    const [first, second] = await Promise.all([read(one.client), read(two.client)]);
    expect(first).toEqual(second);
    expect(first.calls).toBeGreaterThan(10);
    one.client.close();
    const again = await browser.connect(1);
    expect(await again.client.ask('progress', {})).toEqual(first);
    expect(hosts).toHaveLength(1);
  });

  test('warnings are told to pages that come later, too', async () => {
    const damaged = join(folder('damaged'), 'cut.pcap');
    writeFileSync(damaged, readFileSync(states).subarray(0, 5000));
    const browser = await Browser.in(await started({ named: [damaged] }));
    for (let page = 0; page < 2; page++) {
      const { client, warnings } = await browser.connect(1);
      await read(client);
      expect(warnings).toEqual([expect.stringContaining('cut short')]);
    }
  });

  test('questions that none takes are refused by the host, and so is opening files', async () => {
    const browser = await Browser.in(await started({ named: [states] }));
    const { client, socket } = await browser.connect(1);
    await expect(client.ask('open', { inputs: ['/etc/passwd'] })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(client.ask('calls', { from: -1, count: 5 })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(
      client.ask('save', { target: '/tmp/x', method: 'extract', params: { calls: [1] } }),
    ).rejects.toMatchObject({ code: 'not-found' });
    socket.send('text is passed over');
    socket.send(new Uint8Array([1, 2, 3]));
    expect(await client.ask('calls', { from: 0, count: 1 })).toMatchObject({ rows: [{ id: 1 }] });
  });

  test('a frame beyond a megabyte ends the connection, not the server', async () => {
    const browser = await Browser.in(await started({ named: [states] }));
    const { socket } = await browser.connect(1);
    const closed = once(socket, 'close');
    socket.send(encodeFrame({ kind: 'call', id: 1, method: 'stats', params: { filter: 'x'.repeat(2 << 20) } }));
    expect((await closed)[0]).toBe(1009);
    const { client } = await browser.connect(1);
    expect(await read(client)).toMatchObject({ done: true });
  });

  test('more questions than are answered at a time are all answered in the end, or refused', async () => {
    const browser = await Browser.in(await started({ named: [states] }));
    const { client } = await browser.connect(1);
    const asked = await Promise.allSettled(
      Array.from({ length: 2000 }, () => client.ask('calls', { from: 0, count: 10, filter: 'method:INVITE' })),
    );
    expect(asked).toHaveLength(2000);
    for (const one of asked) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'bad-request' });
    }
    expect(asked.some(({ status }) => status === 'fulfilled')).toBe(true);
  });

  test('its host ended by itself: pages hear how, and it can be opened again', async () => {
    const { start, hosts } = counted();
    const browser = await Browser.in(await started({ named: [states], startHost: start }));
    const { socket } = await browser.connect(1);
    const closed = once(socket, 'close');
    hosts[0]?.crash('The program that reads this capture ran out of memory.');
    const [code, reason] = (await closed) as [number, Buffer];
    expect({ code, reason: reason.toString() }).toEqual({
      code: HOST_GONE,
      reason: 'The program that reads this capture ran out of memory.',
    });
    expect(await outcome(browser.socket(1))).toBe(404);
    const again = await browser.open({ kind: 'again', id: 1 });
    expect(again).toEqual({ id: 2, names: ['states.pcap'] });
    const { client } = await browser.connect(2);
    expect(await read(client)).toMatchObject({ done: true });
  });

  test('other SIP ports mean another reading; the one nobody looks at goes', async () => {
    const { start, hosts } = counted();
    const browser = await Browser.in(await started({ named: [states], startHost: start }));
    const other = await browser.open({ kind: 'offered', id: '' }, [5080]);
    expect(other.id).toBe(2);
    await until(() => hosts[0]?.closed === true);
    expect(await browser.open({ kind: 'offered', id: '' }, [5080])).toEqual(other);
    // A page that is loaded again does not have it read again, and not with other ports.
    expect((await browser.get<ServeSession>(addresses.session)).named).toEqual(other);
    expect(hosts).toHaveLength(2);
  });
});

describe('nothing else is opened', () => {
  test.each([
    { kind: 'offered', id: states },
    { kind: 'offered', id: '../states.pcap' },
    { kind: 'offered', id: '' },
    { kind: 'uploads', ids: ['../../etc'] },
    { kind: 'sample' },
    { kind: 'again', id: 7 },
  ])('%j', async (what) => {
    const browser = await Browser.in(await started());
    const answer = await browser.ask(addresses.open, { method: 'POST', body: JSON.stringify({ what, ports: [] }) });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ message: expect.stringMatching(/^[A-Z].*\.$/) as string });
  });

  test.each([
    ['no JSON', '{'],
    ['a wrong kind', '{"what":{"kind":"file","id":"/etc/passwd"},"ports":[]}'],
    ['a field too many', '{"what":{"kind":"sample","path":"/etc/passwd"},"ports":[]}'],
    ['a port that is none', '{"what":{"kind":"sample"},"ports":[0]}'],
    ['too long', `{"what":{"kind":"sample"},"ports":[${'1,'.repeat(60_000)}1]}`],
  ])('%s', async (_name, body) => {
    const browser = await Browser.in(await started({ sample: states }));
    expect(await browser.ask(addresses.open, { method: 'POST', body })).toMatchObject({ status: 400 });
  });
});

describe('a directory', () => {
  function withCaptures(): string {
    const directory = folder(`directory-${Math.random()}`);
    const outside = folder('outside');
    copyFileSync(states, join(directory, 'a.pcap'));
    copyFileSync(states, join(directory, 'no-ending'));
    copyFileSync(states, join(outside, 'secret.pcap'));
    writeFileSync(join(directory, 'old.pcap.gz'), 'x');
    writeFileSync(join(directory, 'notes.txt'), 'no capture');
    writeFileSync(join(directory, 'lies.pcap'), 'no capture');
    let deep = directory;
    for (const name of ['1', '2', '3', '4']) {
      deep = join(deep, name);
      mkdirSync(deep);
      copyFileSync(states, join(deep, 'deep.pcap'));
    }
    symlinkSync('a.pcap', join(directory, 'inside.pcap'));
    copyFileSync(states, join(directory, 'a\u202Epacp.exe'));
    symlinkSync(join(outside, 'secret.pcap'), join(directory, 'leads-out.pcap'));
    symlinkSync(outside, join(directory, 'leads-out'));
    symlinkSync('nowhere', join(directory, 'dangling.pcap'));
    return directory;
  }

  test('offers what is a capture in it and three levels below, and nothing that leads out', async () => {
    const browser = await Browser.in(await started({ directory: withCaptures() }));
    const offered = await browser.get<ServedFile[]>(addresses.offered);
    const expected = [
      '1/2/3/deep.pcap',
      '1/2/deep.pcap',
      '1/deep.pcap',
      'a.pcap',
      String.raw`a\u{202e}pacp.exe`,
      'inside.pcap',
      'no-ending',
      'old.pcap.gz',
    ];
    expect(offered.map(({ name }) => name).sort()).toEqual(expected);
    expect(offered.find(({ name }) => name === 'a.pcap')?.bytes).toBeGreaterThan(1000);
  });

  test('one of them can be opened; what is not offered can’t', async () => {
    const browser = await Browser.in(await started({ directory: withCaptures() }));
    const { id, names } = await browser.open({ kind: 'offered', id: '1/deep.pcap' });
    expect(names).toEqual(['deep.pcap']);
    const { client } = await browser.connect(id);
    expect((await read(client)).calls).toBeGreaterThan(10);
    for (const other of [
      'leads-out.pcap',
      'leads-out/secret.pcap',
      '1/2/3/4/deep.pcap',
      'notes.txt',
      '../outside/secret.pcap',
    ]) {
      await expect(browser.open({ kind: 'offered', id: other })).rejects.toThrow(/404/);
    }
  });

  test('that is gone is one sentence', async () => {
    const browser = await Browser.in(await started({ directory: join(folder('x'), 'gone') }));
    const answer = await browser.ask(addresses.offered);
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('no such file');
  });
});

describe('files that are sent', () => {
  const bytes = new Uint8Array(readFileSync(states));

  function send(browser: Browser, name: string, body: Uint8Array, headers: Readonly<Record<string, string>> = {}) {
    return browser.ask(`${addresses.upload}?name=${encodeURIComponent(name)}`, { method: 'POST', body, headers });
  }

  function kept(): string[] {
    return readdirSync(tmpdir()).filter((name) => name.startsWith('sipglass-serve-'));
  }

  test('are opened under their own name, and are gone when the page is done with them', async () => {
    const before = new Set(kept());
    const server = await started();
    const browser = await Browser.in(server);
    const { id: sent } = JSON.parse((await send(browser, '../../trunk\u202Egnp.pcap', bytes)).body) as ServeUpload;
    const folders = kept().filter((name) => !before.has(name));
    expect(folders).toHaveLength(1);
    const where = join(tmpdir(), folders[0] ?? '');
    expect(readdirSync(where, { recursive: true })).toEqual([sent, join(sent, 'trunk_gnp.pcap')]);
    const { id, names } = await browser.open({ kind: 'uploads', ids: [sent] });
    expect(names).toEqual(['trunk_gnp.pcap']);
    const { client } = await browser.connect(id);
    expect((await read(client)).calls).toBeGreaterThan(10);
    await browser.post(addresses.close, { id });
    // Somebody still looks at it.
    expect(await client.ask('calls', { from: 0, count: 1 })).toMatchObject({ rows: [{ id: 1 }] });
    client.close();
    await until(() => readdirSync(where).length === 0);
    await expect(browser.open({ kind: 'uploads', ids: [sent] })).rejects.toThrow(/not there any more/);
    await expect(browser.open({ kind: 'again', id })).rejects.toThrow(/not known any more/);
    await server.close();
    expect(existsSync(where)).toBe(false);
  });

  test('several are merged', async () => {
    const browser = await Browser.in(await started());
    const ids: string[] = [];
    for (const name of ['a.pcap', 'b.pcap'])
      ids.push((JSON.parse((await send(browser, name, bytes)).body) as ServeUpload).id);
    const opened = await browser.open({ kind: 'uploads', ids });
    expect(opened.names).toEqual(['a.pcap', 'b.pcap']);
  });

  test('take no more room than they may, announced or not', async () => {
    const browser = await Browser.in(await started({ uploadLimit: bytes.length + 10 }));
    expect(await send(browser, 'one.pcap', bytes)).toMatchObject({ status: 200 });
    const second = await send(browser, 'two.pcap', bytes);
    expect(second.status).toBe(413);
    expect(second.body).toContain('--upload-limit');
    const chunked = await send(browser, 'three.pcap', bytes, { 'Transfer-Encoding': 'chunked' }).catch(
      (error: unknown) => error,
    );
    expect(chunked).toMatchObject({ status: 413 });
    expect(await send(browser, 'small', new Uint8Array(10))).toMatchObject({ status: 200 });
  });

  test('are not taken where that is off', async () => {
    const browser = await Browser.in(await started({ uploadLimit: 0 }));
    expect(await send(browser, 'one.pcap', bytes)).toMatchObject({ status: 403 });
  });

  test('that break off leave nothing', async () => {
    const before = new Set(kept());
    const browser = await Browser.in(await started());
    const { hostname, port } = new URL(browser.origin);
    const asked = request({
      hostname,
      port,
      path: `${addresses.upload}?name=x`,
      method: 'POST',
      headers: { Cookie: browser.cookie, Origin: browser.origin, 'Content-Length': '5000' },
    });
    asked.on('error', () => undefined);
    asked.write(bytes.subarray(0, 1000));
    const mine = (): string[] => kept().filter((name) => !before.has(name));
    await until(() => mine().length === 1);
    const where = join(tmpdir(), mine()[0] ?? '');
    await until(() => readdirSync(where).length === 1);
    asked.destroy();
    await until(() => readdirSync(where).length === 0);
    expect(await send(browser, 'whole.pcap', bytes)).toMatchObject({ status: 200 });
  });
});

test('a capture that nobody looks at is closed after a while; what the command named stays', async () => {
  const { start, hosts } = counted();
  const browser = await Browser.in(
    await started({ named: [states], sample: join(fixtures, 'copies.pcapng'), startHost: start, idleMs: 20 }),
  );
  const { id } = await browser.open({ kind: 'sample' });
  const { client } = await browser.connect(id);
  await read(client);
  client.close();
  await until(() => hosts[1]?.closed === true);
  expect(hosts[0]?.closed).toBe(false);
  expect((await browser.get<ServeSession>(addresses.session)).open).toEqual([{ id: 1, names: ['states.pcap'] }]);
});
