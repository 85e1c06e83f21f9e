import { create } from 'zustand';
import type { Client } from '../../core/contract/channel.ts';
import type { LiveState } from '../../core/contract/live.ts';
import { isCancelled, saidBy } from './asking.ts';
import { useCapture } from './capture.ts';
import { notify, useView } from './view.ts';

/** Milliseconds between two looks at how a live capture goes. */
const EVERY_MS = 500;
/** Seconds of traffic that are remembered, one figure each. */
export const SECONDS = 60;

/** The live capture of this window, and how it is looked at. */
export interface LiveView {
  /** How it goes; null where the capture of this window is none. */
  readonly state: LiveState | null;
  /** Packets in each of the last seconds, the newest last. */
  readonly rates: readonly number[];
  /** Nothing on the screen changes until it is looked at again; packets are captured all the same. */
  readonly paused: boolean;
  /** The list of calls goes along with the newest ones. */
  readonly follows: boolean;
  /** It was begun here, and nothing came of it yet: its first packets are shown at once. */
  readonly begun: boolean;
  /** Grows while packets come and the view is not paused: what was asked before may have another answer. */
  readonly beat: number;
  /** As `beat`, but every two seconds at most: for what takes a look at all of the capture. */
  readonly step: number;
  /** Its end was asked for, and is being waited for. */
  readonly stopping: boolean;
}

const none: LiveView = {
  state: null,
  rates: [],
  paused: false,
  follows: true,
  begun: false,
  beat: 0,
  step: 0,
  stopping: false,
};

export const useLive = create<LiveView>()(() => none);

/** Whether packets are still coming. */
export function isRunning({ state }: Pick<LiveView, 'state'>): boolean {
  return state !== null && (state.state === 'starting' || state.state === 'running');
}

/** Milliseconds between two steps. */
const STEP_MS = 2000;
let stepping: ReturnType<typeof setTimeout> | null = null;

/** Changes as a live capture grows, every two seconds at most; stays the same for what is read from files. */
export function useStep(): number {
  return useLive(({ step }) => step);
}

let watched = 0;

/** From now on: how a live capture of this window goes is looked at until it is over. */
export function followLive(): void {
  useLive.subscribe(({ paused }, before) => {
    if (before.paused && !paused) beat();
  });
  useCapture.subscribe(({ client, id, progress, phase, revision }, before) => {
    if (id === before.id && revision !== before.revision) beat();
    if (id !== before.id) useLive.setState({ ...none, begun: useLive.getState().begun && id !== 0 });
    if (phase === 'gone' && before.phase !== 'gone') over();
    if (phase === 'failed' && before.phase !== 'failed') useLive.setState({ begun: false });
    // Before the first progress the host does not know yet.
    if (progress === null || client === null || watched === id) return;
    watched = id;
    void watch(client, id);
  });
}

function beat(): void {
  const { state, paused, beat: last } = useLive.getState();
  if (state === null || paused) return;
  useLive.setState({ beat: last + 1 });
  stepping ??= setTimeout(() => {
    stepping = null;
    if (!useLive.getState().paused) useLive.setState(({ step }) => ({ step: step + 1 }));
  }, STEP_MS);
}

/** The host is gone, and with it what captured for it. */
function over(): void {
  const { state } = useLive.getState();
  if (state !== null && isRunning({ state })) useLive.setState({ state: { ...state, state: 'failed' } });
}

async function watch(client: Client, id: number): Promise<void> {
  const mine = (): boolean => useCapture.getState().id === id && useCapture.getState().phase !== 'gone';
  const counted: Counted[] = [];
  try {
    for (;;) {
      const state = await client.ask('liveState', {});
      if (!mine() || state === null) return;
      counted.push({ at: performance.now(), packets: state.packets });
      take(state, ratesOf(counted));
      if (!isRunning({ state })) return;
      await new Promise((resolve) => {
        setTimeout(resolve, EVERY_MS);
      });
      if (!mine()) return;
    }
  } catch (error) {
    // A host that is gone is told of by itself.
    if (mine() && !isCancelled(error)) notify(saidBy(error), true);
  }
}

function take(state: LiveState, rates: readonly number[]): void {
  const { begun } = useLive.getState();
  // Who began it wants to see the calls; what refused to begin is read where it was tried.
  const arrived = begun && state.state === 'running';
  if (arrived && useView.getState().screen === 'live') useView.setState({ screen: 'calls', ladderOnly: false });
  useLive.setState({ state, rates, ...(begun && state.state !== 'starting' ? { begun: false } : {}) });
  if (!isRunning({ state })) useLive.setState({ stopping: false, paused: false });
}

interface Counted {
  /** Milliseconds. */
  readonly at: number;
  readonly packets: number;
}

/** Packets in each second, from counts that were taken now and then; what is too old to matter is forgotten. */
export function ratesOf(counted: Counted[]): readonly number[] {
  const last = counted.at(-1);
  if (last === undefined) return [];
  while ((counted[1]?.at ?? last.at) < last.at - SECONDS * 1000) counted.shift();
  const rates: number[] = [];
  const first = counted[0]?.at ?? last.at;
  let { packets: later } = last;
  for (let at = last.at - 1000; rates.length < SECONDS && at >= first; at -= 1000) {
    const then = countAt(counted, at);
    rates.push(Math.max(0, Math.round(later - then)));
    later = then;
  }
  return rates.toReversed();
}

/** Packets at a moment, between the counts before and after it. */
function countAt(counted: readonly Counted[], at: number): number {
  const after = counted.findIndex((one) => one.at >= at);
  const b = counted[after] ?? counted.at(-1);
  const a = counted[after - 1] ?? b;
  if (a === undefined || b === undefined) return 0;
  return b.at === a.at ? b.packets : a.packets + ((b.packets - a.packets) * (at - a.at)) / (b.at - a.at);
}

/** What is on the screen stays as it is, or goes along again. */
export function pause(paused: boolean): void {
  useLive.setState({ paused });
}

/** Ends the capture; what was captured stays open. */
export async function stopLive(): Promise<void> {
  const { client, id } = useCapture.getState();
  if (client === null || !isRunning(useLive.getState())) return;
  useLive.setState({ stopping: true });
  try {
    const state = await client.ask('liveStop', {});
    if (useCapture.getState().id === id && state !== null) useLive.setState({ state, paused: false });
  } catch (error) {
    if (!isCancelled(error)) notify(saidBy(error), true);
  } finally {
    if (useCapture.getState().id === id) useLive.setState({ stopping: false });
  }
}
