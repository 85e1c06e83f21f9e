import { useEffect, useState } from 'react';
import type { LiveInterface } from '../../../core/contract/live.ts';
import type { LiveShell } from '../../shell/shell.ts';
import { saidBy } from '../../state/asking.ts';

/** Milliseconds between two looks at what passes. */
const EVERY_MS = 1000;
/** Figures that are remembered of each interface, one for each look. */
export const POINTS = 60;

/** An interface, and what passed on it. */
export interface Watched extends LiveInterface {
  /** Bytes and packets in each second, the newest last; empty where the system does not tell. */
  readonly bytes: readonly number[];
  readonly packets: readonly number[];
}

interface Look {
  readonly at: number;
  readonly all: readonly Watched[];
}

/** What can be captured from, looked at while the screen is there. Null until it is known. */
export function useInterfaces(live: LiveShell): {
  readonly all: readonly Watched[] | null;
  readonly problem: string | null;
} {
  const [all, setAll] = useState<readonly Watched[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let before: Look | null = null;
    const look = async (): Promise<void> => {
      try {
        if (document.visibilityState === 'visible') {
          const found = await live.interfaces();
          if (!here) return;
          const at = performance.now();
          const watched = found.map((one) => continued(one, at, before));
          before = { at, all: watched };
          setAll(watched);
          setProblem(null);
        }
      } catch (error) {
        if (!here) return;
        setProblem(saidBy(error));
      }
      if (here) timer = setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      here = false;
      if (timer !== null) clearTimeout(timer);
    };
  }, [live]);
  return { all, problem };
}

/** An interface with what passed on it since the look before. */
export function continued(one: LiveInterface, at: number, before: Look | null): Watched {
  const known = before?.all.find(({ name }) => name === one.name);
  const then = known?.traffic ?? null;
  if (before === null || known === undefined || then === null || one.traffic === null)
    return { ...one, bytes: [], packets: [] };
  const seconds = Math.max(0.001, (at - before.at) / 1000);
  // Counters begin anew where a driver was loaded again.
  const rate = (now: number, was: number): number => Math.max(0, (now - was) / seconds);
  return {
    ...one,
    bytes: [...known.bytes, rate(one.traffic.bytes, then.bytes)].slice(-POINTS),
    packets: [...known.packets, rate(one.traffic.packets, then.packets)].slice(-POINTS),
  };
}
