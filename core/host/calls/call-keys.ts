import { State, stateNames } from '../../analysis/verdict/verdict.ts';
import { utf8 } from '../../bytes/text.ts';
import { ContractError, type CallSortName } from '../../contract/api.ts';
import { AddressSpan } from '../../decode/sip-address.ts';
import { HeaderFinder } from '../../decode/sip-field.ts';
import { UriSpan } from '../../decode/sip-uri.ts';
import { firstRequest, isHeaderName } from './call-headers.ts';
import type { Judgements } from './judgements.ts';
import { Turns } from '../kept.ts';
import { RowSpans } from '../filter/row-spans.ts';
import type { Session } from '../session.ts';
import { TextRanks } from './text-ranks.ts';

/** Calls between two looks at whether somebody else waits. */
const STEP = 4096;

/** From what goes on over what went well to what went wrong. */
const byTrouble: readonly State[] = [
  State.pending,
  State.calling,
  State.ringing,
  State.inCall,
  State.completed,
  State.registered,
  State.unregistered,
  State.diverted,
  State.cancelled,
  State.challenged,
  State.busy,
  State.rejected,
  State.timedOut,
  State.unacknowledged,
  State.failed,
];
const troubles = Uint8Array.from(stateNames, (_, state) => byTrouble.indexOf(state as State));

/** What the keys of calls are made from. */
export interface KeySource {
  readonly session: Session;
  readonly judgements: (signal: AbortSignal) => Promise<Judgements>;
}

/**
 * A number by call (0 is no call) to sort calls by; NaN for those that have none. Rejects with a ContractError:
 * `bad-request` for what calls can't be sorted by, `cancelled`.
 */
export async function callKeys(source: KeySource, by: CallSortName, signal: AbortSignal): Promise<Float64Array> {
  const { session } = source;
  const { analysis } = session;
  const { messages, calls } = analysis;
  const judged = (): Promise<Judgements> => source.judgements(signal);
  const each = (key: (call: number) => number): Promise<Float64Array> => keysOf(calls.count, key, new Turns(signal));
  switch (by) {
    case 'start':
      return each((call) => messages.time.get(calls.first(call)));
    case 'end':
      return each((call) => messages.time.get(calls.last(call)));
    case 'state': {
      const { state, status } = await judged();
      return Float64Array.from(state, (one, call) => (troubles[one] as number) * 1000 + (status[call] as number));
    }
    case 'finalStatus':
      return Float64Array.from((await judged()).status, (status) => status || Number.NaN);
    case 'ringing':
      return (await judged()).ringing;
    case 'setup':
      return (await judged()).answer;
    case 'talk':
      return (await judged()).talk;
    case 'method': {
      const ranks = await methodRanks(session, signal);
      return each((call) => ranks[analysis.methodOf(call)] ?? Number.NaN);
    }
    case 'messages':
      return each((call) => calls.messages(call));
    case 'hops':
      return each((call) => analysis.hopsOf(call));
    case 'retransmissions':
      return each((call) => calls.retransmissions(call));
    case 'findings':
      return each(() => 0);
    case 'src': {
      const places = await addressPlaces(session, messages.src, signal);
      return each((call) => {
        const row = calls.first(call);
        return places(messages.src.get(row)) * 0x10000 + messages.sport.get(row);
      });
    }
    case 'dst': {
      const places = await addressPlaces(session, messages.dst, signal);
      return each((call) => {
        const row = calls.first(call);
        return places(messages.dst.get(row)) * 0x10000 + messages.dport.get(row);
      });
    }
    case 'callId':
      return texts(calls.count, signal, (call, ranks) => {
        const bytes = messages.callIds.bytesOf(call);
        ranks.add(bytes, 0, bytes.length);
      });
    case 'from':
    case 'to':
      return parties(session, by, signal);
    default: {
      const text: unknown = by;
      const name = typeof text === 'string' && text.startsWith('header:') ? text.slice('header:'.length) : null;
      if (!isHeaderName(name)) throw new ContractError('bad-request', `calls can’t be sorted by “${String(text)}”`);
      return headers(session, name, signal);
    }
  }
}

