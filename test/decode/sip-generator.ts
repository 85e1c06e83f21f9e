/** Well-formed messages at random, as a fast-check arbitrary: the parts they are made of and the bytes they come to. */
import fc from 'fast-check';
import { utf8 } from '../../core/bytes/text.ts';
import { joined } from './sip-text.ts';

export interface MadeAddress {
  readonly display: string | null;
  readonly uri: string;
  readonly tag: string | null;
  /** As in the message, without folds. */
  readonly written: string;
}

export interface MadeMessage {
  readonly bytes: Uint8Array;
  readonly method: string | null;
  readonly uri: string | null;
  readonly status: number | null;
  readonly reason: string | null;
  readonly callId: string;
  readonly cseq: number;
  readonly cseqMethod: string;
  readonly from: MadeAddress;
  readonly to: MadeAddress;
  readonly vias: readonly { transport: string; host: string; port: number | null; branch: string | null }[];
  readonly body: Uint8Array;
}

const letters = (all: string): fc.Arbitrary<string> => fc.constantFrom(...Array.from(all));

const word = fc.string({ unit: letters("abcXYZ019-.!%*_+`'~"), minLength: 1, maxLength: 12 });
/** Marks that a user may hold as they are; `;` and `?` are among them. */
const user = fc.string({ unit: letters("abc019-_.!~*'()&=+$,;?/"), minLength: 1, maxLength: 12 });
const host = fc.constantFrom('example.com', '192.0.2.4', '[2001:db8::10]', 'a-b.c', 'localhost');
const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: null });
const uri = fc
  .tuple(
    fc.constantFrom('sip', 'sips'),
    fc.option(user, { nil: null }),
    host,
    port,
    fc.constantFrom('', ';lr', ';transport=tcp;lr', '?Subject=x'),
  )
  .map(
    ([scheme, name, at, number, rest]) =>
      `${scheme}:${name === null ? '' : `${name}@`}${at}${number === null ? '' : `:${number}`}${rest}`,
  );

const quoted = fc.string({ unit: letters('ab ü<>;,"\\:='), maxLength: 10 });
/** White space where the grammar allows it: none mostly, some, a fold. */
const space = fc.constantFrom('', '', '', ' ', ' \t', '\r\n ', ' \r\n\t');
const blank = fc.constantFrom(' ', ' ', '  ', '\r\n ');

const address: fc.Arbitrary<MadeAddress & { wire: string }> = fc
  .tuple(
    fc.oneof(
      fc.constant(null),
      word,
      quoted.map((text) => ({ text })),
    ),
    uri,
    fc.option(word, { nil: null }),
    space,
    space,
    fc.boolean(),
  )
  .map(([name, target, tag, before, around, other]) => {
    const display = name === null || typeof name === 'string' ? name : name.text;
    const shown =
      name === null ? '' : typeof name === 'string' ? `${name} ` : `"${name.text.replaceAll(/["\\]/gu, '\\$&')}" `;
    const written = `${shown}<${target}>`;
    const params = `${other ? `${before};x="tag=1;"` : ''}${tag === null ? '' : `${before};${around}tag${around}=${around}${tag}`}`;
    return { display, uri: target, tag, written, wire: `${written}${params}` };
  });

const via = fc
  .record({
    transport: fc.constantFrom('UDP', 'TCP', 'TLS', 'WS', 'SCTP'),
    host,
    port,
    branch: fc.option(
      word.map((text) => `z9hG4bK${text}`),
      { nil: null },
    ),
    gap: space,
    first: fc.boolean(),
  })
  .map((made) => {
    const sentBy = `${made.host}${made.port === null ? '' : `:${made.port}`}`;
    const branch = made.branch === null ? '' : `${made.gap};${made.gap}branch=${made.branch}`;
    const wire = `SIP${made.gap}/${made.gap}2.0/${made.transport} ${sentBy}${made.first ? branch : `;rport;x="a,;branch=no"${branch}`}`;
    return { ...made, host: made.host.replaceAll(/[[\]]/gu, ''), wire };
  });

const extra = fc.constantFrom(
  'User-Agent: a, "b',
  'Subject: x: y; z',
  'Contact: <sip:a@b>;expires=60',
  'Max-Forwards: 70',
  'X-Tag: ;tag=no',
  'Record-Route: <sip:p;lr>,<sip:q;lr>',
  'Fro: m',
  'Viaduct: x',
  'Calls: 1',
);

const startLine = fc.oneof(
  fc.record({ method: word, uri, status: fc.constant(null), reason: fc.constant(null) }),
  fc.record({
    method: fc.constant(null),
    uri: fc.constant(null),
    status: fc.integer({ min: 100, max: 699 }),
    reason: fc.constantFrom('OK', 'Not Found', 'Nicht möglich', ''),
  }),
);

export const madeMessage: fc.Arbitrary<MadeMessage> = fc
  .record({
    start: startLine,
    callId: fc.tuple(word, word).map(([a, b]) => `${a}@${b}`),
    cseq: fc.integer({ min: 0, max: 2_147_483_647 }),
    cseqMethod: word,
    from: address,
    to: address,
    vias: fc.array(via, { minLength: 1, maxLength: 4 }),
    listed: fc.boolean(),
    compact: fc.boolean(),
    lower: fc.boolean(),
    beforeColon: fc.constantFrom('', '', ' ', '\t'),
    behindColon: blank,
    extras: fc.array(extra, { maxLength: 4 }),
    order: fc.integer(),
    body: fc.uint8Array({ maxLength: 40 }),
    lineEnd: fc.constantFrom('\r\n', '\r\n', '\r\n', '\n'),
  })
  .map((made) => {
    const { start, vias } = made;
    const cseqMethod = start.method ?? made.cseqMethod;
    const header = (long: string, short: string | null, value: string): string => {
      const name = made.compact && short !== null ? short : long;
      return `${made.lower ? name.toLowerCase() : name}${made.beforeColon}:${made.behindColon}${value}`;
    };
    const lines = [
      ...(made.listed
        ? [header('Via', 'v', vias.map(({ wire }) => wire).join(' ,'))]
        : vias.map(({ wire }) => header('Via', 'v', wire))),
      header('From', 'f', made.from.wire),
      header('To', 't', made.to.wire),
      header('Call-ID', 'i', made.callId),
      header('CSeq', null, `${made.cseq}${made.behindColon}${cseqMethod}`),
      ...made.extras,
      header('Content-Length', 'l', String(made.body.length)),
    ];
    // Headers come in any order, but Vias keep theirs.
    const turn = Math.abs(made.order) % lines.length;
    const count = made.listed ? 1 : vias.length;
    const turned = [...lines.slice(0, count), ...lines.slice(count).slice(turn), ...lines.slice(count).slice(0, turn)];
    const first =
      start.method === null ? `SIP/2.0 ${start.status} ${start.reason}` : `${start.method} ${start.uri} SIP/2.0`;
    const text = [first, ...turned, '', ''].join('\r\n').replaceAll('\r\n', made.lineEnd);
    return {
      ...start,
      callId: made.callId,
      cseq: made.cseq,
      cseqMethod,
      from: made.from,
      to: made.to,
      vias,
      body: made.body,
      bytes: joined(utf8(text), made.body),
    };
  });
