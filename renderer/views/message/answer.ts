import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { ContractError } from '../../../core/contract/api.ts';
import type { Client } from '../../../core/contract/channel.ts';
import { useCapture } from '../../state/capture.ts';

/** What the host answered to a question that a screen asks again whenever what it is about changes. */
export interface Answer<Value> {
  /** The last answer; stays while the next one is on its way. Null before the first, and where nothing is asked. */
  readonly value: Value | null;
  /** The key of the question that `value` answers. */
  readonly of: string | null;
  /** Why the question in force has no answer, one sentence. */
  readonly problem: string | null;
}

interface Known<Value> extends Answer<Value> {
  readonly client: Client | null;
}

const nothing = { value: null, of: null, problem: null, client: null } as const;

/** Milliseconds that a question has before a newer one cancels it: shorter ones are heard out, so that quick changes are followed. */
const PATIENCE = 250;

/**
 * Asks the host of the capture in this window, again whenever `key` changes. `key` says all that the question depends on;
 * null asks nothing. One question is asked at a time, at a distance of at least `spacing` milliseconds from the one
 * before: of a quick run of changes the first, some on the way, and the last. A newer one cancels one that takes long.
 */
export function useAnswer<Value>(
  key: string | null,
  ask: (client: Client, signal: AbortSignal) => Promise<Value>,
  spacing = 0,
): Answer<Value> {
  const client = useCapture((state) => state.client);
  const [answer, setAnswer] = useState<Known<Value>>(nothing);
  const asker = useRef<Asker | null>(null);
  const wanted = useRef<string | null>(null);
  const run = useEffectEvent(async (of: Client, question: string, signal: AbortSignal): Promise<void> => {
    try {
      const value = await ask(of, signal);
      if (!signal.aborted) setAnswer({ value, of: question, problem: null, client: of });
    } catch (error) {
      if (signal.aborted || (error instanceof ContractError && error.code === 'cancelled')) return;
      setAnswer({ value: null, of: question, problem: sentenceOf(error), client: of });
    }
  });

  useEffect(() => {
    wanted.current = key;
    asker.current?.want(key);
  }, [key]);
  useEffect(() => {
    if (client === null) return undefined;
    const mine = new Asker((question, signal) => run(client, question, signal), spacing);
    asker.current = mine;
    mine.want(wanted.current);
    return () => {
      mine.stop();
      asker.current = null;
    };
  }, [client, spacing]);

  // What another capture answered is no answer here.
  return key === null || answer.client !== client ? nothing : answer;
}

/** Asks for what is wanted last, one question at a time. */
class Asker {
  private readonly question: (key: string, signal: AbortSignal) => Promise<void>;
  private readonly spacing: number;
  private wanted: string | null = null;
  /** The key that was asked for last. */
  private asked: string | null = null;
  private askedAt = -Infinity;
  private running: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(question: (key: string, signal: AbortSignal) => Promise<void>, spacing: number) {
    this.question = question;
    this.spacing = spacing;
  }

  want(key: string | null): void {
    this.wanted = key;
    if (key === null) this.stop();
    else this.next();
  }

  stop(): void {
    this.asked = null;
    this.running?.abort();
    this.running = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private next(): void {
    const { wanted, running } = this;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (wanted === null || wanted === this.asked) return;
    const wait = this.askedAt + (running === null ? this.spacing : PATIENCE) - performance.now();
    if (wait > 0) {
      this.timer = setTimeout(() => this.next(), wait);
      return;
    }
    running?.abort();
    void this.ask(wanted);
  }

  private async ask(key: string): Promise<void> {
    const abort = new AbortController();
    this.running = abort;
    this.asked = key;
    this.askedAt = performance.now();
    await this.question(key, abort.signal);
    if (this.running !== abort) return;
    this.running = null;
    this.next();
  }
}

/** An error in a sentence; of a bug of ours, which comes with where it happened, the first line. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
