import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { relay, tellGone } from '../../../core/host/serve/relay.ts';
import type { Connection } from '../../../core/host/serve/started-host.ts';

/** Between a slow browser and a busy host nothing piles up, and who is gone is noticed. */
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A host that only notes what it gets, and works it off when the test says so. */
class Idle implements Connection {
  bytes = 0;
  closed = false;
  answer: (bytes: Uint8Array) => void = () => undefined;
  taken: (bytes: number) => void = () => undefined;

  send(bytes: Uint8Array): void {
    this.bytes += bytes.length;
  }

  receive(frame: (bytes: Uint8Array) => void, taken: (bytes: number) => void): void {
    this.answer = frame;
    this.taken = taken;
  }

  close(): void {
    this.closed = true;
  }
}

async function pair(heartbeat: number, options: { readonly autoPong?: boolean } = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[WebSocket]>;
  const browser = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
  const [socket] = await accepted;
  const host = new Idle();
  relay(socket, host, heartbeat);
  await once(browser, 'open');
  ends.push(() => {
    browser.terminate();
    server.close();
  });
  return { browser, socket, host };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
}

/** Until it is so; a busy machine takes its time. */
function come(so: () => boolean): Promise<void> {
  return vi.waitFor(() => expect(so()).toBe(true), { timeout: 20_000 });
}

test('questions are read no faster than the host works them off', async () => {
  const { browser, host } = await pair(60_000);
  const frame = new Uint8Array(256 << 10);
  for (let count = 0; count < 80; count++) browser.send(frame);
  await come(() => host.bytes >= 4 << 20);
  await settled();
  expect(host.bytes).toBeLessThan(8 << 20);
  for (let before = 0; before < 80 * frame.length;) {
    const next = host.bytes;
    host.taken(next - before);
    before = next;
    await come(() => host.bytes > next || next === 80 * frame.length);
  }
  expect(host.bytes).toBe(80 * frame.length);
});

test('while answers wait for a browser that does not take them, no more of its questions are read', async () => {
  const { browser, socket, host } = await pair(60_000);
  browser.pause();
  for (let count = 0; count < 40; count++) host.answer(new Uint8Array(1 << 20));
  expect(socket.isPaused).toBe(true);
  browser.send('x');
  browser.send(new Uint8Array(5));
  await settled();
  expect(host.bytes).toBe(0);
  browser.resume();
  await expect.poll(() => host.bytes).toBe(5);
});

test('a browser for which too much waits is given up', async () => {
  const { browser, host } = await pair(60_000);
  browser.pause();
  for (let count = 0; count < 200; count++) host.answer(new Uint8Array(1 << 20));
  await expect.poll(() => host.closed).toBe(true);
});

test('one that shows no sign of life is ended, one that answers pings stays', async () => {
  const [dead, alive] = [await pair(30, { autoPong: false }), await pair(30)];
  await expect.poll(() => dead.host.closed).toBe(true);
  await settled();
  expect(alive.host.closed).toBe(false);
});

test('the end of a host is told in a reason that fits, whatever it says', async () => {
  const { browser, socket } = await pair(60_000);
  const closed = once(browser, 'close') as Promise<[number, Buffer]>;
  tellGone(socket, `ünlimited ${'x'.repeat(500)}`);
  const [code, reason] = await closed;
  expect({ code, reason: reason.toString() }).toEqual({
    code: 4001,
    reason: expect.stringMatching(/^[ -~]{100,123}$/) as string,
  });
});
