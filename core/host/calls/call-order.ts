import { utf8 } from '../../bytes/text.ts';
import { ContractError, type CallList, type CallSort, type CallSortName } from '../../contract/api.ts';
import { callKeys } from './call-keys.ts';
import { judgeAll, type Judgements } from './judgements.ts';
import { Kept } from '../kept.ts';
import type { OpenCapture } from '../open-capture.ts';
import { pickCalls } from './picking.ts';
import { sortedOrder } from './sorted-order.ts';

/** Selections, columns of keys, and orders that are kept: the ones asked for last. At a million calls, one takes 4, 8 and 4 MB. */
const KEPT_SELECTIONS = 6;
const KEPT_KEYS = 6;
const KEPT_ORDERS = 8;

/** Some calls in an order. */
export interface OrderedCalls {
  readonly length: number;
  /** The numbers of those from `from` on, `count` of them as far as there are so many. */
  part(from: number, count: number): Uint32Array;
  /** Where a call stands, from 0; -1 where it is not among them. */
  positionOf(call: number): number;
}

/** Answers which calls stand where in a list; what was asked for last is kept. */
export class CallOrders {
  private readonly open: OpenCapture;
  private readonly judgements: Kept<Judgements>;
  private readonly selections = new Map<string, Kept<Uint32Array>>();
  private readonly keys = new Map<string, Kept<Float64Array>>();
  private readonly orders = new Map<string, Kept<Uint32Array>>();

  constructor(open: OpenCapture) {
    this.open = open;
    this.judgements = new Kept(open.session, (signal) => judgeAll(open.session, signal));
  }

  /** What became of all calls, as of now or shortly before. */
  judged(signal: AbortSignal): Promise<Judgements> {
    return this.judgements.get(signal);
  }

  /**
   * Works out ahead what the first sort or filter would have to wait for: what became of all calls, and the order of the
   * parties, for which every call's first message is read. Lets others have their turn.
   */
  async warm(signal: AbortSignal): Promise<void> {
    await this.judgements.get(signal);
    await this.keysFor('from', signal);
    await this.keysFor('to', signal);
  }

  /** Rejects with a ContractError: `filter`, `bad-request` for what calls can't be sorted by, `cancelled`. */
  async ordered({ filter, method, sort }: CallList, signal: AbortSignal): Promise<OrderedCalls> {
    if (sort === undefined) {
      if (filter === undefined && method === undefined) return new AllCalls(this.open.session.analysis.calls.count);
      return new ListedCalls(await this.selection(filter, method, signal));
    }
    const key = JSON.stringify([filter, method, sort.by, sort.descending]);
    const order = this.kept(this.orders, key, KEPT_ORDERS, (own) => this.sorted(filter, method, sort, own));
    return new ListedCalls(await order.get(signal));
  }

  private async sorted(
    filter: string | undefined,
    method: string | undefined,
    { by, descending }: CallSort,
    signal: AbortSignal,
  ): Promise<Uint32Array> {
    const keys = await this.keysFor(by, signal);
    return sortedOrder(await this.selection(filter, method, signal), keys, descending);
  }

  private keysFor(by: CallSortName, signal: AbortSignal): Promise<Float64Array> {
    const source = { session: this.open.session, judgements: (own: AbortSignal) => this.judgements.get(own) };
    return this.kept(this.keys, by, KEPT_KEYS, (own) => callKeys(source, by, own)).get(signal);
  }

  private selection(filter: string | undefined, method: string | undefined, signal: AbortSignal): Promise<Uint32Array> {
    const key = JSON.stringify([filter, method]);
    return this.kept(this.selections, key, KEPT_SELECTIONS, (own) => pickCalls(this.open, filter, method, own)).get(
      signal,
    );
  }

  /** The one with this key, which becomes the last to be forgotten. */
  private kept<T>(
    all: Map<string, Kept<T>>,
    key: string,
    most: number,
    make: (signal: AbortSignal) => Promise<T>,
  ): Kept<T> {
    const found = all.get(key) ?? new Kept(this.open.session, make);
    all.delete(key);
    all.set(key, found);
    for (const oldest of all.keys()) {
      if (all.size <= most) break;
      all.delete(oldest);
    }
    return found;
  }
}

/** All calls by their numbers: no list is made. */
class AllCalls implements OrderedCalls {
  readonly length: number;

  constructor(count: number) {
    this.length = count;
  }

  part(from: number, count: number): Uint32Array {
    return Uint32Array.from(
      { length: Math.max(0, Math.min(count, this.length - from)) },
      (_, index) => from + index + 1,
    );
  }

  positionOf(call: number): number {
    return call >= 1 && call <= this.length ? call - 1 : -1;
  }
}

class ListedCalls implements OrderedCalls {
  private readonly calls: Uint32Array;

  constructor(calls: Uint32Array) {
    this.calls = calls;
  }

  get length(): number {
    return this.calls.length;
  }

  part(from: number, count: number): Uint32Array {
    return this.calls.subarray(from, from + count);
  }

  positionOf(call: number): number {
    return this.calls.indexOf(call);
  }
}

/** Where a call stands in a list. Rejects with a ContractError `bad-request` for what is no number of a call, and as `ordered` does. */
export async function callPosition(
  open: OpenCapture,
  list: CallList & { readonly call: number | string },
  signal: AbortSignal,
): Promise<{ readonly at: number | null }> {
  const call = typeof list.call === 'number' ? list.call : open.session.analysis.messages.callIds.find(utf8(list.call));
  if (!Number.isInteger(call)) throw new ContractError('bad-request', 'calls have whole numbers');
  if (call < 1) return { at: null };
  const at = (await open.orders.ordered(list, signal)).positionOf(call);
  return { at: at < 0 ? null : at };
}
