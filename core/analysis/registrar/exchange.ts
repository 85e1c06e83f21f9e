import type { Address } from '../../decode/sip-address.ts';
import type { Credentials } from '../../decode/sip-auth.ts';
import type { SipMessage } from '../../decode/sip-message.ts';
import { readUri } from '../../decode/sip-uri.ts';
import { utf8 } from '../../bytes/text.ts';

/** A contact of a REGISTER or of its answer. */
export interface Contact {
  readonly uri: string;
  /** Seconds; null where nothing says it. */
  readonly expires: number | null;
  readonly q: string | null;
  readonly instance: string | null;
  readonly regId: string | null;
  readonly pubGruu: string | null;
  readonly tempGruu: string | null;
}

export interface Asked {
  readonly realm: string | null;
  readonly algorithm: string | null;
  readonly qop: string | null;
  readonly nonce: string | null;
  readonly stale: boolean;
}

/** What a REGISTER wants. */
export interface Wish {
  /** `sip:user@host` of To, and of From. */
  readonly aor: string;
  readonly by: string;
  readonly contacts: readonly Contact[];
  /** `Contact: *`. */
  readonly all: boolean;
  readonly path: readonly string[];
  readonly userAgent: string | null;
  /** Realm and nonce of what it answers; null where it answers nothing. */
  readonly answer: { readonly realm: string | null; readonly nonce: string | null } | null;
}

/** What the registrar says. */
export interface Answer {
  readonly contacts: readonly Contact[];
  readonly asked: readonly Asked[];
  readonly serviceRoute: readonly string[];
  readonly associated: readonly string[];
  readonly minExpires: number | null;
}

/** Contacts of one message that are looked at. */
const MOST_CONTACTS = 50;
/** Characters of a text that is kept. */
const LONGEST = 500;

/** An address of record, as one compares them: scheme, user and host, the host in small letters (RFC 3261 10.3, step 5). */
export function addressOfRecord(uri: string): string {
  const read = readUri(utf8(uri));
  if (read?.host === null || read?.host === undefined) return cut(uri.replace(/;.*$/su, ''));
  const host = read.host.includes(':') ? `[${read.host.toLowerCase()}]` : read.host.toLowerCase();
  return cut(`${read.scheme}:${read.user === null ? '' : `${read.user}@`}${host}`);
}

export function wishOf(message: SipMessage): Wish {
  const to = addressOfRecord(message.to?.uri ?? '');
  const contacts = message.contacts.slice(0, MOST_CONTACTS);
  const expires = secondsOf(message.header('Expires'));
  const answers = [...message.credentials('Authorization'), ...message.credentials('Proxy-Authorization')];
  const answer = answers.find((one) => (param(one, 'response') ?? '') !== '');
  return {
    aor: to,
    by: addressOfRecord(message.from?.uri ?? ''),
    contacts: contacts.filter(({ uri }) => uri !== '*').map((contact) => contactOf(contact, expires)),
    all: contacts.some(({ uri }) => uri === '*'),
    path: message.headerValues('Path').slice(0, MOST_CONTACTS).map(cut),
    userAgent: message.header('User-Agent') === null ? null : cut(message.header('User-Agent') ?? ''),
    answer: answer === undefined ? null : { realm: param(answer, 'realm'), nonce: param(answer, 'nonce') },
  };
}

export function answerOf(message: SipMessage): Answer {
  const expires = secondsOf(message.header('Expires'));
  const asked = [...message.credentials('WWW-Authenticate'), ...message.credentials('Proxy-Authenticate')];
  return {
    contacts: message.contacts
      .filter(({ uri }) => uri !== '*')
      .slice(0, MOST_CONTACTS)
      .map((contact) => contactOf(contact, expires)),
    asked: asked.map((one) => ({
      realm: param(one, 'realm'),
      algorithm: param(one, 'algorithm'),
      qop: param(one, 'qop'),
      nonce: param(one, 'nonce'),
      stale: param(one, 'stale')?.toLowerCase() === 'true',
    })),
    serviceRoute: message.headerValues('Service-Route').slice(0, MOST_CONTACTS).map(cut),
    associated: message
      .addresses('P-Associated-URI')
      .slice(0, MOST_CONTACTS)
      .map(({ uri }) => cut(uri)),
    minExpires: secondsOf(message.header('Min-Expires')),
  };
}

function contactOf({ uri, params }: Address, expires: number | null): Contact {
  const value = (name: string): string | null => {
    const found = params.find((one) => one.name.toLowerCase() === name)?.value ?? null;
    return found === null ? null : cut(found);
  };
  return {
    uri: cut(uri),
    expires: secondsOf(value('expires')) ?? expires,
    q: value('q'),
    instance: value('+sip.instance'),
    regId: value('reg-id'),
    pubGruu: value('pub-gruu'),
    tempGruu: value('temp-gruu'),
  };
}

function param({ params }: Credentials, name: string): string | null {
  const value = params.find((one) => one.name.toLowerCase() === name)?.value ?? null;
  return value === null ? null : cut(value);
}

/** Delta-seconds, below 2^32 (RFC 3261 20.19). */
function secondsOf(text: string | null): number | null {
  const digits = /^\s*(\d{1,10})/u.exec(text ?? '')?.[1];
  return digits === undefined ? null : Math.min(Number(digits), 0xffff_ffff);
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
