import { openInputs } from '../capture/inputs.ts';
import { ContractError } from '../contract/api.ts';
import type { Events, OpenOptions, Progress } from '../contract/api.ts';
import type { Handlers } from '../contract/channel.ts';
import { Ahead } from './ahead.ts';
import { liveHandlers } from './live/live-answers.ts';
import { loadAhead } from './load-ahead.ts';
import type { LiveCapture } from '../live/live-capture.ts';
import type { LiveIndex } from './live/live-index.ts';
import type { OpenCapture } from './open-capture.ts';
import { CaptureKeys } from './security/capture-keys.ts';
import { reaches } from './security/key-reach.ts';
import { Readings, type CurrentReading, type ReadingEvents } from './reading/readings.ts';
import type { SaveTargets } from './save.ts';
import { Session } from './session.ts';
import { statsOf } from './statistics/stats.ts';

/** How the host says something without being asked. */
export type Emit = <Name extends keyof Events>(name: Name, value: Events[Name]) => void;

/**
 * One host for one capture: the handlers of the contract, and how to end it. What only some questions need (filters,
 * ladders, formats) is loaded with the first of them, so that a host that only counts starts fast.
 */
export class CaptureHost {
  private readings: CurrentReading | null = null;
  private open: OpenCapture | null = null;
  private readonly keys = new CaptureKeys();
  private live: LiveIndex | null = null;
  private capturing: LiveCapture | null = null;
  private readonly ending = new AbortController();
  private warmed = false;
  private readonly ahead = new Ahead((signal) => this.warm(signal), this.ending.signal);
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

  /** Also while it is being opened: files that come open meanwhile are closed again. `keep`: live packets that nobody saved stay on disk. */
  async close(keep = false): Promise<void> {
    this.ending.abort();
    await this.opening?.catch(() => undefined);
    // Who is asked whether to save (`keep`) leaves what was not saved for the next start, as who crashes does.
    await (keep && this.capturing !== null ? this.capturing.letGo() : this.live?.capture.remove());
    await (this.live ?? this.readings?.session)?.close();
  }

