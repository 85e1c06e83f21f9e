import type { OpenOptions } from '../core/contract/api.ts';
import type { LiveState } from '../core/contract/live.ts';
import type { CallRow } from '../core/contract/model.ts';
import { localHost, type LocalClient } from '../core/host/local.ts';
import { checkFilter, type CaptureOptions } from './capture.ts';
import { typedKeys } from './keys.ts';
import { say, UsageError } from './complain.ts';
import { endsWith } from './endings.ts';
import { withOutput } from './output.ts';
import type { TableOptions } from './table.ts';
import { forTerminal } from './wire-text.ts';

/** Milliseconds between two looks at what changed. */
const EVERY = 250;

interface Followed extends CaptureOptions, TableOptions {
  readonly method?: string;
  /** Seconds after which a live capture ends. */
  readonly duration?: number;
}

/**
 * Prints a call whenever its state changes, until the packets end or somebody ends it: for people a line, with `--json`
 * the call as it is now.
 */
export async function followCalls(opened: Pick<OpenOptions, 'inputs' | 'live'>, options: Followed): Promise<void> {
  if (options.csv === true) throw new UsageError('--follow writes lines for people, or with --json for programs');
  const client = localHost();
  let finished = (): void => undefined;
  const whole = new Promise<void>((resolve) => {
    finished = resolve;
  });
  client.on('warning', ({ text }) => say(`warning: ${text}`));
  try {
    if (options.filter !== undefined) await checkFilter(client, options.filter);
    // Of a stream on standard input nobody knows when it ends.
    const endless = opened.inputs.length === 1 && opened.inputs[0] === '-';
    const close = (): Promise<void> => client.close();
    // While the helper is started, nothing was captured yet.
    endsWith(close, close);
    const keys = typedKeys(options);
    const autoKeys = options.autoKeys ?? true;
    await client.ask('open', { ...opened, endless, ports: options.port ?? [], streams: false, keys, autoKeys });
    const stop = async (): Promise<void> => void (await client.ask('liveStop', {}));
    endsWith(async () => {
      if (opened.live === undefined) process.stdin.push(null);
      else await stop();
      await whole;
    }, close);
    if (options.duration !== undefined) setTimeout(() => void stop(), options.duration * 1000).unref();
    await withOutput(options.output, opened.inputs, async (output) => {
      const changes = new Changes(client, options);
      const ended = client.ask('done', {});
      // Whether it is over; a failure is heard of at the end, not before.
      const over = ended.then(
        () => true,
        () => true,
      );
      for (let last = false; ;) {
        const { rows, more } = await changes.next();
        for (const row of rows) await output.write(line(row, options.json === true));
        if (more) continue;
        if (last) break;
        last = await Promise.race([over, pause()]);
      }
      await ended;
    });
    if (opened.live !== undefined) report(await client.ask('liveState', {}));
  } finally {
    await client.close();
    finished();
  }
}

/** What came of a live capture. */
function report(state: LiveState | null): void {
  if (state === null) return;
  for (const note of state.notes) if (state.problem?.startsWith(note) !== true) say(`note: ${note}`);
  const lost = state.dropped === null ? '' : `, ${state.dropped} dropped`;
  say(`${state.packets} packets${lost}`);
  if (state.problem !== null) say(state.problem);
  if (state.state === 'failed') process.exitCode = 1;
}

function pause(): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), EVERY);
  });
}

/** Calls whose state is remembered, so that it is told once. */
const REMEMBERED = 200_000;

/** What changed since the last look. */
class Changes {
  private readonly client: LocalClient;
  private readonly options: Followed;
  /** By Call-ID: states that were told, of calls that go on and of those that ended not long ago. */
  private readonly told = new Map<string, string>();
  private since = 0;
  private generation = 0;
  /** Of the last message that was seen, seconds since 1970. */
  private seen = 0;
  /** What was seen before the list was shortened is not told again. */
  private before = 0;

  constructor(client: LocalClient, options: Followed) {
    this.client = client;
    this.options = options;
    client.on('reread', () => {
      this.generation += 1;
      this.since = 0;
      this.before = this.seen;
    });
  }

  /** Some of what changed since the last look; `more`: there may be more already. */
  async next(): Promise<{ readonly rows: readonly CallRow[]; readonly more: boolean }> {
    const { generation } = this;
    const { filter, method } = this.options;
    const asked = { since: this.since, ...(filter === undefined ? {} : { filter }) };
    const { rows, next } = await this.client.ask('callChanges', asked);
    const news = rows.filter((row) => (method === undefined || row.method === method) && this.isNew(row));
    // Meanwhile everything got other numbers.
    if (generation !== this.generation) return { rows: news, more: true };
    const more = next > this.since;
    this.since = next;
    return { rows: news, more };
  }

  private isNew({ callId, end, state, finalStatus }: CallRow): boolean {
    const at = Number(end);
    this.seen = Math.max(this.seen, at);
    const now = `${state} ${finalStatus ?? ''}`;
    const key = callId;
    const before = this.told.get(key);
    if (before === now || (before === undefined && at <= this.before)) return false;
    this.told.delete(key);
    this.told.set(key, now);
    if (this.told.size > REMEMBERED) this.forget();
    return true;
  }

  /** The half that changed longest ago. */
  private forget(): void {
    let left = REMEMBERED / 2;
    for (const key of this.told.keys()) {
      if (left-- <= 0) return;
      this.told.delete(key);
    }
  }
}

function line(row: CallRow, json: boolean): string {
  if (json) return `${JSON.stringify(row)}\n`;
  const { end, state, finalStatus, method, from, to, src, dst, callId } = row;
  const time = new Date(Number(end) * 1000).toISOString().slice(11, 23);
  const status = finalStatus === null ? '' : ` ${finalStatus}`;
  const text = `${time}  ${`${state}${status}`.padEnd(18)}  ${(method ?? '').padEnd(9)} ${src} → ${dst}  ${from ?? ''} → ${to ?? ''}  ${callId}`;
  return `${forTerminal(text, true)}\n`;
}
