import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { addresses, type ServedFile, type ServeSession } from '../../../core/contract/serve.ts';
import { Browser, started } from './served.ts';

/** `sipglass serve` with a live capture: what the command named, and nothing that a page could begin. */

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

test('is open for every page, can be stopped, and cannot be begun again from a page', async () => {
  const port = await freePort();
  const live = { source: { from: 'hep', address: '127.0.0.1', port } } as const;
  const browser = await Browser.in(await started({ live }));
  const { named } = await browser.get<ServeSession>(addresses.session);
  expect(named).toEqual({ id: 1, names: [`HEP on 127.0.0.1:${port}`] });
  const [offered] = await browser.get<readonly ServedFile[]>(addresses.offered);
  expect(await browser.open({ kind: 'offered', id: offered?.id ?? '' })).toEqual(named);
  const { client } = await browser.connect(1);
  await client.ask('opened', {});
  expect(await client.ask('liveState', {})).toMatchObject({ state: 'running', backend: 'hep' });
  expect(await client.ask('liveStop', {})).toMatchObject({ state: 'stopped', problem: null });
  await expect(browser.open({ kind: 'again', id: 1 })).rejects.toThrow('The command has to begin this capture');
});

test('what is about the machine is not answered to a page', async () => {
  const live = { source: { from: 'hep', address: '127.0.0.1', port: await freePort() } } as const;
  const browser = await Browser.in(await started({ live }));
  const { client } = await browser.connect(1);
  await client.ask('opened', {});
  for (const name of ['interfaces', 'livePrograms', 'leftCaptures'] as const)
    await expect(client.ask(name, {})).rejects.toMatchObject({ code: 'bad-request' });
  await expect(client.ask('checkBpf', { bpf: 'port 5060' })).rejects.toMatchObject({ code: 'bad-request' });
  await expect(client.ask('forgetLeft', { files: ['/etc/passwd'] })).rejects.toMatchObject({ code: 'bad-request' });
});