  readonly handlers: Handlers = {
    ...liveHandlers(
      () => this.capturing,
      () => this.asked(),
    ),
    open: async (options) => {
      if (this.opening !== null) throw new ContractError('bad-request', 'this host has a capture open already');
      this.opening = this.begin(options);
      // Whoever asks later, by `opened`, hears of a failure too.
      this.opening.catch(() => undefined);
      const { formats } = await this.opening;
      return { formats };
    },
    opened: () => this.opening ?? Promise.reject(new ContractError('bad-request', 'no capture is open')),
    done: async () => {
      await this.begun();
      await this.begunReadings().end();
      return this.started().progress();
    },
    progress: () => this.started().progress(),
    stats: async (query, { signal }) => {
      const session = await this.whole();
      const { filter, method, of = 'messages' } = query;
      if (of === 'capture') return statsOf(session, { captureOnly: true });
      if (filter === undefined && method === undefined && of === 'messages') return statsOf(session, { signal });
      const { rowsCounted } = await import('./statistics/rows-counted.ts');
      const open = await this.asked();
      const mask = await rowsCounted(open, query, signal);
      return statsOf(session, { mask, judged: (await open.orders.judged(signal)).state, signal });
    },
    messages: async (page, { signal }) => {
      const { messagePage } = await import('./table-answers.ts');
      const open = await this.asked();
      const answer = await this.ahead.behind(messagePage(open, page, signal));
      if (open.filter.texts.unfinished) this.ahead.again();
      return answer;
    },
    calls: async (page, { signal }) => {
      const { callPage } = await import('./table-answers.ts');
      const open = await this.asked();
      // Where somebody looks at the list, what comes next is prepared.
      this.ahead.begin();
      const answer = await this.ahead.behind(callPage(open, page, signal));
      if (open.filter.texts.unfinished) this.ahead.again();
      return answer;
    },
    streams: async (page, { signal }) => {
      const { streamPage } = await import('./media/stream-answers.ts');
      return streamPage(await this.askedWhole(), page, signal);
    },
    streamPosition: async (list, { signal }) => {
      const { streamPosition } = await import('./media/stream-answers.ts');
      return streamPosition(await this.askedWhole(), list, signal);
    },
    streamCourse: async (query, { signal }) => {
      const { streamCourse } = await import('./media/stream-answers.ts');
      return streamCourse(await this.askedWhole(), query, signal);
    },
    callMedia: async ({ call }) => {
      const { callMedia } = await import('./media/call-media.ts');
      return callMedia(await this.askedWhole(), call);
    },
    exportAudio: async (query, answering) => {
      const { exportAudio } = await import('./listening/answers.ts');
      return exportAudio(await this.askedWhole(), query, answering);
    },
    waveform: async (query, { signal }) => {
      const { waveform } = await import('./listening/answers.ts');
      return waveform(await this.askedWhole(), query, signal);
    },
    callPosition: async (list, { signal }) => {
      const { callPosition } = await import('./calls/call-order.ts');
      return this.ahead.behind(callPosition(await this.asked(), list, signal));
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
      const { bytesOfRow } = await import('./reading/row-bytes.ts');
      return bytesOfRow(await this.askedWhole(), which, answering);
    },
    hopBefore: async ({ row }) => {
      const { hopBefore } = await import('./ladder/hop-before.ts');
      return hopBefore(await this.askedWhole(), row);
    },
    hosts: async (choice, { signal }) => {
      const { hostsOf } = await import('./ladder/hosts.ts');
      return hostsOf(await this.askedWhole(), choice, signal);
    },
    timeline: async (query, { signal }) => {
      const { timelineOf } = await import('./statistics/timeline.ts');
      return this.ahead.behind(timelineOf(await this.asked(), query, signal));
    },
    responseTimes: async (query, { signal }) => {
      const { responseTimesOf } = await import('./statistics/response-times.ts');
      return this.ahead.behind(responseTimesOf(await this.asked(), query, signal));
    },
    paths: async (page, { signal }) => {
      const { pathPage } = await import('./paths/path-answers.ts');
      return pathPage(await this.askedWhole(), page, signal);
    },
    path: async ({ path }) => {
      const { pathInFull } = await import('./paths/path-answers.ts');
      return pathInFull(await this.askedWhole(), path);
    },
    pathOf: async ({ row }) => {
      const { pathOfRow } = await import('./paths/path-answers.ts');
      return pathOfRow(await this.askedWhole(), row);
    },
    forks: async (page, { signal }) => {
      const { forkPage } = await import('./paths/path-answers.ts');
      return forkPage(await this.askedWhole(), page, signal);
    },
    hopChanges: async ({ rows }) => {
      const { hopChanges } = await import('./ladder/hop-changes.ts');
      return hopChanges(await this.askedWhole(), rows);
    },
    legs: async (query, { signal }) => {
      const { legGroups } = await import('./legs/leg-answers.ts');
      return legGroups(await this.askedWhole(), query, signal);
    },
    ladder: async (query, { signal }) => {
      const { ladderView } = await import('./ladder/ladder-answers.ts');
      return ladderView(await this.askedWhole(), query, signal);
    },
    ladderItems: async (query, { signal }) => {
      const { ladderItems } = await import('./ladder/ladder-answers.ts');
      return ladderItems(await this.askedWhole(), query, signal);
    },
    exportLadder: async (options, answering) => {
      const { exportLadder } = await import('./ladder/ladder-answers.ts');
      return { messages: await exportLadder(await this.askedWhole(), options, answering) };
    },
    securityAssociations: async () => {
      const { securityList } = await import('./security/security-answers.ts');
      return securityList(await this.whole(), this.keys);
    },
    setKeys: async (change) => {
      await this.whole();
      const difference = this.keys.change(change);
      const { security } = this.begunReadings().session.account;
      const { pairs, agreements } = security;
      if (!reaches(difference, security)) return { reread: false };
      await this.begunReadings().again(this.keys.known({ pairs, agreements }));
      return { reread: true };
    },
    checkKeys: async ({ keys }) => {
      const { readTypedKeys } = await import('./security/typed-keys.ts');
      const { formats, pairs, associations, problems } = readTypedKeys(keys, 1);
      return { formats, pairs, associations, problems };
    },
    revealKey: async ({ association }) => {
      const { revealKey } = await import('./security/security-answers.ts');
      return revealKey(await this.whole(), association);
    },
    dispatcher: async (query, { signal }) => {
      const { dispatcherView } = await import('./dispatcher/dispatcher-answers.ts');
      return dispatcherView(await this.askedWhole(), query, signal);
    },
    dispatcherTicks: async (query, { signal }) => {
      const { dispatcherTicks } = await import('./dispatcher/dispatcher-answers.ts');
      return dispatcherTicks(await this.askedWhole(), query, signal);
    },
    registrations: async (query, { signal }) => {
      const { registrationsView } = await import('./registrations/registration-answers.ts');
      return registrationsView(await this.askedWhole(), query, signal);
    },
    extensions: async (query, { signal }) => {
      const { extensionPage } = await import('./extensions/extension-answers.ts');
      return extensionPage(await this.askedWhole(), query, signal);
    },
    exportCharts: async (options, answering) => {
      const { exportCharts } = await import('./media/chart-answers.ts');
      return exportCharts(await this.askedWhole(), options, answering);
    },
    exportPath: async (options, answering) => {
      const { exportPath } = await import('./paths/path-answers.ts');
      return { hops: await exportPath(await this.askedWhole(), options, answering) };
    },
    checkFilter: async ({ filter }) => {
      const { filterProblem } = await import('./filter/selection.ts');
      return filterProblem(filter);
    },
    completions: async ({ filter, at }) => {
      const { completionsAt } = await import('./filter/completions.ts');
      return completionsAt(await this.asked(), filter, at);
    },
    save: async ({ target, ...document }, { signal }) => {
      const { save } = await import('./save.ts');
      return save(this.handlers, this.targets, target, document, signal);
    },
    extract: async (query, answering) => {
      const { extract } = await import('./extract/extract.ts');
      const { callsChosen } = await import('./calls/call-ids.ts');
      const open = await this.askedWhole();
      let calls = await callsChosen(open, query, answering.signal);
      if (query.withLegs === true) {
        const { legsOf } = await import('./legs/leg-answers.ts');
        calls = (await legsOf(open, query.legs ?? {}, answering.signal)).with(calls);
      }
      return extract(open.session, calls, query.media ?? true, answering, query.decrypted ?? false);
    },
  };

