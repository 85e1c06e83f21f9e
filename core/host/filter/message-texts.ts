import type { Messages } from '../../analysis/messages.ts';
import { SipHead } from '../../decode/sip-head.ts';
import type { BytesTest, Cancel, Derivation, Needle, TextColumn } from '../../filter/index.ts';
import { DerivedColumn } from './derived.ts';
import type { LookBack } from '../reading/look-back.ts';
import { RowSearches, type RowSearch } from './row-search.ts';
import { RowSpans } from './row-spans.ts';

/** Messages between two looks at whether somebody still waits. */
const PAUSE_EVERY = 4096;
const TRIAL = 1 << 15;

/** What a session has read. */
interface Read {
  readonly analysis: { readonly messages: Messages };
  readonly lookBack: LookBack;
}

/**
 * What filters want of messages that no column holds: it is read out of their bytes. Where it is known that what matches
 * holds a certain text, the capture is searched for that, and only messages that hold it are read.
 */
export class MessageTexts {
  private readonly messages: Messages;
  private readonly lookBack: LookBack;
  private readonly trial: number;
  private readonly derived = new Map<string, DerivedColumn>();
  /** Parts that were asked for, but of some messages only. */
  private readonly open = new Map<string, Derivation>();
  /** Of a question that was answered: room is made once. */
  private free: RowSearches | null = null;

  /** @param trial messages after which it is seen whether a search spares reading most of them */
  constructor({ analysis, lookBack }: Read, trial = TRIAL) {
    this.messages = analysis.messages;
    this.lookBack = lookBack;
    this.trial = trial;
  }

  /** See FilterSource. Columns of all messages are kept. */
  async derive(
    parts: readonly Derivation[],
    cancel: Cancel,
    needles: readonly (readonly Needle[] | null)[] = [],
  ): Promise<readonly TextColumn[]> {
    const searches = this.searches();
    try {
      const passes = parts.map((part, index) => this.pass(part, needles[index] ?? null, searches));
      const behind = [...new Map(passes.map((pass) => [pass.column, pass])).values()].filter(
        ({ column: { filled } }) => filled < this.messages.count,
      );
      if (await this.fill(behind, searches.room, cancel)) return passes.map(({ column: made }) => made);
    } finally {
      this.free = searches;
    }
    // What stands in most messages spares nothing, and a column of all of them is kept.
    return this.derive(parts, cancel);
  }

  /** Whether a column that was asked for is not known as a whole yet. */
  get unfinished(): boolean {
    return this.open.size > 0;
  }

  /** Fills the columns that were asked for: whoever asks about the same part of messages again need not wait. */
  async finish(cancel: Cancel): Promise<void> {
    for (const [key, part] of this.open) {
      await this.derive([part], cancel);
      if (cancel.aborted) return;
      this.open.delete(key);
    }
  }

  /** For a question of its own. */
  private searches(): RowSearches {
    const found = this.free ?? new RowSearches();
    this.free = null;
    found.clear();
    return found;
  }

  /** A column of all messages, where it is known or wanted; else one for this question only. */
  private pass(part: Derivation, needles: readonly Needle[] | null, searches: RowSearches): Pass {
    const kept = this.derivedColumn(part);
    const sought = needles === null || kept.filled >= this.messages.count ? null : searches.anyOf(needles);
    if (sought !== null) {
      this.open.set(keyOf(part), part);
      return { column: new DerivedColumn(part), sought, passing: true, candidates: 0 };
    }
    const marks = kept.marks === null ? null : searches.anyOf(kept.marks);
    return { column: kept, sought: marks, passing: false, candidates: 0 };
  }

  /** Goes through the messages; false where it gave up, because a search finds most of them. */
  private async fill(behind: readonly Pass[], room: Uint8Array, cancel: Cancel): Promise<boolean> {
    const from = Math.min(...behind.map(({ column: { filled } }) => filled));
    const scanned = behind.some(({ column: { wantsScan } }) => wantsScan);
    const head = new SipHead();
    const spans = new RowSpans(this.messages, this.lookBack, room);
    for (let row = from; behind.length > 0 && row < this.messages.count; row++) {
      if (row % PAUSE_EVERY === 0 && (await turn(cancel))) break;
      if (row === this.trial && behind.some(({ passing, candidates }) => passing && candidates > row / 4)) return false;
      spans.look(row);
      const { bytes, from: start, to: end } = spans;
      let ready = false;
      for (const one of behind) {
        const { column: into, sought } = one;
        if (into.filled !== row) continue;
        if (sought !== null && !hasAny(sought, spans, start, end)) {
          into.skip();
          continue;
        }
        one.candidates += 1;
        if (!ready) {
          ready = true;
          if (scanned) head.scan(bytes, start, end);
          else {
            // Headers are looked for by name: all they need is where headers begin and end.
            head.headersAt = headersAt(bytes, start, end);
            head.bodyAt = Math.min(start + this.messages.bodyAt.get(row), end);
          }
        }
        into.add(bytes, start, head);
      }
    }
    return true;
  }

  private derivedColumn(part: Derivation): DerivedColumn {
    const key = keyOf(part);
    let found = this.derived.get(key);
    if (found === undefined) {
      found = new DerivedColumn(part);
      this.derived.set(key, found);
    }
    return found;
  }

  /** See FilterSource. */
  async scan(tests: readonly BytesTest[], mark: (test: number, row: number) => void, cancel: Cancel): Promise<void> {
    const searches = this.searches();
    const all = tests.map((one) => ({ one, sought: one.needles === null ? null : searches.anyOf(one.needles) }));
    try {
      await this.run(all, searches.room, mark, cancel);
    } finally {
      this.free = searches;
    }
  }

  private async run(
    all: readonly Scanning[],
    room: Uint8Array,
    mark: (test: number, row: number) => void,
    cancel: Cancel,
  ): Promise<void> {
    const { messages } = this;
    const spans = new RowSpans(messages, this.lookBack, room);
    for (let row = 0; row < messages.count; row++) {
      if (row % PAUSE_EVERY === 0 && (await turn(cancel))) return;
      spans.look(row);
      const { bytes, from, to } = spans;
      for (let index = 0; index < all.length; index++) {
        const { one, sought } = all[index] as Scanning;
        const whole = one.region === 'message';
        if (!whole && messages.bodyLength.get(row) === 0) continue;
        const start = whole ? from : Math.min(from + messages.bodyAt.get(row), to);
        if (sought !== null && !hasAny(sought, spans, start, to)) continue;
        if ((one.sure && sought !== null) || one.test(bytes, start, to)) mark(index, row);
      }
    }
  }
}

interface Scanning {
  readonly one: BytesTest;
  /** As in Pass. */
  readonly sought: readonly RowSearch[] | null;
}

/** A column that is being filled. */
interface Pass {
  readonly column: DerivedColumn;
  /** Messages that none of them finds anything in need not be read. Null where all have to be. */
  readonly sought: readonly RowSearch[] | null;
  /** The column serves this question only. */
  readonly passing: boolean;
  /** Messages that had to be read. */
  candidates: number;
}

function hasAny(sought: readonly RowSearch[], spans: RowSpans, from: number, to: number): boolean {
  for (const one of sought) if (one.has(spans, from, to)) return true;
  return false;
}

function keyOf({ place, part, header }: Derivation): string {
  return `${place} ${part} ${header}`;
}

/** Behind the first line; at its start where it does not end. */
function headersAt(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (bytes[at] === 10) return at + 1;
  return from;
}

/** Lets other questions have their turn; says whether nobody waits for this one any more. */
async function turn(cancel: Cancel): Promise<boolean> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  return cancel.aborted;
}
