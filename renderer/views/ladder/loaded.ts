import { useEffect, useMemo, useReducer } from 'react';
import { ContractError } from '../../../core/contract/api.ts';
import type { Client } from '../../../core/contract/channel.ts';
import type { LadderItem } from '../../../core/contract/ladder.ts';
import { useCapture } from '../../state/capture.ts';
import { notify } from '../../state/view.ts';
import { sentenceOf } from '../message/answer.ts';
import type { Shown } from './scene.ts';

/** Items that are asked for beyond those that are needed now. */
const AHEAD = 100;

/** One item and its place in the ladder. */
export interface Placed {
  readonly at: number;
  readonly item: LadderItem;
}

/** The items at places `[from, to)` that are there; those that are not are asked for, and the component is drawn again when they have come. */
export function useLoaded(shown: Shown, from: number, to: number): readonly Placed[] {
  const client = useCapture((state) => state.client);
  const [, arrived] = useReducer((count: number) => count + 1, 0);
  const loader = useMemo(() => (client === null ? null : new Loader(client, shown, arrived)), [client, shown]);
  useEffect(() => () => loader?.stop(), [loader]);
  useEffect(() => loader?.want(from, to), [loader, from, to]);

  const { items } = shown;
  const placed: Placed[] = [];
  for (let at = Math.max(from, 0); at < Math.min(to, items.count); at++) {
    const item = items.get(at);
    if (item !== undefined) placed.push({ at, item });
  }
  return placed;
}

/** Asks for items, one question at a time: while one is on its way, only what is wanted last waits. */
class Loader {
  private readonly client: Client;
  private readonly shown: Shown;
  private readonly arrived: () => void;
  private abort = new AbortController();
  private from = 0;
  private to = 0;
  private busy = false;

  constructor(client: Client, shown: Shown, arrived: () => void) {
    this.client = client;
    this.shown = shown;
    this.arrived = arrived;
  }

  want(from: number, to: number): void {
    this.from = from;
    this.to = to;
    if (!this.busy) void this.run();
  }

  stop(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.busy = false;
  }

  private async run(): Promise<void> {
    const { signal } = this.abort;
    const { items, query } = this.shown;
    this.busy = true;
    try {
      for (let part = this.next(); part !== null; part = this.next()) {
        const answer = await this.client.ask('ladderItems', { ...query, part }, { signal });
        items.put(part.from, answer.items);
        // Fewer than promised: asking again would not end.
        if (answer.items.length < part.count) break;
        this.arrived();
      }
    } catch (error) {
      if (signal.aborted || (error instanceof ContractError && error.code === 'cancelled')) return;
      notify(sentenceOf(error), true);
    } finally {
      if (!signal.aborted) this.busy = false;
    }
  }

  private next(): ReturnType<Shown['items']['missing']> {
    const { items } = this.shown;
    return items.missing(this.from, this.to) === null ? null : items.missing(this.from - AHEAD, this.to + AHEAD);
  }
}
