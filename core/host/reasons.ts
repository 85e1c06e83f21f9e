import type { Quotes } from '../analysis/verdict/quotes.ts';
import { HeaderFinder } from '../decode/sip-field.ts';
import { SipHead } from '../decode/sip-head.ts';
import { fieldText } from '../decode/sip-values.ts';
import { visible } from '../ladder/visible.ts';
import type { Session } from './session.ts';

/** Characters that are quoted of one text. */
const MOST = 80;
/** Bytes that are looked at for them. */
const MOST_BYTES = 4 * MOST;

/** What the sentences about a verdict quote, read out of the messages' bytes. */
export class Reasons implements Quotes {
  private readonly session: Session;
  private readonly head = new SipHead();
  private readonly finders = {
    Reason: new HeaderFinder('Reason'),
    Warning: new HeaderFinder('Warning'),
    'Retry-After': new HeaderFinder('Retry-After'),
  };
  /** The message that `head` has scanned, and its row. */
  private bytes: Uint8Array = new Uint8Array(0);
  private row = -1;

  constructor(session: Session) {
    this.session = session;
  }

  /** Lets go of the message read last: to be called before each verdict, since bytes that were looked at do not last. */
  begin(): this {
    this.row = -1;
    return this;
  }

  phrase(row: number): string {
    this.look(row);
    const { bytes, head } = this;
    return head.isRequest ? '' : quoted(bytes, head.reasonAt, head.reasonEnd);
  }

  header(row: number, name: keyof Reasons['finders']): string {
    this.look(row);
    const { bytes, head } = this;
    const finder = this.finders[name];
    if (!finder.find(bytes, head.headersAt, head.bodyAt, head.view)) return '';
    const { valueAt, valueEnd } = finder;
    return quoted(bytes, name === 'Warning' ? warnTextAt(bytes, valueAt, valueEnd) : valueAt, valueEnd);
  }

  sender(row: number): string {
    const { messages } = this.session.analysis;
    return this.end(messages.src.get(row), messages.sport.get(row));
  }

  receiver(row: number): string {
    const { messages } = this.session.analysis;
    return this.end(messages.dst.get(row), messages.dport.get(row));
  }

  private end(address: number, port: number): string {
    const text = this.session.addresses.text(address);
    return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;
  }

  private look(row: number): void {
    if (row === this.row) return;
    this.bytes = this.session.lookBack.bytesOf(row);
    this.head.scan(this.bytes, 0, this.bytes.length);
    this.row = row;
  }
}

/** Where the text of a Warning begins, behind its code and agent (RFC 3261 20.43); `at` where it has none. */
function warnTextAt(bytes: Uint8Array, at: number, end: number): number {
  for (let next = at; next < end; next++) if (bytes[next] === 0x22) return next;
  return at;
}

/** One line of at most `MOST` characters; control characters and what changes the direction of writing are escapes, as in the ladder. */
function quoted(bytes: Uint8Array, at: number, end: number): string {
  const text = visible(fieldText(bytes, at, Math.min(end, at + MOST_BYTES)).trim());
  const characters = Array.from(text);
  if (characters.length <= MOST) return text;
  return `${characters.slice(0, MOST - 1).join('')}…`;
}