  private async begin({
    inputs,
    ports = [],
    lookBack = true,
    streams = true,
    keys = {},
    autoKeys = true,
    live,
    endless = false,
  }: OpenOptions): Promise<{ readonly formats: readonly string[]; readonly names: readonly string[] }> {
    this.keys.change({ add: keys, auto: autoKeys });
    const { signal } = this.ending;
    const how = { ports, streams, known: this.keys.known() };
    const events = this.events();
    if (live !== undefined) {
      const { startLive } = await import('./live/start-live.ts');
      const { capture, index } = await startLive(live, how, events);
      this.capturing = capture;
      this.readings = this.live = index;
      return { formats: ['pcapng'], names: [capture.state.name] };
    }
    if (endless) {
      const { startEndless } = await import('./live/start-live.ts');
      this.readings = this.live = await startEndless(how, events);
      return { formats: ['pcapng'], names: inputs };
    }
    const opened = await openInputs(inputs, { spool: lookBack, signal });
    this.readings = new Readings(new Session(inputs, opened, how), events, signal);
    if (streams) void loadAhead(signal);
    return {
      formats: opened.inputs.map(({ reader }) => reader.format),
      names: opened.inputs.map(({ name }) => name),
    };
  }

  private events(): ReadingEvents {
    return {
      progress: (progress: Progress) => this.emit('progress', progress),
      warning: (text: string) => this.emit('warning', { text }),
      reread: (generation: number) => {
        this.open = null;
        this.warmed = false;
        this.emit('reread', { generation });
      },
    };
  }

  /** Who asks while the capture is being opened waits for that, and hears if it fails. */
  private async begun(): Promise<Session> {
    await this.opening;
    return this.started();
  }

  private started(): Session {
    return this.begunReadings().session;
  }

  private begunReadings(): CurrentReading {
    if (this.readings === null) throw new ContractError('bad-request', 'no capture is open');
    return this.readings;
  }

  /** The session, once all of the capture was read; of live packets as it is now. Rejects where reading failed. */
  private async whole(): Promise<Session> {
    await this.begun();
    const readings = this.begunReadings();
    if (this.live === null) await readings.end();
    return readings.session;
  }

  /** What is there already, while the rest is still being read. */
  private async asked(): Promise<OpenCapture> {
    await this.begun();
    const { OpenCapture: Opened } = await import('./open-capture.ts');
    this.open ??= new Opened(this.started());
    return this.open;
  }

  /** When all was read: the first sort, the first filter and the first ladder need not wait. */
  private async warm(signal: AbortSignal): Promise<void> {
    // Of live packets nothing is ready before somebody asks: there are others by then.
    if (this.live !== null) return;
    const open = await this.askedWhole();
    if (signal.aborted) return;
    await open.orders.warm(signal);
    if (!this.warmed) {
      const { warmLadders } = await import('./ladder/warm-ladders.ts');
      await warmLadders(open, signal);
      this.warmed = !signal.aborted;
    }
    await open.filter.texts.finish(signal);
  }

  private async askedWhole(): Promise<OpenCapture> {
    const { live, done } = await this.whole();
    const open = await this.asked();
    return live === null || done ? open : open.asOfNow();
  }
}
