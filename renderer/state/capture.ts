import { create } from 'zustand';
import type { Progress } from '../../core/contract/api.ts';
import { connect, type Client } from '../../core/contract/channel.ts';
import type { Stats } from '../../core/contract/model.ts';
import type { ShellCapture } from '../shell/shell.ts';

/** Where the capture of this window stands. `gone`: its host ended; what was shown stays to be read until it is opened again. */
export type CapturePhase = 'none' | 'opening' | 'reading' | 'ready' | 'failed' | 'gone';

export interface CaptureState {
  readonly phase: CapturePhase;
  readonly id: number;
  readonly names: readonly string[];
  readonly client: Client | null;
  readonly progress: Progress | null;
  readonly warnings: readonly string[];
  /** Packets in which calls may be missing, by reason; known once all was read. */
  readonly unread: Stats['ledger'];
  /** Why it failed or went, one sentence. */
  readonly problem: string | null;
  /** From the beginning until all was read, as this page saw it; null where it did not see it all. */
  readonly readMs: number | null;
  /** Something was asked for that has not come yet: an upload, a file that is looked for. */
  readonly awaited: boolean;
  /** Grows with each report of progress: what was asked before may have changed. */
  readonly revision: number;
}

const none: CaptureState = {
  phase: 'none',
  id: 0,
  names: [],
  client: null,
  progress: null,
  warnings: [],
  unread: [],
  problem: null,
  readMs: null,
  awaited: false,
  revision: 0,
};

export const useCapture = create<CaptureState>()(() => none);

/** A capture came to this window: the one before is let go. */
export function attach(capture: ShellCapture): void {
  const before = useCapture.getState().client;
  before?.close();
  const client = connect(capture.pipe);
  const { id, names } = capture;
  useCapture.setState({ ...none, phase: 'opening', id, names, client });
  const mine = (): boolean => useCapture.getState().id === id;
  client.on('progress', (progress) => {
    if (mine()) tell(progress);
  });
  client.on('warning', ({ text }) => {
    if (mine() && useCapture.getState().warnings.length < WARNINGS)
      useCapture.setState(({ warnings }) => ({ warnings: [...warnings, text] }));
  });
  client.on('reread', () => {
    if (mine()) void readAgain(client, mine);
  });
  void follow(client, mine);
}

/**
 * Keys came late, or other ones were typed: calls, rows and streams have other numbers from now on. A client of its own
 * is how everybody who asks knows that, as with another capture.
 */
async function readAgain(client: Client, mine: () => boolean): Promise<void> {
  useCapture.setState(({ revision }) => ({ client: { ...client }, revision: revision + 1 }));
  try {
    const progress = await client.ask('done', {});
    if (mine()) tell(progress);
  } catch (error) {
    if (mine() && useCapture.getState().phase !== 'gone')
      useCapture.setState({ phase: 'failed', problem: error instanceof Error ? error.message : String(error) });
    return;
  }
  // What could not be read is something else with other keys.
  await summarise(client, mine);
}

/** Warnings kept; `stats` has them all. */
const WARNINGS = 200;

async function follow(client: Client, mine: () => boolean): Promise<void> {
  const began = performance.now();
  try {
    await client.ask('opened', {});
    const first = await client.ask('progress', {});
    if (mine()) tell(first);
    const progress = await client.ask('done', {});
    if (!mine()) return;
    // Who comes to a capture that was read before does not know how long that took.
    if (!first.done) useCapture.setState({ readMs: performance.now() - began });
    tell(progress);
    void summarise(client, mine);
  } catch (error) {
    // A host that is gone is told of by `gone`, with what is known of the reason.
    if (mine() && useCapture.getState().phase !== 'gone')
      useCapture.setState({ phase: 'failed', problem: error instanceof Error ? error.message : String(error) });
  }
}

/** What could not be read, which is known at the end. That this fails is a warning more, not the end of the capture. */
async function summarise(client: Client, mine: () => boolean): Promise<void> {
  try {
    const { warnings, ledger } = await client.ask('stats', { of: 'capture' });
    if (!mine()) return;
    useCapture.setState({ warnings: warnings.slice(0, WARNINGS), unread: ledger.filter(({ lost }) => lost) });
  } catch (error) {
    if (!mine() || useCapture.getState().phase === 'gone') return;
    const text = `What was not read could not be counted: ${error instanceof Error ? error.message : String(error)}`;
    useCapture.setState(({ warnings }) => ({ warnings: [...warnings, text] }));
  }
}

function tell(progress: Progress): void {
  useCapture.setState(({ revision, phase }) => ({
    progress,
    phase: phase === 'gone' ? phase : progress.done ? 'ready' : 'reading',
    revision: revision + 1,
  }));
}

/** The host of capture `id` ended. */
export function gone(id: number, text: string): void {
  if (useCapture.getState().id === id) useCapture.setState({ phase: 'gone', problem: text });
}

/** Opening did not come to a capture. One that is on the screen stays there. */
export function failed(problem: string): void {
  useCapture.getState().client?.close();
  useCapture.setState({ ...none, phase: 'failed', problem });
}

/** Back to the welcome screen. */
export function detach(): void {
  useCapture.getState().client?.close();
  useCapture.setState(none);
}
