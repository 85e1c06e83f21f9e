/**
 * What a REGISTER and its answers say of security associations and keys: Security-Client, -Server and -Verify (RFC 3329,
 * TS 33.203 Annex H), the challenge with `ck` and `ik` of the core side (TS 24.229, TS 33.203), and whose they are.
 */
import { wireText } from '../bytes/text.ts';
import { readCredentials } from './sip-auth.ts';
import { readAddresses } from './sip-address.ts';
import { HeaderFinder } from './sip-field.ts';
import type { SipHead } from './sip-head.ts';
import { findByte, LINE_FEEDS } from './sip-find.ts';
import { elements, fieldText, paramValue, readParams } from './sip-values.ts';

/** Mechanisms that are read of one message; there are as many as pairs of algorithms, about a dozen. */
export const MAX_MECHANISMS = 64;

/** A mechanism that was offered, answered or verified. Numbers that are missing or none are -1. */
export interface Mechanism {
  readonly name: string;
  readonly q: number;
  /** Lower case; '' where it is missing. Defaults are filled in: `null`, `esp`, `trans`. */
  readonly alg: string;
  readonly ealg: string;
  readonly prot: string;
  readonly mode: string;
  readonly spiC: number;
  readonly spiS: number;
  readonly portC: number;
  readonly portS: number;
}

/** Texts are '' where the message has no such thing. */
export interface SecurityNotes {
  readonly isRequest: boolean;
  readonly status: number;
  readonly callId: string;
  readonly cseq: number;
  /** User name of Authorization; address of record in To. */
  readonly impi: string;
  readonly impu: string;
  /** Of the challenge, or that a request answers. */
  readonly nonce: string;
  /** Keys of the challenge, in hexadecimal as written. */
  readonly ck: string;
  readonly ik: string;
  readonly client: readonly Mechanism[];
  readonly server: readonly Mechanism[];
  readonly verify: readonly Mechanism[];
}

const finders = {
  client: new HeaderFinder('Security-Client'),
  server: new HeaderFinder('Security-Server'),
  verify: new HeaderFinder('Security-Verify'),
  challenge: new HeaderFinder('WWW-Authenticate'),
  credentials: new HeaderFinder('Authorization'),
  to: new HeaderFinder('To'),
};

/** What the message that `head` has read says, a REGISTER or an answer to one; null where it says nothing of security. */
export function readSecurityNotes(bytes: Uint8Array, head: SipHead): SecurityNotes | null {
  const from = head.headersAt;
  const to = head.bodyAt;
  if (!mayTell(bytes, head.view, from, to)) return null;
  const client = mechanisms(finders.client, bytes, from, to);
  const server = mechanisms(finders.server, bytes, from, to);
  const verify = mechanisms(finders.verify, bytes, from, to);
  let nonce = '';
  let ck = '';
  let ik = '';
  let impi = '';
  for (const params of credentials(head.isRequest ? finders.credentials : finders.challenge, bytes, from, to)) {
    nonce ||= paramValue(params, 'nonce') ?? '';
    ck ||= paramValue(params, 'ck') ?? '';
    ik ||= paramValue(params, 'ik') ?? '';
    impi ||= (head.isRequest ? paramValue(params, 'username') : null) ?? '';
  }
  const { isRequest, status, cseqNumber: cseq } = head;
  const callId = head.callIdAt === 0 ? '' : wireText(bytes.subarray(head.callIdAt, head.callIdEnd));
  const impu = addressOf(bytes, from, to);
  return { isRequest, status, callId, cseq, impi, impu, nonce, ck, ik, client, server, verify };
}

/** Whether there is a header `Security-…`, `WWW-Authenticate` or `Authorization`, told by a letter or two: most messages have none. */
function mayTell(bytes: Uint8Array, view: DataView, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const letter = (bytes[at] as number) | 0x20;
    if (letter === 0x73 && bytes[at + 8] === 0x2d) return true;
    if (letter === 0x77 && bytes[at + 3] === 0x2d) return true;
    if (letter === 0x61 && ((bytes[at + 1] as number) | 0x20) === 0x75) return true;
    at = findByte(bytes, view, at, to, LINE_FEEDS) + 1;
  }
  return false;
}

function mechanisms(finder: HeaderFinder, bytes: Uint8Array, from: number, to: number): Mechanism[] {
  const found: Mechanism[] = [];
  let isThere = finder.find(bytes, from, to);
  while (isThere && found.length < MAX_MECHANISMS) {
    const places = elements(bytes, finder.valueAt, finder.valueEnd, 0x2c);
    for (let i = 0; i < places.length && found.length < MAX_MECHANISMS; i += 2) {
      const at = places[i] as number;
      const end = places[i + 1] as number;
      if (at < end) found.push(mechanism(bytes, at, end));
    }
    isThere = finder.find(bytes, finder.next, to);
  }
  return found;
}

function mechanism(bytes: Uint8Array, at: number, end: number): Mechanism {
  const [start = at, stop = end] = elements(bytes, at, end, 0x3b);
  const params = readParams(bytes, stop, end);
  const word = (name: string, missing: string): string => (paramValue(params, name) ?? missing).toLowerCase();
  const number = (name: string, most: number): number => wholeNumber(paramValue(params, name) ?? '', most);
  const q = paramValue(params, 'q');
  const preference = q === null || !/^\d(?:\.\d*)?$/u.test(q) ? -1 : Number(q);
  return {
    name: fieldText(bytes, start, stop).toLowerCase(),
    q: preference,
    alg: word('alg', ''),
    ealg: word('ealg', 'null'),
    prot: word('prot', 'esp'),
    mode: word('mod', paramValue(params, 'mode') ?? 'trans'),
    spiC: number('spi-c', 0xffff_ffff),
    spiS: number('spi-s', 0xffff_ffff),
    portC: number('port-c', 0xffff),
    portS: number('port-s', 0xffff),
  };
}

function wholeNumber(text: string, most: number): number {
  if (!/^\d{1,10}$/u.test(text)) return -1;
  const number = Number(text);
  return number <= most ? number : -1;
}

function* credentials(finder: HeaderFinder, bytes: Uint8Array, from: number, to: number) {
  let isThere = finder.find(bytes, from, to);
  for (let count = 0; isThere && count < 8; count++) {
    const read = readCredentials(bytes, finder.valueAt, finder.valueEnd);
    if (read?.scheme.toLowerCase() === 'digest') yield read.params;
    isThere = finder.find(bytes, finder.next, to);
  }
}

function addressOf(bytes: Uint8Array, from: number, to: number): string {
  const { to: finder } = finders;
  if (!finder.find(bytes, from, to)) return '';
  return readAddresses(bytes, finder.valueAt, finder.valueEnd)[0]?.uri ?? '';
}
