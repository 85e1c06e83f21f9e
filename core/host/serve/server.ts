import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { addresses } from '../../contract/serve.ts';
import { systemWords } from '../../capture/system-error.ts';
import { CaptureError } from '../../capture/reader.ts';
import { Access } from './access.ts';
import { Api } from './api.ts';
import { Captures } from './captures.ts';
import { json, refuse, safeHeaders } from './headers.ts';
import { authority, isLoopback, namesOf, ownHost, ownOrigin } from './names.ts';
import { Offers, type OfferOptions } from './offers.ts';
import { PageFiles } from './page-files.ts';
import { relay, tellGone } from './relay.ts';
import type { StartHost } from './started-host.ts';
import { Uploads } from './uploads.ts';

export interface ServeOptions extends OfferOptions {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** Folder of the built page. */
  readonly page: string;
  readonly version: string;
  /** Bytes that pages may send, all together; 0 for none. */
  readonly uploadLimit: number;
  readonly startHost: StartHost;
  /** Milliseconds that a capture stays open while nobody looks at it. */
  readonly idleMs?: number;
}

/** Bytes of a frame that a browser may send; a page's questions have some hundred. */
const MAX_FRAME = 1 << 20;
const MAX_SOCKETS = 128;
const MAX_CONNECTIONS = 512;
/** Milliseconds without a byte, after which a request is ended; an upload over a slow line moves all the time. */
const SILENCE = 60_000;
const IDLE = 10 * 60_000;

const signIn =
  'This page opens with the address that “sipglass serve” prints. Each works in one browser, once; “sipglass serve” prints another when you press Enter there.';

