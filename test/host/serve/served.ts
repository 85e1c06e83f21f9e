import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { WebSocket } from 'ws';
import type { Progress } from '../../../core/contract/api.ts';
import { connect, type Client } from '../../../core/contract/channel.ts';
import { socketPipe } from '../../../core/contract/pipe.ts';
import { addresses, type ServedCapture } from '../../../core/contract/serve.ts';
import { PageServer, type ServeOptions } from '../../../core/host/serve/server.ts';
import { localHosts } from '../../../core/host/serve/started-host.ts';

export const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');
export const states = join(fixtures, 'states.pcap');

const root = mkdtempSync(join(tmpdir(), 'sipglass-test-serve-'));
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder for one test. */
export function folder(name: string): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** A page of three files, beside one that is not part of it. */
function builtPage(): string {
  const page = folder('page');
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Page</title>');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'assets', 'index-AbCd1234.js'), 'export {};\n'.repeat(200));
  writeFileSync(join(page, 'assets', 'notes.md'), 'not for browsers');
  writeFileSync(join(root, 'secret.js'), 'secret');
  return page;
}

/** A real server with hosts in this process, closed after the test. */
export async function started(options: Partial<ServeOptions> = {}): Promise<PageServer> {
  const server = await PageServer.start({
    host: '127.0.0.1',
    port: 0,
    page: builtPage(),
    version: '1.2.3',
    uploadLimit: 1e6,
    startHost: localHosts,
    named: [],
    directory: null,
    sample: null,
    ...options,
  });
  ends.push(() => server.close());
  return server;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A request as it is written: no browser's rules about Host, Origin or paths apply. */
export function raw(origin: string, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** A browser that is signed in. */
export class Browser {
  readonly origin: string;
  readonly cookie: string;

  private constructor(origin: string, cookie: string) {
    this.origin = origin;
    this.cookie = cookie;
  }

  static async in(server: PageServer): Promise<Browser> {
    const { origin, pathname, search } = new URL(server.address());
    const { headers } = await raw(origin, pathname + search);
    return new Browser(origin, (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '');
  }

  ask(path: string, { method, headers, body }: Asked = {}): Promise<Answer> {
    return raw(this.origin, path, {
      ...(method === undefined ? {} : { method }),
      ...(body === undefined ? {} : { body }),
      headers: { Cookie: this.cookie, Origin: this.origin, ...headers },
    });
  }

  async get<Value>(path: string): Promise<Value> {
    return JSON.parse((await this.ask(path)).body) as Value;
  }

  async post<Value>(path: string, question: object): Promise<Value> {
    const { status, body } = await this.ask(path, { method: 'POST', body: JSON.stringify(question) });
    if (status !== 200) throw new Error(`${status} ${body}`);
    return JSON.parse(body) as Value;
  }

  open(what: object, ports: readonly number[] = []): Promise<ServedCapture> {
    return this.post(addresses.open, { what, ports });
  }

  socket(id: number | string, headers: Readonly<Record<string, string>> = {}): WebSocket {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}${addresses.capture}${id}`, {
      headers: { Cookie: this.cookie, Origin: this.origin, ...headers },
    });
    ends.push(() => socket.terminate());
    return socket;
  }

  async connect(
    id: number,
  ): Promise<{ readonly client: Client; readonly socket: WebSocket; readonly warnings: string[] }> {
    const socket = this.socket(id);
    const warnings: string[] = [];
    const client = connect(socketPipe(socket));
    client.on('warning', ({ text }) => warnings.push(text));
    await once(socket, 'open');
    return { client, socket, warnings };
  }
}

/** How opening a socket ended: `open`, or the HTTP status that refused it. */
export function outcome(socket: WebSocket): Promise<number | 'open'> {
  return new Promise((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

/** Once all of a capture was read. */
export async function read(client: Client): Promise<Progress> {
  await client.ask('opened', {});
  return client.ask('done', {});
}
