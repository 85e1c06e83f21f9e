import { app, utilityProcess, type Details, type MessagePortMain, type UtilityProcess } from 'electron';
import { randomBytes } from 'node:crypto';
import type { LiveOptions } from '../core/contract/live.ts';
import type { HostNews, HostOrder } from '../core/contract/process.ts';
import { hostEndText } from './host-end.ts';

/** Milliseconds that a host has to let go of its files before it is killed. */
const GOODBYE = 1000;
/** And one that captures: what captures for it hands over what it has, and says what it dropped. */
const LIVE_GOODBYE = 5000;
/** Milliseconds after the end of a process in which Chromium says why. */
const WHY = 150;
/** Milliseconds in which a host takes note of a file that it may write. */
const GRANT = 5000;
/** Characters of standard error that are kept: V8's word on why it gave up. */
const LAST_WORDS = 4096;

export interface HostOptions {
  readonly id: number;
  /** The built program of the host. */
  readonly program: string;
  readonly inputs: readonly string[];
  readonly ports: readonly number[];
  /** Packets as they happen; null where it reads `inputs`. */
  readonly live: LiveOptions | null;
  /** Its inputs are captures. */
  readonly onOpened: () => void;
  /** It ended though nobody closed it; a sentence for the user. */
  readonly onGone: (text: string) => void;
}

/** The process of one capture. It lives from the moment it is made until `close`, or its own end. */
export class HostProcess {
  /** Of the capture, as the window knows it. */
  id: number;
  /** Settles when it is gone. */
  readonly over: Promise<void>;
  private readonly child: UtilityProcess;
  private readonly options: HostOptions;
  private readonly granting = new Map<string, () => void>();
  private closing = false;
  /** Of the process, since it was started. */
  pid: number | null = null;
  private fault: string | null = null;
  private details: Details | null = null;
  /** The end of what it wrote to standard error. */
  private said = '';

  /** Starts it, and gives it its end of the pipe to the window. */
  constructor(options: HostOptions, port: MessagePortMain) {
    this.id = options.id;
    this.options = options;
    const serviceName = `Sipglass capture ${options.id}`;
    this.child = utilityProcess.fork(options.program, [], { serviceName, stdio: ['ignore', 'inherit', 'pipe'] });
    this.child.stderr?.on('data', (text: Buffer) => {
      process.stderr.write(text);
      this.said = (this.said + text.toString('latin1')).slice(-LAST_WORDS);
    });
    // Newer versions of Electron tell of V8's end ahead of the process's.
    this.child.on('error', (_type, location) => {
      this.said += location;
    });
    const hear = (_event: Electron.Event, details: Details): void => {
      if (details.type === 'Utility' && details.name === serviceName) this.details = details;
    };
    app.on('child-process-gone', hear);
    this.child.on('message', (message: unknown) => this.news(message));
    this.child.once('exit', (code) => {
      // Chromium's reason can come a little later than the status.
      setTimeout(() => {
        app.removeListener('child-process-gone', hear);
        this.ended(code);
      }, WHY);
    });
    this.over = new Promise((resolve) => {
      this.child.once('exit', () => resolve());
    });
    this.child.once('spawn', () => {
      this.pid = this.child.pid ?? null;
    });
    const { inputs, ports, live } = options;
    this.tell({ order: 'open', inputs, ports, live }, [port]);
  }

  /** Lets the host write `path` once; answers with the word that stands for it. Rejects where the host is gone. */
  async grant(path: string): Promise<string> {
    const target = randomBytes(12).toString('hex');
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        this.granting.delete(target);
        reject(new Error('The process of this capture does not answer; open the capture again.'));
      }, GRANT);
      this.granting.set(target, () => {
        clearTimeout(late);
        resolve();
      });
      this.tell({ order: 'grant', target, path });
    });
    return target;
  }

  /** Another window, or the same one loaded again, takes it over as capture `id`. */
  attend(id: number, port: MessagePortMain): void {
    this.id = id;
    this.tell({ order: 'attend' }, [port]);
  }

  /** Asks it to end, and makes it where it doesn't. */
  close(): void {
    if (this.closing) return;
    this.closing = true;
    this.tell({ order: 'close' });
    const late = setTimeout(() => this.child.kill(), this.options.live === null ? GOODBYE : LIVE_GOODBYE);
    this.child.once('exit', () => clearTimeout(late));
  }

  private tell(order: HostOrder, ports: MessagePortMain[] = []): void {
    this.child.postMessage(order, ports);
  }

  private news(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('news' in message)) return;
    const news = message as HostNews;
    if (news.news === 'opened') this.options.onOpened();
    else if (news.news === 'fault') this.fault = news.text;
    else if (news.news === 'granted') {
      this.granting.get(news.target)?.();
      this.granting.delete(news.target);
    }
  }

  private ended(code: number): void {
    if (this.fault !== null) process.stderr.write(`sipglass: ${this.fault}\n`);
    // A window that went away, or let go of the capture, ends its host with 0. So does a signal in older versions of
    // Electron, but that Chromium reports as well.
    if (this.closing || (code === 0 && this.details === null)) return;
    this.closing = true;
    const { details, fault, said } = this;
    const end = { code: details?.exitCode ?? code, reason: details?.reason ?? null, fault, lastWords: said };
    this.options.onGone(hostEndText(end));
  }
}
