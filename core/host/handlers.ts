import { openInputs } from '../capture/inputs.ts';
import { ContractError } from '../contract/api.ts';
import type { Events } from '../contract/api.ts';
import type { Handlers } from '../contract/channel.ts';
import type { OpenCapture } from './open-capture.ts';
import { Session } from './session.ts';
import { statsOf } from './stats.ts';

/** How the host says something without being asked. */
export type Emit = <Name extends keyof Events>(name: Name, value: Events[Name]) => void;

/**
 * One host for one capture: the handlers of the contract, and how to end it. What only some questions need (filters,
 * ladders, formats) is loaded with the first of them, so that a host that only counts starts fast.
 */
export class CaptureHost {
  private session: Session | null = null;
  private open: OpenCapture | null = null;
  private reading: Promise<void> = Promise.resolve();
  private emit: Emit = () => undefined;

  /** Where events go. */
  tell(emit: Emit): void {
    this.emit = emit;
  }

  async close(): Promise<void> {
    await this.session?.close();
  }

  readonly handlers: Handlers = {
    open: async ({ inputs, ports = [], lookBack = true }) => {
      if (this.session !== null) throw new ContractError('bad-request', 'this host has a capture open already');
      const opened = await openInputs(inputs, { spool: lookBack });
      this.session = new Session(inputs, opened, ports);
      this.reading = this.session.run({
        progress: (progress) => this.emit('progress', progress),
        warning: (text) => this.emit('warning', { text }),
      });
      // Whoever asks hears of a failure; that nobody asks yet does not make it unhandled.
      this.reading.catch(() => undefined);
      return { formats: opened.inputs.map(({ reader }) => reader.format) };
    },
    done: async () => (await this.whole()).progress(),
    progress: () => this.started().progress(),
    stats: async ({ filter }, { signal }) => {
      const session = await this.whole();
      if (filter === undefined) return statsOf(session);
      const { selected } = await import('./selection.ts');
      const { filter: source } = await this.asked();
      return statsOf(session, await selected(source, 'messages', filter, signal));
    },
    messages: async (page, { signal }) => {
      const { messagePage } = await import('./table-answers.ts');
      return messagePage(await this.asked(), page, signal);
    },
    calls: async (page, { signal }) => {
      const { callPage } = await import('./table-answers.ts');
      return callPage(await this.asked(), page, signal);
    },
    exportTable: async (options, answering) => {
      const { exportTable } = await import('./table-answers.ts');
      return { rows: await exportTable(await this.askedWhole(), options, answering) };
    },
    message: async (which) => {
      const { messageInRow, messagesOfFrame } = await import('./message-answers.ts');
      const open = await this.askedWhole();
      return 'row' in which ? [messageInRow(open, which.row)] : messagesOfFrame(open, which.frame);
    },
    diff: async ({ a, b }) => {
      const { diffOfFrames } = await import('./message-answers.ts');
      return diffOfFrames(await this.askedWhole(), a, b);
    },
    ladder: async (query, { signal }) => {
      const { ladderOf } = await import('./ladder-answers.ts');
      return ladderOf(await this.askedWhole(), query, signal);
    },
    exportLadder: async (options, answering) => {
      const { exportLadder } = await import('./ladder-answers.ts');
      return { messages: await exportLadder(await this.askedWhole(), options, answering) };
    },
    checkFilter: async ({ filter }) => {
      const { filterProblem } = await import('./selection.ts');
      return filterProblem(filter);
    },
    extract: async (query, answering) => {
      const { extract } = await import('./extract.ts');
      const { callsChosen } = await import('./call-ids.ts');
      const open = await this.askedWhole();
      const calls = await callsChosen(open, query, answering.signal);
      return extract(open.session, calls, query.media ?? true, answering);
    },
  };

  private started(): Session {
    if (this.session === null) throw new ContractError('bad-request', 'no capture is open');
    return this.session;
  }

  /** The session, once all of the capture was read; rejects where reading failed. */
  private async whole(): Promise<Session> {
    const session = this.started();
    await this.reading;
    return session;
  }

  /** What is there already, while the rest is still being read. */
  private async asked(): Promise<OpenCapture> {
    const session = this.started();
    const { OpenCapture: Opened } = await import('./open-capture.ts');
    this.open ??= new Opened(session);
    return this.open;
  }

  private async askedWhole(): Promise<OpenCapture> {
    await this.whole();
    return this.asked();
  }
}
