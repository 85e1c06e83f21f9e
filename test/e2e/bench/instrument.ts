import type { Page } from '@playwright/test';

/** What `Measured.when` waits for on the page. */
export interface Sight {
  /** Rows of calls that are all there, or arrows of a ladder. */
  readonly of: 'rows' | 'arrows';
  /** The rows are sorted by this column, and otherwise than when the wait began. */
  readonly sorted?: string;
  /** How many calls match is another number than when the wait began, and is what the filter bar says. */
  readonly recounted?: boolean;
  /** The ladder has at least this many arrows. */
  readonly least?: number;
}

/** Frames while something moved, milliseconds. */
export interface Motion {
  readonly frames: number;
  readonly p95: number;
  readonly longest: number;
  /** Tasks over 50 ms, as the browser's own entries tell them. */
  readonly longTasks: readonly number[];
  /** Questions to the host by method. */
  readonly questions: Readonly<Record<string, number>>;
  /** Most elements in the rows of calls that were there in a frame. */
  readonly mostRows: number;
}

/** What stands in the page for the measures. */
interface Measured {
  /** When the page heard of the first calls in the index; null before. */
  callsKnownAt: number | null;
  /** When the browser took the last key or button that was pressed, or text that was put in. */
  inputAt: number;
  /** Milliseconds until what `sight` names was painted, since the input before that or since `callsKnownAt`. */
  when(sight: Sight): void;
  painted: Promise<number>;
  record(): void;
  recorded(): Motion;
}

declare global {
  interface Window {
    sipglassMeasured: Measured;
  }
}

/** Puts the measuring into the page. To be called before a capture is opened in it; changes nothing but notes times. */
export function instrument(page: Page): Promise<void> {
  return page.evaluate(install);
}

/**
 * How long it took from what `action` does, as the browser's input has its time, until what `sight` names was painted.
 * All of it is measured in the page: what the test's own way there takes does not count.
 */
export async function timed(page: Page, sight: Sight, action: () => Promise<unknown>): Promise<number> {
  await page.evaluate((what) => globalThis.window.sipglassMeasured.when(what), sight);
  await action();
  return page.evaluate(() => globalThis.window.sipglassMeasured.painted);
}

/** What happens in the page while `action` goes on and for `rest` milliseconds behind it. */
export async function watched(page: Page, action: () => Promise<unknown>, rest = 300): Promise<Motion> {
  await page.evaluate(() => globalThis.window.sipglassMeasured.record());
  await action();
  await page.waitForTimeout(rest);
  return page.evaluate(() => globalThis.window.sipglassMeasured.recorded());
}

/** How the list was when a wait began. */
interface Before {
  readonly count: string | null;
  readonly sort: string;
}

