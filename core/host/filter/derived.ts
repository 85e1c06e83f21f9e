import { U32Column } from '../../bytes/column.ts';
import { Interner } from '../../bytes/intern.ts';
import { utf8 } from '../../bytes/text.ts';
import { AddressSpan } from '../../decode/sip-address.ts';
import { HeaderFinder } from '../../decode/sip-field.ts';
import type { SipHead } from '../../decode/sip-head.ts';
import { canonicalName, compactName } from '../../decode/sip-headers.ts';
import { fieldText, unquotedText } from '../../decode/sip-values.ts';
import { UriSpan } from '../../decode/sip-uri.ts';
import { needle, type Derivation, type Needle, type TextColumn } from '../../filter/index.ts';

/** What a header's line begins with, behind the end of the line before. Where there is a compact form as well, that stands everywhere, and reading the headers is as quick. */
function marksOf(header: string): readonly Needle[] | null {
  return compactName(header) === null && !everywhere.has(header) ? [needle(`\n${canonicalName(header)}`)] : null;
}

/** Headers without a compact form that all messages have (RFC 3261 8.1.1). */
const everywhere: ReadonlySet<string> = new Set(['cseq', 'max-forwards']);

/** A column of text that is read out of the messages' bytes when a filter first asks for it, and kept. */
export class DerivedColumn implements TextColumn {
  private readonly rows = new U32Column();
  private readonly texts = new Interner();
  private readonly part: Derivation;
  private readonly finder: HeaderFinder | null;
  private readonly span = new AddressSpan();
  private readonly uri = new UriSpan();

  constructor(part: Derivation) {
    this.part = part;
    this.finder = part.place === 'header' ? new HeaderFinder(part.header) : null;
    this.marks = part.place === 'header' ? marksOf(part.header) : null;
  }

  /** Texts of which one stands in every message that has such a header; null where there are none, or most messages have one. */
  readonly marks: readonly Needle[] | null;

  /** Whether `add` reads more of the head than where the headers begin and end. */
  get wantsScan(): boolean {
    return this.part.place !== 'header';
  }

  /** How many messages it knows. */
  get filled(): number {
    return this.rows.length;
  }

  get(row: number): number {
    return row < this.rows.length ? this.rows.get(row) : 0;
  }

  get size(): number {
    return this.texts.size;
  }

  text(id: number): string | null {
    return this.texts.text(id);
  }

  bytesOf(id: number): Uint8Array {
    return this.texts.bytesOf(id);
  }

  /** Takes the next message, which begins at `from`; `head` has scanned it. */
  add(bytes: Uint8Array, from: number, head: SipHead): void {
    this.rows.push(this.read(bytes, from, head));
  }

  /** Takes the next message as one without such a text. */
  skip(): void {
    this.rows.push(0);
  }

  private read(bytes: Uint8Array, from: number, head: SipHead): number {
    switch (this.part.place) {
      case 'request-line':
        return head.isRequest ? this.line(bytes, from, head) : 0;
      case 'status-line':
        return head.isRequest ? 0 : this.line(bytes, from, head);
      case 'reason':
        return head.isRequest ? 0 : this.range(bytes, head.reasonAt, head.reasonEnd);
      case 'request-uri':
        return head.isRequest ? this.ofUri(bytes, head.uriAt, head.uriEnd) : 0;
      case 'header':
        return this.header(bytes, head);
      default:
        return 0;
    }
  }

  private line(bytes: Uint8Array, from: number, head: SipHead): number {
    let end = from;
    while (end < head.headersAt && bytes[end] !== 13 && bytes[end] !== 10) end++;
    return this.range(bytes, from, end);
  }

  private header(bytes: Uint8Array, head: SipHead): number {
    const { finder, part } = this;
    if (finder === null || !finder.find(bytes, head.headersAt, head.bodyAt)) return 0;
    const { valueAt, valueEnd } = finder;
    if (part.part === 'value') return this.allValues(bytes, head, finder);
    if (part.part === 'type') {
      let end = valueAt;
      while (end < valueEnd && bytes[end] !== 0x3b) end++;
      while (end > valueAt && (bytes[end - 1] as number) <= 0x20) end--;
      return this.range(bytes, valueAt, end);
    }
    const { span } = this;
    span.read(bytes, valueAt, valueEnd);
    if (part.part === 'address') return this.range(bytes, valueAt, span.addressEnd);
    if (part.part === 'display') {
      return span.displayEnd > span.displayAt ? this.string(unquotedText(bytes, span.displayAt, span.displayEnd)) : 0;
    }
    return this.ofUri(bytes, span.uriAt, span.uriEnd);
  }

  /** Unfolded; several lines joined by a comma, which is what they mean (RFC 3261 7.3.1). */
  private allValues(bytes: Uint8Array, head: SipHead, finder: HeaderFinder): number {
    const from = finder.valueAt;
    const to = finder.valueEnd;
    if (!finder.find(bytes, finder.next, head.bodyAt)) return this.range(bytes, from, to);
    let text = fieldText(bytes, from, to);
    do text += `, ${fieldText(bytes, finder.valueAt, finder.valueEnd)}`;
    while (finder.find(bytes, finder.next, head.bodyAt));
    return this.string(text);
  }

  private ofUri(bytes: Uint8Array, from: number, to: number): number {
    const { uri } = this;
    switch (this.part.part) {
      case 'user':
        uri.read(bytes, from, to);
        return uri.userEnd > uri.userAt ? this.range(bytes, uri.userAt, uri.userEnd) : 0;
      case 'host':
        uri.read(bytes, from, to);
        return uri.hostEnd > uri.hostAt ? this.range(bytes, uri.hostAt, uri.hostEnd) : 0;
      case 'port':
        uri.read(bytes, from, to);
        return uri.portEnd > uri.portAt ? this.range(bytes, uri.portAt, uri.portEnd) : 0;
      default:
        return this.range(bytes, from, to);
    }
  }

  /** The number of a part of the message; folded ones are unfolded first. */
  private range(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) if (bytes[at] === 10) return this.string(fieldText(bytes, from, to));
    return this.texts.intern(bytes, from, to);
  }

  private string(text: string): number {
    const bytes = utf8(text);
    return this.texts.intern(bytes, 0, bytes.length);
  }
}
