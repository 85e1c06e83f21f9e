import { openInputs } from '../capture/inputs.ts';
import { ContractError } from '../contract/api.ts';
import type { Events, OpenOptions } from '../contract/api.ts';
import type { Handlers } from '../contract/channel.ts';
import type { OpenCapture } from './open-capture.ts';
import type { SaveTargets } from './save.ts';
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
  private readonly ending = new AbortController();
  private warm: Promise<void> | null = null;
  private emit: Emit = () => undefined;
  /** Files that `save` may write, by the word that stands for each. */
  private readonly targets: SaveTargets;
  private opening: Promise<{ readonly formats: readonly string[]; readonly names: readonly string[] }> | null = null;

  constructor(targets: SaveTargets = new Map()) {
    this.targets = targets;
  }

  /** Where events go. */
  tell(emit: Emit): void {
    this.emit = emit;
  }

  /** Also while it is being opened: files that come open meanwhile are closed again. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.opening?.catch(() => undefined);
    await this.session?.close();
  }

  readonly handlers: Handlers = {
    open: async (options) => {
      if (this.opening !== null) throw new ContractError('bad-request', 'this host has a capture open already');
      this.opening = this.begin(options);
      // Whoever asks later, by `opened`, hears of a failure too.
      this.opening.catch(() => undefined);
      const { formats } = await this.opening;
      return { formats };
    },
    opened: () => this.opening ?? Promise.reject(new ContractError('bad-request', 'no capture is open')),
    done: async () => (await this.whole()).progress(),
    progress: () => this.started().progress(),
    stats: async (query, { signal }) => {
      const session = await this.whole();
      const { filter, method, of = 'messages' } = query;
      if (of === 'capture') return statsOf(session, { captureOnly: true });
      if (filter === undefined && method === undefined && of === 'messages') return statsOf(session, { signal });
      const { rowsCounted } = await import('./rows-counted.ts');
      const open = await this.asked();
      const mask = await rowsCounted(open, query, signal);
      return statsOf(session, { mask, judged: (await open.orders.judged(signal)).state, signal });
    },
    messages: async (page, { signal }) => {
      const { messagePage } = await import('./table-answers.ts');
      return messagePage(await this.asked(), page, signal);
    },
    calls: async (page, { signal }) => {
      const { callPage } = await import('./table-answers.ts');
      const open = await this.asked();
      // Where somebody looks at the list, what comes next is prepared. Who asks for it hears of a failure.
      this.warm ??= this.warmed(open).catch(() => undefined);
      return callPage(open, page, signal);
    },
    streams: async (page, { signal }) => {
      const { streamPage } = await import('./stream-answers.ts');
      return streamPage(await this.askedWhole(), page, signal);
    },
    streamCourse: async ({ stream }) => {
      const { streamCourse } = await import('./stream-answers.ts');
      return streamCourse(await this.askedWhole(), stream);
    },
    callPosition: async (list, { signal }) => {
      const { callPosition } = await import('./call-order.ts');
      return callPosition(await this.asked(), list, signal);
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
    diff: async (which) => {
      const { diffOfFrames, diffOfRows } = await import('./message-answers.ts');
      const open = await this.askedWhole();
      return 'rows' in which ? diffOfRows(open, which.rows) : diffOfFrames(open, which.a, which.b);
    },
    bytes: async (which, answering) => {
      const { bytesOfRow } = await import('./row-bytes.ts');
      return bytesOfRow(await this.askedWhole(), which, answering);
    },
    hopBefore: async ({ row }) => {
      const { hopBefore } = await import('./hop-before.ts');
      return hopBefore(await this.askedWhole(), row);
    },
    hosts: async (choice, { signal }) => {
      const { hostsOf } = await import('./hosts.ts');
      return hostsOf(await this.askedWhole(), choice, signal);
    },
    timeline: async (query, { signal }) => {
      const { timelineOf } = await import('./timeline.ts');
      return timelineOf(await this.asked(), query, signal);
    },
    responseTimes: async (query, { signal }) => {
      const { responseTimesOf } = await import('./response-times.ts');
      return responseTimesOf(await this.asked(), query, signal);
    },
    ladder: async (query, { signal }) => {
      const { ladderView } = await import('./ladder-answers.ts');
      return ladderView(await this.askedWhole(), query, signal);
    },
    ladderItems: async (query, { signal }) => {
      const { ladderItems } = await import('./ladder-answers.ts');
      return ladderItems(await this.askedWhole(), query, signal);
    },
    exportLadder: async (options, answering) => {
      const { exportLadder } = await import('./ladder-answers.ts');
      return { messages: await exportLadder(await this.askedWhole(), options, answering) };
    },
    dispatcher: async (query, { signal }) => {
      const { dispatcherView } = await import('./dispatcher-answers.ts');
      return dispatcherView(await this.askedWhole(), query, signal);
    },
    dispatcherTicks: async (query, { signal }) => {
      const { dispatcherTicks } = await import('./dispatcher-answers.ts');
      return dispatcherTicks(await this.askedWhole(), query, signal);
    },
    registrations: async (query, { signal }) => {
      const { registrationsView } = await import('./registration-answers.ts');
      return registrationsView(await this.askedWhole(), query, signal);
    },
    extensions: async (query, { signal }) => {
      const { extensionPage } = await import('./extension-answers.ts');
      return extensionPage(await this.askedWhole(), query, signal);
    },
    checkFilter: async ({ filter }) => {
      const { filterProblem } = await import('./selection.ts');
      return filterProblem(filter);
    },
    completions: async ({ filter, at }) => {
      const { completionsAt } = await import('./completions.ts');
      return completionsAt(await this.asked(), filter, at);
    },
    save: async ({ target, ...document }, { signal }) => {
      const { save } = await import('./save.ts');
      return save(this.handlers, this.targets, target, document, signal);
    },
    extract: async (query, answering) => {
      const { extract } = await import('./extract.ts');
      const { callsChosen } = await import('./call-ids.ts');
      const open = await this.askedWhole();
      const calls = await callsChosen(open, query, answering.signal);
      return extract(open.session, calls, query.media ?? true, answering);
    },
  };

  private async begin({
    inputs,
    ports = [],
    lookBack = true,
    streams = true,
  }: OpenOptions): Promise<{ readonly formats: readonly string[]; readonly names: readonly string[] }> {
    const opened = await openInputs(inputs, { spool: lookBack, signal: this.ending.signal });
    this.session = new Session(inputs, opened, { ports, streams });
    this.reading = this.session.run({
      progress: (progress) => this.emit('progress', progress),
      warning: (text) => this.emit('warning', { text }),
    });
    // Whoever asks hears of a failure; that nobody asks yet does not make it unhandled.
    this.reading.catch(() => undefined);
    return {
      formats: opened.inputs.map(({ reader }) => reader.format),
      names: opened.inputs.map(({ name }) => name),
    };
  }

  /** Who asks while the capture is being opened waits for that, and hears if it fails. */
  private async begun(): Promise<Session> {
    await this.opening;
    return this.started();
  }

  private started(): Session {
    if (this.session === null) throw new ContractError('bad-request', 'no capture is open');
    return this.session;
  }

  /** The session, once all of the capture was read; rejects where reading failed. */
  private async whole(): Promise<Session> {
    const session = await this.begun();
    await this.reading;
    return session;
  }

  /** What is there already, while the rest is still being read. */
  private async asked(): Promise<OpenCapture> {
    const session = await this.begun();
    const { OpenCapture: Opened } = await import('./open-capture.ts');
    this.open ??= new Opened(session);
    return this.open;
  }

  /** When all was read: the first sort, the first filter and the first ladder need not wait. */
  private async warmed(open: OpenCapture): Promise<void> {
    const { signal } = this.ending;
    await this.reading;
    await open.orders.warm(signal);
    const { warmLadders } = await import('./warm-ladders.ts');
    await warmLadders(open, signal);
  }

  private async askedWhole(): Promise<OpenCapture> {
    await this.whole();
    return this.asked();
  }
}
