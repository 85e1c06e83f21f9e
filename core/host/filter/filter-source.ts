import { Flag, type Messages } from '../../analysis/messages.ts';
import { State, stateNames } from '../../analysis/verdict/verdict.ts';
import { transportNames } from '../../decode/packet.ts';
import { faultCodes } from '../../decode/sip-faults.ts';
import type {
  BytesTest,
  CallNumber,
  CallText,
  Cancel,
  Derivation,
  FilterSource,
  MessageNumber,
  MessageText,
  Needle,
  NumberColumn,
  TextColumn,
} from '../../filter/index.ts';
import type { Judgements } from '../calls/judgements.ts';
import { MessageTexts } from './message-texts.ts';
import type { Session } from '../session.ts';

/** States in which something went wrong that nobody wanted: busy and cancelled are everyday life. */
const problems = new Uint8Array(stateNames.length);
for (const state of [State.rejected, State.failed, State.timedOut, State.unacknowledged, State.challenged])
  problems[state] = 1;

/** What is told by judging the calls. */
const judgedColumns: ReadonlySet<CallNumber | CallText> = new Set<CallNumber | CallText>([
  'problem',
  'partial',
  'call.status',
  'ringing',
  'answer',
  'duration',
  'state',
]);

/** The session's tables as filters see them. One per session: columns that were read out of bytes are kept. */
export class SessionFilter implements FilterSource {
  private readonly session: Session;
  private readonly messages: Messages;
  /** What no column holds. */
  readonly texts: MessageTexts;
  private readonly judge: (signal: AbortSignal) => Promise<Judgements>;
  private judgements: Judgements | null = null;

  /** @param judge what became of all calls */
  constructor(session: Session, judge: (signal: AbortSignal) => Promise<Judgements>) {
    this.session = session;
    this.judge = judge;
    this.messages = session.analysis.messages;
    this.texts = new MessageTexts(session);
  }

  get count(): number {
    return this.messages.count;
  }
  get calls(): number {
    return this.session.analysis.calls.count;
  }
  get base(): number {
    return this.session.tally.base ?? 0;
  }
  get start(): number {
    const { start } = this.session.tally;
    return Number.isNaN(start) ? 0 : start;
  }
  get callOf(): NumberColumn {
    return this.messages.callId;
  }

  number(name: MessageNumber | CallNumber): NumberColumn {
    const { messages } = this;
    const flag = (bit: number, wanted = bit): NumberColumn => ({
      get: (row) => ((messages.flags.get(row) & bit) === wanted ? 1 : 0),
    });
    switch (name) {
      case 'frame':
        return messages.frame;
      case 'time':
        return messages.time;
      case 'status':
        return { get: (row) => messages.status.get(row) || Number.NaN };
      case 'cseq.number':
        return { get: (row) => (messages.cseqMethod.get(row) === 0 ? Number.NaN : messages.cseqNumber.get(row)) };
      case 'sport':
        return messages.sport;
      case 'dport':
        return messages.dport;
      case 'max-forwards':
        return {
          get: (row) => {
            const value = messages.maxForwards.get(row);
            return value === 255 ? Number.NaN : value;
          },
        };
      case 'length':
        return messages.length;
      case 'body.length':
        return messages.bodyLength;
      case 'via.count':
        return messages.viaCount;
      case 'request':
        return flag(Flag.Request);
      case 'response':
        return flag(Flag.Request, 0);
      case 'retransmission':
        return flag(Flag.Retransmission);
      case 'copy':
        return flag(Flag.Copy);
      case 'decrypted':
        return flag(Flag.Decrypted);
      case 'truncated':
        return flag(Flag.Truncated);
      case 'sdp':
        return flag(Flag.Sdp);
      default:
        return this.callNumber(name);
    }
  }

  private callNumber(name: CallNumber): NumberColumn {
    const { analysis } = this.session;
    const { calls } = analysis;
    switch (name) {
      case 'call':
        return { get: (call) => call };
      case 'messages':
        return { get: (call) => calls.messages(call) };
      case 'call.retransmissions':
        return { get: (call) => calls.retransmissions(call) };
      case 'findings':
        return { get: () => 0 };
      case 'problem': {
        const { state } = this.judged;
        return { get: (call) => problems[state[call] ?? 0] as number };
      }
      case 'hops':
        return this.perCall((call) => analysis.hopsOf(call));
      case 'span':
        return { get: (call) => this.timeOf(calls.last(call) + 1) - this.timeOf(calls.first(call) + 1) };
      case 'partial':
        return columnOf(this.judged.partial);
      case 'call.status':
        return columnOf(this.judged.status, (status) => status || Number.NaN);
      case 'ringing':
        return columnOf(this.judged.ringing);
      case 'answer':
        return columnOf(this.judged.answer);
      case 'duration':
        return columnOf(this.judged.talk);
      default:
        return { get: () => Number.NaN };
    }
  }