async function keysOf(count: number, key: (call: number) => number, turns: Turns): Promise<Float64Array> {
  const keys = new Float64Array(count + 1);
  keys[0] = Number.NaN;
  for (let call = 1; call <= count; call++) {
    if (call % STEP === 0) await turns.next();
    keys[call] = key(call);
  }
  return keys;
}

/** Ranks of texts, one of each call, as keys. */
async function texts(
  count: number,
  signal: AbortSignal,
  add: (call: number, ranks: TextRanks) => void,
): Promise<Float64Array> {
  const turns = new Turns(signal);
  const ranks = new TextRanks(count + 1);
  ranks.add(NOTHING, 0, 0);
  for (let call = 1; call <= count; call++) {
    if (call % STEP === 0) await turns.next();
    add(call, ranks);
  }
  return ranks.ranks(turns);
}

const NOTHING = new Uint8Array(0);

function methodRanks({ analysis }: Session, signal: AbortSignal): Promise<Float64Array> {
  const { methods } = analysis.messages;
  return texts(methods.size - 1, signal, (method, ranks) => {
    const bytes = methods.bytesOf(method);
    ranks.add(bytes, 0, bytes.length);
  });
}

/** Where an address stands among those that calls began with: IPv4 by its number, IPv6 behind. NaN for none. */
async function addressPlaces(
  { analysis, addresses }: Session,
  column: { get(row: number): number },
  signal: AbortSignal,
): Promise<(address: number) => number> {
  const { calls } = analysis;
  const turns = new Turns(signal);
  const others = new Map<number, number>();
  for (let call = 1; call <= calls.count; call++) {
    if (call % STEP === 0) await turns.next();
    const address = column.get(calls.first(call));
    if (addresses.family(address) === 6 && !others.has(address)) others.set(address, others.size);
  }
  const ranks = new TextRanks(others.size);
  for (const address of others.keys()) {
    const digits = utf8(Array.from(addresses.bytesOf(address), (byte) => byte.toString(16).padStart(2, '0')).join(''));
    ranks.add(digits, 0, digits.length);
  }
  const order = await ranks.ranks(turns);
  return (address) => {
    const other = others.get(address);
    if (other !== undefined) return 2 ** 32 + (order[other] ?? 0);
    if (addresses.family(address) !== 4) return Number.NaN;
    return addresses.bytesOf(address).reduce((sum, byte) => sum * 256 + byte, 0);
  };
}

/** By user and host in From or To of the first message. */
function parties({ analysis, lookBack }: Session, which: 'from' | 'to', signal: AbortSignal): Promise<Float64Array> {
  const finder = new HeaderFinder(which);
  const span = new AddressSpan();
  const uri = new UriSpan();
  const { messages, calls } = analysis;
  const spans = new RowSpans(messages, lookBack);
  return texts(calls.count, signal, (call, ranks) => {
    const row = calls.first(call);
    spans.look(row);
    const { bytes, from, to } = spans;
    if (!finder.findFirst(bytes, from, Math.min(from + messages.bodyAt.get(row), to))) {
      ranks.add(bytes, 0, 0);
      return;
    }
    span.read(bytes, finder.valueAt, finder.valueEnd);
    const known = uri.read(bytes, span.uriAt, span.uriEnd);
    ranks.add(bytes, known ? uri.restAt : span.uriAt, span.uriEnd);
  });
}

/** By the first value of a header of the first request. */
function headers({ analysis, lookBack }: Session, name: string, signal: AbortSignal): Promise<Float64Array> {
  const finder = new HeaderFinder(name);
  const { messages, calls } = analysis;
  return texts(calls.count, signal, (call, ranks) => {
    const row = firstRequest(analysis, call);
    const bytes = lookBack.bytesOf(row);
    const found = finder.findFirst(bytes, 0, Math.min(messages.bodyAt.get(row), bytes.length));
    ranks.add(bytes, found ? finder.valueAt : 0, found ? finder.valueEnd : 0);
  });
}
