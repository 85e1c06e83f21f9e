// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallPage, Progress } from '../../../core/contract/api.ts';
import type { LiveState } from '../../../core/contract/live.ts';
import type { CallRow } from '../../../core/contract/model.ts';
import { serve, type Handlers } from '../../../core/contract/channel.ts';
import { memoryPair } from '../../../core/contract/pipe.ts';
import { CaptureHost } from '../../../core/host/handlers.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { attach, detach, useCapture } from '../../../renderer/state/capture.ts';
import { anchorOf, useAppeared } from '../../../renderer/state/following.ts';
import { followLive, pause, stopLive, useLive } from '../../../renderer/state/live.ts';
import { rowAt } from '../../../renderer/state/long-list.ts';
import { followCalls, showRows, useCallPages } from '../../../renderer/state/pages.ts';
import { followRereads } from '../../../renderer/state/rereads.ts';
import { useView } from '../../../renderer/state/view.ts';

/** A list of calls that grows while it is looked at: what is on the screen stays where it is, whatever comes in above. */

const running: LiveState = {
  backend: 'dumpcap',
  name: 'lo',
  state: 'running',
  packets: 0,
  dropped: null,
  bytesWritten: 0,
  bytesKept: 0,
  files: [],
  notes: [],
  problem: null,
  commands: [],
  began: '2026-11-23T12:00:00.000Z',
  bpf: '',
  limits: { bytes: 2e9, calls: 100_000 },
  hepTo: null,
  saved: false,
};

followRereads();
followLive();

/** A host with so many calls, numbered from 1 and called `c<first + number>`. */
class Growing {
  calls = 0;
  /** Calls that were dropped when the index was made anew. */
  dropped = 0;
  state: LiveState = running;
  private emit: ReturnType<typeof serve> | null = null;

  private row(id: number): CallRow {
    return { id, callId: `c${id + this.dropped}` } as CallRow;
  }

  private at({ sort }: Pick<CallPage, 'sort'>, place: number): number {
    return sort?.descending === true ? this.calls - place : place + 1;
  }

  attach(id: number): void {
    const [ours, theirs] = memoryPair();
    const handlers: Handlers = {
      ...new CaptureHost().handlers,
      opened: () => ({ formats: ['pcapng'], names: ['lo'] }),
      progress: () => this.progress(),
      // Packets come until it is stopped, which is not waited for here.
      done: () => new Promise(Boolean),
      liveState: () => this.state,
      liveStop: () => {
        this.state = { ...this.state, state: 'stopped' };
        return this.state;
      },
      calls: (page) => {
        const count = Math.max(0, Math.min(page.count, this.calls - page.from));
        return {
          rows: Array.from({ length: count }, (_, index) => this.row(this.at(page, page.from + index))),
          total: this.calls,
        };
      },
      callPosition: ({ call, sort }) => {
        const number = typeof call === 'number' ? call : Number(call.slice(1)) - this.dropped;
        if (number < 1 || number > this.calls) return { at: null };
        return { at: sort?.descending === true ? this.calls - number : number - 1 };
      },
    };
    this.emit = serve(theirs, handlers);
    attach({ id, names: ['lo'], pipe: ours });
    followCalls();
  }

  private progress(): Progress {
    const { calls } = this;
    return {
      packets: calls,
      messages: calls,
      calls,
      bytesRead: 1,
      bytesTotal: null,
      start: '0',
      end: '1',
      done: false,
    };
  }

  grow(by: number): void {
    this.calls += by;
    this.emit?.('progress', this.progress());
  }

  /** The oldest go: all numbers change. */
  shorten(by: number): void {
    this.calls -= by;
    this.dropped += by;
    this.emit?.('reread', { generation: 1 });
  }
}

let host = new Growing();
let id = 0;

beforeEach(async () => {
  host = new Growing();
  host.calls = 400;
  host.attach(++id);
  await until(() => useLive.getState().state !== null && useCallPages.getState().total === 400);
});

