/** One SIP message in full, for a reader (RFC 3261 7): exact on well-formed ones, and as far as it goes on others. */
import { readAddress, readAddresses, type Address } from './sip-address.ts';
import { readParts, type Part } from './sip-body.ts';
import { checkMessage } from './sip-check.ts';
import { readCredentials, type Credentials } from './sip-auth.ts';
import { SipHead } from './sip-head.ts';
import { canonicalName, isListHeader } from './sip-headers.ts';
import { readHeaders, type Noted, type SipHeader } from './sip-lines.ts';
import { elements, fieldText } from './sip-values.ts';
import { readVias, type Via } from './sip-via.ts';

/** All values of one header name. */
export interface HeaderGroup {
  /** Canonical; a name that nobody knows as first written. */
  readonly name: string;
  readonly values: readonly string[];
}

/** A message whose text is made as somebody asks for it. Nothing here throws on what a message holds. */
export class SipMessage {
  readonly bytes: Uint8Array;
  readonly isRequest: boolean;
  /** Without its line end. */
  readonly startLine: string;
  /** Null for a response. */
  readonly method: string | null;
  readonly requestUri: string | null;
  /** `SIP/2.0`; '' where the start line has none. */
  readonly version: string;
  /** Null for a request, and where the status has not three digits. */
  readonly status: number | null;
  readonly reason: string | null;
  readonly headers: readonly SipHeader[];
  /** Offsets of the body; the same where there is none. */
  readonly bodyAt: number;
  readonly bodyEnd: number;

  private readonly head = new SipHead();
  private readonly noted: Noted[] = [];
  private bodyParts: readonly Part[] | null = null;

  /** @param bytes the message and nothing else, its start line first; they are not copied */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const { head } = this;
    head.scan(bytes, 0, bytes.length);
    const headers: SipHeader[] = [];
    readHeaders(bytes, head.headersAt, bytes.length, headers, this.noted);
    this.headers = headers;
    this.isRequest = head.isRequest;
    this.startLine = fieldText(bytes, 0, startLineEnd(bytes, head.headersAt));
    this.method = head.isRequest ? fieldText(bytes, head.methodAt, head.methodEnd) : null;
    this.requestUri = head.isRequest ? fieldText(bytes, head.uriAt, head.uriEnd) : null;
    this.version = /^SIP\/\d\.\d|SIP\/\d\.\d\s*$/iu.exec(this.startLine)?.[0].trim() ?? '';
    this.status = head.isRequest || head.status === 0 ? null : head.status;
    this.reason = head.isRequest ? null : fieldText(bytes, head.reasonAt, head.reasonEnd);
    this.bodyAt = head.bodyAt;
    this.bodyEnd = head.bodyEnd;
    checkMessage(bytes, head, headers, this.noted);
  }

  /** Value of the first header of that name, long or compact, in any case; null where there is none. */
  header(name: string): string | null {
    return this.find(name)[0]?.value ?? null;
  }

  /** All values of that name, in order: one for each element of lists that commas keep apart, else one for each line. */
  headerValues(name: string): string[] {
    return this.find(name).flatMap((header) => this.valuesOf(header));
  }

  /** All headers by name (in small letters), in the order in which the names come first, with their values as `headerValues` gives them. */
  groups(): Map<string, HeaderGroup> {
    const groups = new Map<string, { name: string; values: string[] }>();
    for (const header of this.headers) {
      const key = header.canonical.toLowerCase();
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { name: header.canonical, values: this.valuesOf(header) });
      else for (const value of this.valuesOf(header)) group.values.push(value);
    }
    return groups;
  }

  private valuesOf(header: SipHeader): string[] {
    if (!isListHeader(header.canonical)) return [header.value];
    const places = elements(this.bytes, header.valueAt, header.end, 0x2c);
    const values: string[] = [];
    for (let i = 0; i < places.length; i += 2) {
      const at = places[i] as number;
      const end = places[i + 1] as number;
      if (at < end) values.push(fieldText(this.bytes, at, end));
    }
    return values;
  }

  /** Addresses of all headers of that name: From, To, Contact, Route, Record-Route, P-Asserted-Identity, Refer-To … */
  addresses(name: string): Address[] {
    const list = isListHeader(name);
    return this.find(name).flatMap(({ valueAt, end }) =>
      list ? readAddresses(this.bytes, valueAt, end) : [readAddress(this.bytes, valueAt, end)],
    );
  }

  get from(): Address | null {
    return this.addresses('From')[0] ?? null;
  }

  get to(): Address | null {
    return this.addresses('To')[0] ?? null;
  }

  get contacts(): Address[] {
    return this.addresses('Contact');
  }

  /** The topmost first. */
  get vias(): Via[] {
    return this.find('Via').flatMap((header) => readVias(this.bytes, header.valueAt, header.end));
  }

  /** Challenges or credentials of all headers of that name (WWW-Authenticate, Authorization …). */
  credentials(name: string): Credentials[] {
    return this.find(name).flatMap((header) => readCredentials(this.bytes, header.valueAt, header.end) ?? []);
  }

  /** The body: one part, or those of a multipart one, nested ones in line. Empty without a body. */
  get parts(): readonly Part[] {
    this.bodyParts ??= readParts(this.bytes, this.bodyAt, this.bodyEnd, this.headers, this.noted);
    return this.bodyParts;
  }

  /** What is wrong with the message, in order of place; what is missing comes first. */
  get faults(): readonly Noted[] {
    void this.parts;
    return this.noted.toSorted((a, b) => (a.at ?? -1) - (b.at ?? -1));
  }

  private find(name: string): SipHeader[] {
    const canonical = canonicalName(name);
    const wanted = canonical.toLowerCase();
    return this.headers.filter((header) => header.canonical === canonical || header.canonical.toLowerCase() === wanted);
  }
}

function startLineEnd(bytes: Uint8Array, headersAt: number): number {
  let end = headersAt;
  if (end > 0 && bytes[end - 1] === 10) end--;
  if (end > 0 && bytes[end - 1] === 13) end--;
  return end;
}

/** Reads the message that fills `bytes`. */
export function readMessage(bytes: Uint8Array): SipMessage {
  return new SipMessage(bytes);
}