/** The page for browsers. `address()` is one to open it with, good for one browser. */
export class PageServer {
  private readonly options: ServeOptions;
  private readonly access = new Access();
  private readonly names: ReadonlySet<string>;
  private readonly files: PageFiles;
  private readonly uploads: Uploads;
  private readonly captures: Captures;
  private readonly api: Api;
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_FRAME });
  private port = 0;

  private constructor(options: ServeOptions) {
    this.options = options;
    this.names = namesOf(options.host);
    this.files = new PageFiles(options.page);
    this.uploads = new Uploads(options.uploadLimit);
    this.captures = new Captures(options.startHost, options.idleMs ?? IDLE);
    const offers = new Offers(options, this.uploads);
    this.api = new Api(this.captures, offers, this.uploads, options.version);
    // Read from the start on: it is there when the browser comes.
    if (offers.named !== null) this.captures.latest(offers.named);
    this.http = createServer(
      { maxHeaderSize: 16 << 10, headersTimeout: 10_000, requestTimeout: 0, keepAliveTimeout: 5000 },
      (request, response) => void this.answer(request, response),
    );
    this.http.maxConnections = MAX_CONNECTIONS;
    this.http.timeout = SILENCE;
    this.http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
    // Requests for other protocols (CONNECT) and rubbish end here.
    this.http.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Listens; rejects with CaptureError of one sentence where that can't be. */
  static async start(options: ServeOptions): Promise<PageServer> {
    const server = new PageServer(options);
    const { http } = server;
    try {
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject);
        http.listen(options.port, options.host, resolve);
      });
    } catch (error) {
      await server.close();
      const words = inUse(error) ? 'another program listens there already' : systemWords(error);
      throw new CaptureError(`${authority(options.host, options.port)}: cannot be listened on: ${words}`);
    }
    const bound = http.address();
    if (typeof bound === 'object' && bound !== null) server.port = bound.port;
    return server;
  }

  /** With a new token, which the first browser that opens it uses up. */
  address(): string {
    return `http://${authority(this.options.host, this.port)}/?token=${this.access.newToken()}`;
  }

  /** Whether only this machine reaches it. */
  get isLoopback(): boolean {
    return isLoopback(this.options.host);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.close(1001, 'sipglass serve ended');
    this.http.close();
    await this.captures.closeAll();
    for (const socket of this.sockets.clients) socket.terminate();
    this.http.closeAllConnections();
    this.uploads.clear();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const host = ownHost(headers.host, this.names);
    const [path = '', query = ''] = (request.url ?? '').split('?');
    try {
      if (host === null)
        refuse(response, 403, 'This server does not go by that name; open the address that “sipglass serve” prints.');
      else if (!['GET', 'HEAD', 'POST'].includes(method))
        refuse(response, 405, 'Only GET, HEAD and POST are answered.', { Allow: 'GET, HEAD, POST' });
      else if (path === '/' && new URLSearchParams(query).has('token')) this.enter(request, response, query);
      else if (!this.access.knows(headers.cookie)) this.turnAway(request, response, path, host);
      else if (method === 'POST' && !ownOrigin(headers.origin, host))
        refuse(response, 403, 'The question comes from another page.');
      else if (
        !(await this.api.answer(request, response, host, path)) &&
        (method === 'POST' || !(await this.file(request, response, host, path)))
      )
        refuse(response, 404, 'There is nothing at this address.');
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (host !== null)
        json(response, host, 500, { message: `Something went wrong in “sipglass serve”: ${String(error)}` });
    }
  }

  /** A token, once, for a cookie; the address without it is what the browser remembers. */
  private enter(request: IncomingMessage, response: ServerResponse, query: string): void {
    const known = this.access.knows(request.headers.cookie);
    // Only GET: what looks at a link ahead of its user asks for HEAD.
    const used = request.method === 'GET' && this.access.use(new URLSearchParams(query).get('token') ?? '');
    if (!used && !known) {
      refuse(response, 403, signIn);
      return;
    }
    response.writeHead(303, {
      ...safeHeaders('127.0.0.1'),
      'Cache-Control': 'no-store',
      Location: '/',
      ...(known ? {} : { 'Set-Cookie': this.access.newCookie() }),
    });
    response.end();
  }

  private turnAway(request: IncomingMessage, response: ServerResponse, path: string, host: string): void {
    // A Strict cookie stays at home when a link from elsewhere leads here: the page asks once more, from here.
    if (path === '/' && request.headers['sec-fetch-site'] === 'cross-site')
      refuse(response, 200, 'One moment …', { Refresh: '0; url=/' });
    else if (path.startsWith('/api/')) json(response, host, 403, { message: signIn });
    else refuse(response, 403, signIn);
  }

  /** A file of the page; false where there is none at this address. */
  private async file(request: IncomingMessage, response: ServerResponse, host: string, path: string): Promise<boolean> {
    // Browsers ask for it on their own.
    if (path === '/favicon.ico') {
      response.writeHead(204, safeHeaders(host));
      response.end();
      return true;
    }
    const file = await this.files.get(path);
    if (file === null) return false;
    const zipped = file.gzipped !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const bytes = zipped ? file.gzipped : file.bytes;
    response.writeHead(200, {
      ...safeHeaders(host),
      'Cache-Control': file.forEver ? 'private, max-age=31536000, immutable' : 'no-store',
      'Content-Length': bytes.length,
      'Content-Type': file.type,
      Vary: 'Accept-Encoding',
      ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
    return true;
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { headers, url = '' } = request;
    const host = ownHost(headers.host, this.names);
    const id = url.startsWith(addresses.capture) ? url.slice(addresses.capture.length) : '';
    const known = /^\d{1,9}$/.test(id) && this.captures.has(Number(id));
    const mayAsk = host !== null && ownOrigin(headers.origin, host) && this.access.knows(headers.cookie);
    socket.on('error', () => socket.destroy());
    if (!mayAsk || this.sockets.clients.size >= MAX_SOCKETS || !known) {
      socket.end(
        `HTTP/1.1 ${mayAsk ? '404 Not Found' : '403 Forbidden'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const way = this.captures.connect(Number(id), { gone: (text) => tellGone(webSocket, text) });
      if (way === null) {
        webSocket.close(1011, 'the capture is gone');
        return;
      }
      webSocket.on('close', way.left);
      relay(webSocket, way.connection);
    });
  }
}

function inUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
