import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CaptureError } from '../../capture/reader.ts';
import { ContractError } from '../../contract/api.ts';
import { addresses, type ServeProblem, type ServeSession, type ServeUpload } from '../../contract/serve.ts';
import { bodyOf, closeSchema, openSchema } from './body.ts';
import type { Captures } from './captures.ts';
import { json } from './headers.ts';
import type { Offers } from './offers.ts';
import { UploadError, type Uploads } from './uploads.ts';

/** What was sent and is opened by nobody goes after this time, in milliseconds. */
const UNOPENED = 5 * 60_000;

/** Answers what pages ask besides questions about a capture. Whether they may ask was seen to before. */
export class Api {
  private readonly captures: Captures;
  private readonly offers: Offers;
  private readonly uploads: Uploads;
  private readonly version: string;
  private readonly server = randomBytes(6).toString('hex');
  /** Timers of uploads that nobody has opened yet. */
  private readonly unopened = new Map<string, NodeJS.Timeout>();

  constructor(captures: Captures, offers: Offers, uploads: Uploads, version: string) {
    this.captures = captures;
    this.offers = offers;
    this.uploads = uploads;
    this.version = version;
  }

  /** Answers; false where there is nothing at this address for this method. */
  async answer(request: IncomingMessage, response: ServerResponse, host: string, path: string): Promise<boolean> {
    const route = this.routes[`${request.method ?? ''} ${path}`];
    if (route === undefined) return false;
    try {
      json(response, host, 200, await route(request));
    } catch (error) {
      const [status, message] = statusOf(error);
      json(response, host, status, { message } satisfies ServeProblem);
    }
    return true;
  }

  private readonly routes: Readonly<Record<string, (request: IncomingMessage) => unknown>> = {
    [`GET ${addresses.session}`]: (): ServeSession => ({
      server: this.server,
      version: this.version,
      named: this.offers.named === null ? null : this.captures.latest(this.offers.named),
      open: this.captures.list,
      uploadLimit: this.uploads.limit,
    }),
    [`GET ${addresses.offered}`]: () => this.offers.list(),
    [`POST ${addresses.open}`]: async (request) => {
      const { what, ports } = await bodyOf(request, openSchema);
      if (what.kind === 'again') return this.captures.again(what.id, ports);
      const opened = this.captures.open(await this.offers.source(what), ports);
      if (what.kind === 'uploads') for (const id of what.ids) this.opened(id);
      return opened;
    },
    [`POST ${addresses.close}`]: async (request) => {
      const { id } = await bodyOf(request, closeSchema);
      this.captures.leave(id);
      return {};
    },
    [`POST ${addresses.upload}`]: async (request): Promise<ServeUpload> => {
      const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
      const length = request.headers['content-length'];
      const id = await this.uploads.receive(
        query.get('name') ?? '',
        request,
        length === undefined ? null : Number(length),
      );
      const timer = setTimeout(() => {
        this.unopened.delete(id);
        void this.uploads.remove([id]);
      }, UNOPENED);
      timer.unref();
      this.unopened.set(id, timer);
      return { id };
    },
  };

  private opened(id: string): void {
    clearTimeout(this.unopened.get(id));
    this.unopened.delete(id);
  }
}

function statusOf(error: unknown): [number, string] {
  if (error instanceof UploadError) return [error.status, error.message];
  if (error instanceof ContractError) return [error.code === 'not-found' ? 404 : 400, error.message];
  if (error instanceof CaptureError) return [404, error.message];
  throw error;
}
