import { ContractError } from '../../contract/api.ts';
import type { LiveOptions } from '../../contract/live.ts';
import type { ServedCapture } from '../../contract/serve.ts';
import type { Connection, StartedHost, StartHost } from './started-host.ts';

/** Captures that are open at a time; each is a process. */
const MAX_OPEN = 32;
/** Captures whose files are remembered, so that they can be opened again. */
const MAX_REMEMBERED = 256;

/** Where a capture comes from. */
export interface Source {
  /** The same for the same files. */
  readonly key: string;
  readonly names: readonly string[];
  readonly inputs: readonly string[];
  /** Packets as they happen, in place of inputs: only what the command named. */
  readonly live?: LiveOptions;
  /** What the command named stays open while nobody looks. */
  readonly stays: boolean;
  /** Standard input can't be read twice. */
  readonly once: boolean;
  /** Called when no capture of this source is open any more; null where nothing is to be done. What was released can't be opened again. */
  readonly release: (() => void) | null;
}

interface Open {
  readonly id: number;
  readonly source: Source;
  readonly ports: readonly number[];
  readonly host: StartedHost;
  readonly pages: Set<Page>;
  /** How the host ended by itself; null while it lives. */
  gone: string | null;
  idle: NodeJS.Timeout | null;
  /** A page said it is done with it: no waiting for its return. */
  done: boolean;
}

/** Whoever looks at a capture. */
export interface Page {
  /** The host ended, and how. */
  gone(text: string): void;
}

/** Captures that are open, each once, whoever looks at it; one that nobody looks at for a while is closed. */
export class Captures {
  private readonly start: StartHost;
  private readonly idleMs: number;
  private readonly all = new Map<number, Open>();
  private readonly sources = new Map<number, Source>();
  private last = 0;

  constructor(start: StartHost, idleMs: number) {
    this.start = start;
    this.idleMs = idleMs;
  }

  get list(): readonly ServedCapture[] {
    return [...this.all.values()].filter(({ gone }) => gone === null).map((open) => told(open));
  }

  /** The capture of these files, from a host that is there already where it treats the same ports as SIP. */
  open(source: Source, ports: readonly number[]): ServedCapture {
    const same = [...this.all.values()].filter((open) => open.source.key === source.key && open.gone === null);
    const fitting = same.find((open) => source.once || samePorts(open.ports, ports));
    if (fitting !== undefined) return told(fitting);
    const opened = this.begin(source, ports);
    for (const open of same) if (open.pages.size === 0) void this.close(open);
    return opened;
  }

  /** The capture of these files that was opened last, whatever ports it treats as SIP; opened where there is none. */
  latest(source: Source): ServedCapture {
    const same = [...this.all.values()].filter((open) => open.source.key === source.key && open.gone === null);
    const last = same.at(-1);
    return last === undefined ? this.begin(source, []) : told(last);
  }

  /** The files of capture `id` once more, with a host of their own; throws ContractError where that can't be. */
  again(id: number, ports: readonly number[]): ServedCapture {
    const source = this.sources.get(id);
    if (source === undefined)
      throw new ContractError('not-found', 'This capture is not known any more; open it again by its file.');
    if (source.live !== undefined)
      throw new ContractError('capture', 'The command has to begin this capture: start “sipglass serve” again.');
    if (source.once)
      throw new ContractError('capture', 'Standard input can be read only once; start “sipglass serve -” again.');
    const before = this.all.get(id);
    const opened = this.begin(source, ports);
    if (before?.pages.size === 0) void this.close(before);
    return opened;
  }

  /** Whether capture `id` can be looked at. */
  has(id: number): boolean {
    return this.all.get(id)?.gone === null;
  }

  /** A way to the host of capture `id`; null where there is none. `left` ends it. */
  connect(id: number, page: Page): { readonly connection: Connection; readonly left: () => void } | null {
    const open = this.all.get(id);
    if (open === undefined || open.gone !== null) return null;
    this.stopWaiting(open);
    open.done = false;
    open.pages.add(page);
    return {
      connection: open.host.connect(),
      left: () => {
        open.pages.delete(page);
        this.wait(open);
      },
    };
  }

  /** A page is done with capture `id`. */
  leave(id: number): void {
    const open = this.all.get(id);
    if (open === undefined) return;
    open.done = true;
    this.wait(open);
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.all.values()].map((open) => this.close(open)));
  }

  private begin(source: Source, ports: readonly number[]): ServedCapture {
    if (this.all.size >= MAX_OPEN)
      throw new ContractError('capture', `No more than ${MAX_OPEN} captures can be open at a time.`);
    const id = ++this.last;
    const host = this.start({
      inputs: source.inputs,
      ports,
      ...(source.live === undefined ? {} : { live: source.live }),
    });
    const open: Open = { id, source, ports, host, pages: new Set(), gone: null, idle: null, done: false };
    this.all.set(id, open);
    this.sources.set(id, source);
    if (this.sources.size > MAX_REMEMBERED) this.sources.delete(this.sources.keys().next().value ?? 0);
    void host.gone.then((text) => {
      open.gone = text;
      for (const page of open.pages) page.gone(text);
      this.wait(open);
    });
    this.wait(open);
    return told(open);
  }

  /** Nobody looks any more: it is closed at once where that was said, else after a while. */
  private wait(open: Open): void {
    this.stopWaiting(open);
    if (open.pages.size > 0 || (open.source.stays && this.isNewest(open) && open.gone === null)) return;
    if (open.done && open.gone === null) void this.close(open);
    else {
      open.idle = setTimeout(() => void this.close(open), this.idleMs);
      open.idle.unref();
    }
  }

  private isNewest(open: Open): boolean {
    return [...this.all.values()].every(({ id, source }) => source.key !== open.source.key || id <= open.id);
  }

  private stopWaiting(open: Open): void {
    if (open.idle !== null) clearTimeout(open.idle);
    open.idle = null;
  }

  private async close(open: Open): Promise<void> {
    this.stopWaiting(open);
    if (!this.all.delete(open.id)) return;
    for (const page of open.pages) page.gone('The capture was closed.');
    await open.host.close();
    const { key, release } = open.source;
    if (release === null || [...this.all.values()].some(({ source }) => source.key === key)) return;
    for (const [id, source] of this.sources) if (source.key === key) this.sources.delete(id);
    release();
  }
}

function told({ id, source }: Open): ServedCapture {
  return { id, names: source.names };
}

function samePorts(a: readonly number[], b: readonly number[]): boolean {
  const has = new Set(a);
  return new Set(b).size === has.size && b.every((port) => has.has(port));
}
