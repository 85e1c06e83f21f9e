/**
 * What can be wrong with a SIP message. Broken traffic is data: each fault has a code and one sentence that says which
 * field lied and what is done about it. The first ones are noted while indexing, as bits; the others only when a message
 * is read in full.
 */
import type { FaultKind } from './faults.ts';

/** Bits of `SipHead.faults`. The message is read as far as it can be all the same. */
export const SipFault = {
  NoCallId: 1 << 0,
  NoCSeq: 1 << 1,
  NoVia: 1 << 2,
  NoFrom: 1 << 3,
  NoTo: 1 << 4,
  BadCSeq: 1 << 5,
  CSeqMethod: 1 << 6,
  ContentLengthBeyond: 1 << 7,
  ContentLengthShort: 1 << 8,
  BadContentLength: 1 << 9,
  HeadersUnfinished: 1 << 10,
  BadMaxForwards: 1 << 11,
  DuplicateHeader: 1 << 12,
  BareLineFeed: 1 << 13,
  BadStatus: 1 << 14,
  BadVersion: 1 << 15,
} as const;

const kind = (code: string, text: string): FaultKind => ({ protocol: 'sip', code, text });

/** Kinds of faults by the number of their bit in `SipFault`. */
export const sipFaultKinds: readonly FaultKind[] = [
  kind('no-call-id', 'There is no Call-ID; the message belongs to no call.'),
  kind('no-cseq', 'There is no CSeq; the message belongs to no transaction.'),
  kind('no-via', 'There is no Via; nobody knows where the response goes.'),
  kind('no-from', 'There is no From.'),
  kind('no-to', 'There is no To.'),
  kind('bad-cseq', 'CSeq is not a number below 2^31 and a method.'),
  kind('cseq-method', 'The method in CSeq is not that of the request.'),
  kind(
    'content-length-beyond',
    'Content-Length says more than there is; the body is read to the end of what is there.',
  ),
  kind('content-length-short', 'There are bytes behind the body that Content-Length announces; they are left alone.'),
  kind('bad-content-length', 'Content-Length is not a number; the body is read to the end of what is there.'),
  kind('headers-unfinished', 'The message ends before the empty line that ends its headers.'),
  kind('bad-max-forwards', 'Max-Forwards is not a number from 0 to 255.'),
  kind(
    'duplicate-header',
    'From, To, Call-ID, CSeq or Content-Length stands there twice and not the same; the first one counts.',
  ),
  kind('bare-line-feed', 'The start line ends in a line feed without a carriage return.'),
  kind('bad-status', 'The status code is not a number from 100 to 699.'),
  kind('bad-version', 'The start line does not say SIP/2.0.'),
];

/** Faults that only a full reading of a message finds. */
export const fullFaults = {
  lineWithoutColon: kind(
    'line-without-colon',
    'A line among the headers has no colon behind a name; it is passed over.',
  ),
  badHeaderName: kind('bad-header-name', 'The name of a header holds characters that no name may hold.'),
  startLineSpaces: kind('start-line-spaces', 'The words of the start line are not apart by exactly one space.'),
  badRequestUri: kind(
    'bad-request-uri',
    'The Request-URI is not a URI: it is empty, has no scheme, or holds white space or angle brackets.',
  ),
  badEscape: kind('bad-escape', 'A % in the Request-URI is not followed by two hexadecimal digits.'),
  unclosedQuote: kind('unclosed-quote', 'A quoted string has no end; its quote is read as an ordinary character.'),
  unclosedBracket: kind('unclosed-bracket', 'An address begins with < and has no >.'),
  emptyElement: kind('empty-element', 'There is nothing between two commas of a list or two semicolons of parameters.'),
  badAddress: kind(
    'bad-address',
    'A header that holds an address has none, or one with white space in it, or with ? and no brackets.',
  ),
  badDisplayName: kind('bad-display-name', 'A display name without quotes holds characters that only quotes allow.'),
  badVia: kind('bad-via', 'A Via is not a protocol, a transport, a host and parameters.'),
  noBoundary: kind(
    'no-boundary',
    'The body is multipart and its Content-Type names no boundary, or one that does not occur.',
  ),
  multipartUnfinished: kind('multipart-unfinished', 'A multipart body ends before its closing boundary.'),
  tooManyParts: kind('too-many-parts', 'A multipart body has more parts, or deeper ones, than are read.'),
} as const;

/** Kinds of the bits that are set, lowest first. */
export function faultKinds(bits: number): FaultKind[] {
  return sipFaultKinds.filter((_, bit) => (bits & (1 << bit)) !== 0);
}

const none: readonly string[] = [];

/** Codes of the bits that are set, for `MessageRow.faults`. */
export function faultCodes(bits: number): readonly string[] {
  return bits === 0 ? none : faultKinds(bits).map((fault) => fault.code);
}
