import type { Packet, Transport } from '../decode/packet.ts';
import type { SipHead } from '../decode/sip-head.ts';
import { Calls } from './calls.ts';
import type { Coverage } from './coverage.ts';
import { hopsOf } from './paths/hops.ts';
import { Messages } from './messages.ts';
import { EarlyStates } from './verdict/early-states.ts';
import { Progress } from './verdict/progress.ts';
import { noQuotes, type Quotes } from './verdict/quotes.ts';
import { Registrations } from './registrations.ts';
import { Retransmissions } from './retransmissions.ts';
import { Sighting } from './sighting.ts';
import { judge, methodOf } from './verdict/state.ts';
import type { Tables } from './tables.ts';
import { Totals } from './totals.ts';
import { Transactions } from './transactions.ts';
import { Verdict, type State } from './verdict/verdict.ts';
import { why } from './verdict/why.ts';

/** Messages, one after the other. */
export interface Sightings {
  /** `seen` becomes the next one; what it says is only valid until the one behind it. */
  next(seen: Sighting): void;
}

/** The one that a Sighting holds already. */
const atHand: Sightings = { next: () => undefined };

/** All questions about the messages of a session. What they know can be asked at any time. */
export class Analysis implements Tables {
  readonly messages: Messages;
  readonly retransmissions: Retransmissions;
  readonly transactions: Transactions;
  readonly registrations: Registrations;
  readonly calls: Calls;
  readonly totals: Totals;
  /** Time of the last packet of the capture, SIP or not: whoever drives the session moves it on. States are as of then. */
  now = -0;
  /** With several inputs, what each of them covers: then a call is judged as of the end of those that show it. */
  coverage: Coverage | null = null;

  private readonly progress: Progress;
  private readonly early: EarlyStates;
  private readonly verdict = new Verdict();
  private readonly sighting = new Sighting();

  /**
   * @param keep see Messages.
   * @param waiting see EarlyStates.
   */
  constructor(keep: (bytes: Uint8Array) => number, waiting?: number) {
    this.messages = new Messages(keep);
    this.transactions = new Transactions(this.messages);
    this.retransmissions = new Retransmissions(this.messages, this.transactions);
    this.registrations = new Registrations(this.transactions);
    this.calls = new Calls(this.messages, this.transactions);
    this.progress = new Progress(this.messages, this.transactions);
    this.totals = new Totals(this.messages);
    this.early = new EarlyStates(this, waiting);
  }

  /** Takes in the message in `packet.bytes[at, end)` that `head` has read; returns its row. */
  add(packet: Packet, head: SipHead, at: number, end: number, transport: Transport): number {
    this.sighting.see(packet, head, at, end, transport);
    return this.take(this.sighting);
  }

  /** The same for a message that was seen elsewhere. */
  take(seen: Sighting): number {
    this.takeAll(atHand, 1, seen, () => undefined);
    return this.messages.count - 1;
  }

  /**
   * Takes in `count` messages that `source` tells of, each in `seen`; `described` is called with those that bring a
   * description somebody wants. Each question takes each row once, in capture order, behind those before it in the list:
   * a new question is a file and a line here.
   */
  takeAll(source: Sightings, count: number, seen: Sighting, described: (row: number, seen: Sighting) => void): void {
    const { messages, transactions, retransmissions, progress, registrations, calls, totals, early } = this;
    for (let number = 0; number < count; number++) {
      source.next(seen);
      const row = messages.add(seen);
      if (seen.time > this.now) this.now = seen.time;
      transactions.message(row, seen);
      retransmissions.message(row, seen);
      progress.message(row, seen);
      registrations.message(row, seen);
      calls.message(row, seen);
      totals.message(row, seen);
      early.message(row, seen);
      if (seen.sdpAt !== 0) described(row, seen);
    }
  }

  finish(endTime: number): void {
    if (endTime > this.now) this.now = endTime;
  }

  /** What became of a call (1 to `calls.count`) as of `now` (or see `coverage`). The same object each time. */
  judge(call: number): Verdict {
    const end = this.coverage?.endFor(this, call) ?? this.now;
    judge(this, call, Math.min(this.now, Number.isFinite(end) ? end : this.now), this.verdict);
    return this.verdict;
  }

  /** The state alone, which of most calls that are over is known already. */
  stateOf(call: number): State {
    return this.early.of(call) ?? this.judge(call).state;
  }

  /** What `judge` said in words, one line; with words of the capture where `quotes` brings them. */
  why(verdict: Verdict, quotes: Quotes = noQuotes): string {
    return why(this, verdict, quotes);
  }

  /** Number in `messages.methods` of the request that began a call, 0 where nothing tells. */
  methodOf(call: number): number {
    return methodOf(this, call);
  }

  /** Hops that the deciding request of a call took along its longest way, 255 at most. */
  hopsOf(call: number): number {
    return hopsOf(this, call);
  }

  /** Bytes held by the analyses, the messages not included. */
  get bytes(): number {
    return this.transactions.bytes + this.registrations.bytes;
  }
}