/** In the page: all on its own, since it is sent there as text. */
function install(): void {
  const decoder = new TextDecoder();
  const questions = new Map<string, number>();
  const head = (data: unknown): string => {
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
    // Heads of frames are JSON behind four bytes.
    return bytes instanceof Uint8Array ? decoder.decode(bytes.subarray(4, 600)) : '';
  };
  const asked = (data: unknown): void => {
    const method = /^\{"kind":"call","id":\d+,"method":"(?<method>\w+)"/u.exec(head(data))?.groups?.method;
    if (method !== undefined) questions.set(method, (questions.get(method) ?? 0) + 1);
  };
  const heard = (event: Event): void => {
    if (measured.callsKnownAt !== null) return;
    if (/"messages":\d+,"calls":[1-9]/u.test(head((event as MessageEvent).data)))
      measured.callsKnownAt = performance.now();
  };
  /** Tells what a method is called with before it is. */
  const tap = <Name extends string>(
    prototype: Record<Name, (...args: never[]) => unknown>,
    name: Name,
    tell: (self: object, args: readonly unknown[]) => void,
  ): void => {
    const method = prototype[name];
    prototype[name] = function tapped(this: object, ...args: never[]): unknown {
      tell(this, args);
      return Reflect.apply(method, this, args);
    };
  };
  const listening = new WeakSet();
  tap(WebSocket.prototype, 'send', (_, [data]) => asked(data));
  tap(MessagePort.prototype, 'postMessage', (_, [data]) => asked(data));
  tap(EventTarget.prototype, 'addEventListener', (self, [name]) => {
    if (name !== 'message' || !(self instanceof WebSocket || self instanceof MessagePort) || listening.has(self))
      return;
    listening.add(self);
    self.addEventListener('message', heard);
  });

  const noted = ({ timeStamp, isTrusted }: Event): void => {
    if (isTrusted) measured.inputAt = timeStamp;
  };
  for (const name of ['keydown', 'mousedown', 'mouseup', 'input'])
    globalThis.addEventListener(name, noted, { capture: true });

  const grid = (): Element | null => document.querySelector('[role=grid][aria-rowcount]');
  const sortOf = (column: string): string =>
    grid()?.querySelector(`[role=columnheader][data-column="${column}"]`)?.ariaSort ?? 'none';
  const rowsPainted = ({ sorted, recounted }: Sight, before: Before): boolean => {
    const list = grid();
    if (list === null || list.ariaBusy === 'true') return false;
    const { top, bottom } = list.getBoundingClientRect();
    const inSight = [...list.querySelectorAll('[data-at]')].filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
    if (inSight.length === 0 || inSight.some(({ ariaBusy }) => ariaBusy === 'true')) return false;
    if (sorted !== undefined && ['none', before.sort].includes(sortOf(sorted))) return false;
    if (recounted !== true) return true;
    const count = list.ariaRowCount;
    if (count === before.count) return false;
    const told = document.querySelector('output')?.textContent ?? '';
    return told.startsWith(`${(Number(count) - 1).toLocaleString('en-US')} `);
  };
  const arrowsPainted = ({ least = 1 }: Sight): boolean =>
    Number(document.querySelector('[id^=ladder-arrow-]')?.ariaSetSize ?? 0) >= least;

  const frameEnd = new MessageChannel();
  let afterFrame = (): void => undefined;
  frameEnd.port1.addEventListener('message', () => afterFrame());
  frameEnd.port1.start();

  let moving = false;
  let last = 0;
  let frames: number[] = [];
  let mostRows = 0;
  let longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  });
  const frame = (now: number): void => {
    if (!moving) return;
    frames.push(now - last);
    last = now;
    mostRows = Math.max(mostRows, grid()?.querySelectorAll('[data-at]').length ?? 0);
    requestAnimationFrame(frame);
  };

  const measured: Measured = {
    callsKnownAt: null,
    inputAt: 0,
    painted: Promise.resolve(0),
    when(sight) {
      const armedAt = performance.now();
      const before: Before = { count: grid()?.ariaRowCount ?? null, sort: sortOf(sight.sorted ?? '') };
      measured.painted = new Promise((resolve, reject) => {
        const look = (): void => {
          if (performance.now() > armedAt + 60_000) {
            reject(new Error(`not seen within a minute: ${JSON.stringify(sight)}`));
            return;
          }
          const begun = measured.inputAt > armedAt;
          if (!begun || !(sight.of === 'rows' ? rowsPainted(sight, before) : arrowsPainted(sight))) {
            requestAnimationFrame(look);
            return;
          }
          // A message comes when this frame has been painted.
          afterFrame = () => resolve(performance.now() - measured.inputAt);
          frameEnd.port2.postMessage(null);
        };
        requestAnimationFrame(look);
      });
    },
    record() {
      moving = true;
      frames = [];
      longTasks = [];
      mostRows = 0;
      questions.clear();
      last = performance.now();
      observer.observe({ type: 'longtask' });
      requestAnimationFrame(frame);
    },
    recorded() {
      moving = false;
      for (const { duration } of observer.takeRecords()) longTasks.push(duration);
      observer.disconnect();
      const sorted = [...frames].sort((a, b) => a - b);
      return {
        frames: frames.length,
        p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
        longest: sorted.at(-1) ?? 0,
        longTasks,
        questions: Object.fromEntries(questions),
        mostRows,
      };
    },
  };
  globalThis.window.sipglassMeasured = measured;
}