  /** Time of row + 1; NaN for 0. */
  private timeOf(row: number): number {
    return row === 0 ? Number.NaN : this.messages.time.get(row - 1);
  }

  /** A column worked out once for all calls: filters read it once for each message of a call. */
  private perCall(value: (call: number) => number): NumberColumn {
    const values = new Float64Array(this.calls + 1);
    for (let call = 1; call < values.length; call++) values[call] = value(call);
    return { get: (call) => values[call] ?? Number.NaN };
  }

  /** What became of the calls, as `ready` found it last. */
  private get judged(): Judgements {
    if (this.judgements === null) throw new Error('columns of calls were asked for before they were ready');
    return this.judgements;
  }

  async ready(columns: readonly (CallNumber | CallText)[], cancel: Cancel): Promise<void> {
    if (!columns.some((name) => judgedColumns.has(name))) return;
    this.judgements = await this.judge(cancel instanceof AbortSignal ? cancel : new AbortController().signal);
  }

  text(name: MessageText | CallText): TextColumn {
    const { messages } = this;
    const { analysis } = this.session;
    switch (name) {
      case 'method':
        return column(messages.method, messages.methods);
      case 'cseq.method':
        return column(messages.cseqMethod, messages.methods);
      case 'call-id':
        return column(messages.callId, messages.callIds);
      case 'from.tag':
        return column(messages.fromTag, messages.tags);
      case 'to.tag':
        return column(messages.toTag, messages.tags);
      case 'via.branch':
        return column(messages.branch, messages.branches);
      case 'via.sent-by':
        return column(messages.sentBy, messages.sentBys);
      case 'src':
        return this.addressColumn(messages.src);
      case 'dst':
        return this.addressColumn(messages.dst);
      case 'transport':
        return words((row) => messages.transport.get(row) + 1, transportNames);
      case 'fault':
        return { get: (row) => messages.faults.get(row), size: 1 << 16, text: (id) => faultCodes(id).join(' ') };
      case 'state': {
        const { state } = this.judged;
        return words((call) => (call < state.length ? (state[call] as number) + 1 : 0), stateNames);
      }
      case 'call.method': {
        const methods = this.perCall((call) => analysis.methodOf(call));
        return {
          get: (call) => methods.get(call),
          size: messages.methods.size,
          text: (id) => messages.methods.text(id),
        };
      }
      default:
        return words(() => 0, []);
    }
  }

  /** Addresses have numbers all over 32 bits; filters want ids in a row, so that each is looked at once. */
  private addressColumn(numbers: NumberColumn): TextColumn {
    const { addresses } = this.session;
    const ids = new Uint32Array(this.count);
    const known = new Map<number, number>();
    const inOrder = [0];
    for (let row = 0; row < ids.length; row++) {
      const number = numbers.get(row);
      let id = known.get(number);
      if (id === undefined) {
        id = number === 0 ? 0 : inOrder.push(number) - 1;
        known.set(number, id);
      }
      ids[row] = id;
    }
    return {
      get: (row) => ids[row] ?? 0,
      size: inOrder.length,
      text: (id) => (id === 0 ? null : addresses.text(inOrder[id] ?? 0)),
    };
  }

  derive(
    parts: readonly Derivation[],
    cancel: Cancel,
    needles?: readonly (readonly Needle[] | null)[],
  ): Promise<readonly TextColumn[]> {
    return this.texts.derive(parts, cancel, needles);
  }

  scan(tests: readonly BytesTest[], mark: (test: number, row: number) => void, cancel: Cancel): Promise<void> {
    return this.texts.scan(tests, mark, cancel);
  }
}

function column(
  ids: NumberColumn,
  interner: { readonly size: number; text(id: number): string | null; bytesOf(id: number): Uint8Array },
): TextColumn {
  return {
    get: (row) => ids.get(row),
    get size() {
      return interner.size;
    },
    text: (id) => interner.text(id),
    bytesOf: (id) => interner.bytesOf(id),
  };
}

/** A column over an array; NaN beyond its end: calls that came after it was made. */
function columnOf(values: ArrayLike<number>, value: (raw: number) => number = (raw) => raw): NumberColumn {
  return { get: (call) => (call < values.length ? value(values[call] as number) : Number.NaN) };
}

/** A column over a short list of words; ids are their places from 1. */
function words(get: (index: number) => number, list: readonly string[]): TextColumn {
  return { get, size: list.length + 1, text: (id) => list[id - 1] ?? null };
}