afterEach(() => {
  detach();
  useCalls.setState({ sort: { by: 'start', descending: false }, cursor: null, ticked: [] });
  useView.setState({ screen: 'calls' });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds())
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
}

function first(from: number): string | undefined {
  return rowAt(useCallPages.getState().pages, from)?.callId;
}

test('packets are not waited for: the capture is there to be worked with, though it has no end yet', () => {
  expect(useCapture.getState()).toMatchObject({ phase: 'ready', live: true });
});

test('new calls on top move the list along, by as many rows, and the cursor is on the same call', async () => {
  useCalls.setState({ sort: { by: 'start', descending: true } });
  await until(() => !useCallPages.getState().waiting && first(0) === 'c400');
  useLive.setState({ follows: false });
  showRows(50, 60);
  useCalls.setState({ cursor: 345 });
  await until(() => useCallPages.getState().cursorAt === 55);
  const { shift } = useCallPages.getState();
  host.grow(7);
  await until(() => useCallPages.getState().shift !== shift);
  expect(useCallPages.getState().shift.rows).toBe(7);
  expect(first(57)).toBe('c350');
  expect(useCallPages.getState()).toMatchObject({ cursorAt: 62, total: 407 });
  expect(useCalls.getState().cursor).toBe(345);
});

test('new calls at the end move nothing', async () => {
  useLive.setState({ follows: false });
  showRows(50, 60);
  const { shift, reveals, jumps } = useCallPages.getState();
  host.grow(5);
  await until(() => useCallPages.getState().total === 405);
  expect(useCallPages.getState()).toMatchObject({ shift, reveals, jumps });
});

test('a list that goes along is held by no row, one that was left is', () => {
  const { pages } = useCallPages.getState();
  expect(anchorOf(pages, { from: 50, to: 60 })).toBeNull();
  useLive.setState({ follows: false });
  expect(anchorOf(pages, { from: 50, to: 60 })).toEqual({ at: 50, id: 51, callId: 'c51' });
  useLive.setState({ follows: true });
  pause(true);
  expect(anchorOf(pages, { from: 50, to: 60 })).toMatchObject({ at: 50 });
});

test('calls are new for a moment', async () => {
  // Those that are there are not.
  host.grow(0);
  await until(() => useAppeared.getState().upTo === 400);
  host.grow(3);
  await until(() => useCallPages.getState().total === 403);
  expect(useAppeared.getState().upTo).toBe(400);
  await until(() => useAppeared.getState().upTo === 403);
});

test('paused, nothing changes; then all of it does', async () => {
  pause(true);
  host.grow(10);
  await until(() => useCapture.getState().progress?.calls === 410);
  await new Promise((resolve) => {
    setTimeout(resolve, 150);
  });
  expect(useCallPages.getState().total).toBe(400);
  pause(false);
  await until(() => useCallPages.getState().total === 410);
});

test('when the oldest calls are dropped, the same rows stay on the screen, and the cursor on its call', async () => {
  useLive.setState({ follows: false });
  showRows(250, 260);
  useCalls.setState({ cursor: 256 });
  await until(() => useCallPages.getState().cursorAt === 255 && first(250) !== undefined);
  expect(first(250)).toBe('c251');
  const { shift } = useCallPages.getState();
  host.shorten(200);
  await until(() => useCallPages.getState().shift !== shift);
  expect(useCallPages.getState().shift.rows).toBe(-200);
  expect(first(50)).toBe('c251');
  await until(() => useCalls.getState().cursor === 56);
  expect(useCallPages.getState()).toMatchObject({ cursorAt: 55, total: 200 });
});

test('it is stopped at once, and no longer waited for', async () => {
  pause(true);
  await stopLive();
  expect(useLive.getState()).toMatchObject({ stopping: false, paused: false, state: { state: 'stopped' } });
});
