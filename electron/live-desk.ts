import { utilityProcess, type UtilityProcess } from 'electron';
import { basename } from 'node:path';
import type { LiveDesk, LiveDeskName, LeftBehind } from '../core/contract/live-desk.ts';
import type { HostNews, HostOrder, LiveDeskQuestion } from '../core/contract/process.ts';

/** Milliseconds without a question after which the process ends. */
const IDLE = 15_000;
/** Milliseconds in which a question is answered, or is not. */
const PATIENCE = 20_000;

interface Waiting {
  readonly answered: (value: unknown) => void;
  readonly failed: (error: Error) => void;
}

/**
 * Asks what there is to capture, and what was left behind: of a process without a capture, which is started with the
 * first question and ends when there are none any more.
 */
export class Desk {
  private readonly program: string;
  private readonly waiting = new Map<number, Waiting>();
  private child: UtilityProcess | null = null;
  private idle: NodeJS.Timeout | null = null;
  private last = 0;

  /** `program`: the built one of hosts. */
  constructor(program: string) {
    this.program = program;
  }

  interfaces(): Promise<LiveDesk['interfaces']['result']> {
    return this.ask<'interfaces'>({ name: 'interfaces', params: null });
  }

  programs(): Promise<LiveDesk['programs']['result']> {
    return this.ask<'programs'>({ name: 'programs', params: null });
  }

  checkBpf(bpf: string): Promise<string | null> {
    return this.ask<'checkBpf'>({ name: 'checkBpf', params: bpf });
  }

  async left(): Promise<readonly LeftBehind[]> {
    const all = await this.ask<'left'>({ name: 'left', params: null });
    return all.map(({ began, bytes, files }) => ({ id: idOf(files), began, bytes, files: files.length }));
  }

  /** The files of a capture that was left behind. Rejects with a sentence where it is not there any more. */
  async filesOf(id: string): Promise<readonly string[]> {
    const all = await this.ask<'left'>({ name: 'left', params: null });
    const found = all.find(({ files }) => idOf(files) === id);
    if (found === undefined) throw new TypeError('This capture is not there any more.');
    return found.files;
  }

  /** What a process captured; empty where that is nothing, or was saved. */
  async leftBy(pid: number): Promise<readonly string[]> {
    const all = await this.ask<'left'>({ name: 'left', params: null });
    return all.find(({ files }) => idOf(files).includes(`-${pid}-`))?.files ?? [];
  }

  async removeLeft(id: string): Promise<void> {
    await this.ask<'removeLeft'>({ name: 'removeLeft', params: await this.filesOf(id) });
  }

  async saveLeft(id: string, path: string): Promise<number> {
    return this.ask<'saveLeft'>({ name: 'saveLeft', params: { files: await this.filesOf(id), path } });
  }

  private ask<Name extends LiveDeskName>(
    question: Extract<LiveDeskQuestion, { readonly name: Name }>,
  ): Promise<LiveDesk[Name]['result']> {
    const number = ++this.last;
    this.child ??= this.started();
    const { child } = this;
    return new Promise<LiveDesk[Name]['result']>((resolve, reject) => {
      const late = setTimeout(() => {
        this.waiting.delete(number);
        this.rest();
        reject(new Error('What can be captured here could not be found out in time.'));
      }, PATIENCE);
      this.waiting.set(number, {
        // It is what the process answers to a question of this name.
        answered: (value) => {
          clearTimeout(late);
          resolve(value as LiveDesk[Name]['result']);
        },
        failed: (error) => {
          clearTimeout(late);
          reject(error);
        },
      });
      this.rest();
      child.postMessage({ order: 'desk', number, question } satisfies HostOrder, []);
    });
  }

  private started(): UtilityProcess {
    const child = utilityProcess.fork(this.program, [], { serviceName: 'Sipglass live', stdio: 'inherit' });
    child.on('message', (message: unknown) => this.news(message));
    child.once('exit', () => {
      if (this.child === child) this.child = null;
      const error = new Error('The process that looks for what can be captured has ended.');
      for (const { failed } of this.waiting.values()) failed(error);
      this.waiting.clear();
    });
    return child;
  }

  private news(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('news' in message)) return;
    const news = message as HostNews;
    if (news.news !== 'desk') return;
    const asked = this.waiting.get(news.number);
    this.waiting.delete(news.number);
    this.rest();
    if (news.ok) asked?.answered(news.value);
    else asked?.failed(new Error(news.text));
  }

  /** With nothing to answer it ends after a while. */
  private rest(): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      if (this.waiting.size > 0) return;
      this.child?.kill();
      this.child = null;
    }, IDLE);
    this.idle.unref();
  }
}

/** The name of the first file: when it began, and by which process. */
function idOf([first = '']: readonly string[]): string {
  return basename(first);
}
