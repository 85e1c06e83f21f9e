/** What a table shows of a message besides the columns of the index: text made from places that SipHead has noted. */
import { tokenText } from '../bytes/text.ts';
import { AddressSpan } from './sip-address.ts';
import { HeaderFinder } from './sip-field.ts';
import type { SipHead } from './sip-head.ts';
import { parameter, valueEnd } from './sip-params.ts';
import { elements, fieldText } from './sip-values.ts';

export interface Summary {
  /** Null for a request. */
  readonly reason: string | null;
  /** Null for a response. */
  readonly requestUri: string | null;
  /** From and To with display name and brackets as written, without the header's parameters: `"Alice" <sip:alice@example.com>`. */
  readonly from: string | null;
  readonly to: string | null;
  /** Of all Vias, the topmost first; '' for a Via without one. */
  readonly branches: readonly string[];
  /** As written, with its parameters. */
  readonly contentType: string | null;
  readonly bodyLength: number;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Makes the text for one row after another; its objects are used again. */
export class Summarizer {
  private readonly span = new AddressSpan();
  private readonly vias = new HeaderFinder('Via');
  private text = '';
  private base = 0;

  /** @param bytes those that `head` has scanned last */
  summary(bytes: Uint8Array, head: SipHead): Summary {
    // One text for start line and headers; where all of it is ASCII, each part is a piece of it.
    const end = head.bodyAt;
    this.base = head.isRequest ? head.methodAt : head.reasonAt;
    this.text = asciiText(bytes.subarray(this.base, end));
    return {
      reason: head.isRequest ? null : this.part(bytes, head.reasonAt, head.reasonEnd),
      requestUri: head.isRequest ? this.part(bytes, head.uriAt, head.uriEnd) : null,
      from: head.fromAt === 0 ? null : this.address(bytes, head.fromAt, head.fromEnd),
      to: head.toAt === 0 ? null : this.address(bytes, head.toAt, head.toEnd),
      branches: this.branches(bytes, head),
      contentType: head.contentTypeAt === 0 ? null : this.part(bytes, head.contentTypeAt, head.contentTypeEnd),
      bodyLength: head.bodyEnd - head.bodyAt,
    };
  }

  private part(bytes: Uint8Array, at: number, end: number): string {
    const text = this.text === '' ? '' : this.text.slice(at - this.base, end - this.base);
    return this.text === '' || text.includes('\n') ? fieldText(bytes, at, end) : text;
  }

  private token(bytes: Uint8Array, at: number, end: number): string {
    const text = this.text === '' ? '' : this.text.slice(at - this.base, end - this.base);
    return this.text === '' ? tokenText(bytes.subarray(at, end)) : text;
  }

  private address(bytes: Uint8Array, at: number, end: number): string {
    this.span.read(bytes, at, end);
    return this.part(bytes, at, this.span.addressEnd);
  }

  private branches(bytes: Uint8Array, head: SipHead): string[] {
    if (head.viaCount === 0) return [];
    const first = head.branchAt === 0 ? '' : this.token(bytes, head.branchAt, head.branchEnd);
    if (head.viaCount === 1) return [first];
    const branches: string[] = [];
    const { vias } = this;
    let line = head.headersAt;
    while (vias.find(bytes, line, head.bodyAt, head.view)) {
      line = vias.next;
      this.addBranches(bytes, vias.valueAt, vias.valueEnd, branches);
    }
    return branches;
  }

  private addBranches(bytes: Uint8Array, from: number, to: number, branches: string[]): void {
    let comma = from;
    while (comma < to && bytes[comma] !== 0x2c) comma++;
    const places = comma === to ? [from, to] : elements(bytes, from, to, 0x2c);
    for (let i = 0; i < places.length; i += 2) {
      const start = places[i] as number;
      const end = places[i + 1] as number;
      if (start === end && places.length > 2) continue;
      const at = parameter(bytes, start, end, 'branch');
      branches.push(at < 0 ? '' : this.token(bytes, at, valueEnd(bytes, at, end)));
    }
  }
}

/** The bytes as text where they are ASCII, all of them (UTF-8 has fewer characters than bytes otherwise); else ''. */
function asciiText(bytes: Uint8Array): string {
  try {
    const text = strict.decode(bytes);
    return text.length === bytes.length ? text : '';
  } catch {
    return '';
  }
}
