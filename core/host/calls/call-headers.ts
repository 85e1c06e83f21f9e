import { Flag } from '../../analysis/messages.ts';
import type { Tables } from '../../analysis/tables.ts';
import { ContractError } from '../../contract/api.ts';
import { HeaderFinder } from '../../decode/sip-field.ts';
import { fieldText } from '../../decode/sip-values.ts';
import type { Session } from '../session.ts';

/** Columns of headers that one question may ask for. */
const MOST_HEADERS = 32;
/** Characters of a value that a table gets; what is longer is to be read in the message. */
const LONGEST = 1000;
/** Messages looked at to find the first request; where it is not among them, the first message has to do. */
const MOST_STEPS = 64;

/** A token (RFC 3261 25.1), as names of headers are. */
const token = /^[\w\-.!%*+`'~]{1,100}$/;

/** Whether this can be the name of a header. */
export function isHeaderName(name: unknown): name is string {
  return typeof name === 'string' && token.test(name);
}

/** Row of a call's first request; of its first message, where the capture has no request near the beginning. */
export function firstRequest({ messages, calls }: Tables, call: number): number {
  const first = calls.first(call);
  let row = first + 1;
  for (let steps = 0; row !== 0 && steps < MOST_STEPS; steps++) {
    if ((messages.flags.get(row - 1) & Flag.Request) !== 0) return row - 1;
    row = calls.next.get(row - 1);
  }
  return first;
}

/** Reads some headers of calls, by name. */
export class CallHeaders {
  private readonly session: Session;
  private readonly finders: readonly HeaderFinder[];

  /** Throws a ContractError `bad-request` for what are no names of headers, or too many. */
  constructor(session: Session, names: unknown) {
    const asked: readonly unknown[] = Array.isArray(names) ? names : [names];
    if (asked.length > MOST_HEADERS)
      throw new ContractError('bad-request', `no more than ${MOST_HEADERS} headers are shown at once`);
    this.session = session;
    this.finders = asked.map((name) => {
      if (!isHeaderName(name)) throw new ContractError('bad-request', `“${String(name)}” is no name of a header`);
      return new HeaderFinder(name);
    });
  }

  /** Their values in the first request of a call; null for those that it has not. Several of one name are joined by a comma. */
  of(call: number): (string | null)[] {
    const { analysis, lookBack } = this.session;
    const row = firstRequest(analysis, call);
    const bytes = lookBack.bytesOf(row);
    const end = Math.min(analysis.messages.bodyAt.get(row), bytes.length);
    return this.finders.map((finder) => {
      if (!finder.findFirst(bytes, 0, end)) return null;
      let text = fieldText(bytes, finder.valueAt, finder.valueEnd);
      while (text.length < LONGEST && finder.find(bytes, finder.next, end))
        text += `, ${fieldText(bytes, finder.valueAt, finder.valueEnd)}`;
      return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    });
  }
}
