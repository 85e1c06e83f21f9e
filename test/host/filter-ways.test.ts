import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wireText } from '../../core/bytes/text.ts';
import { openInputs } from '../../core/capture/inputs.ts';
import { SipHead } from '../../core/decode/sip-head.ts';
import { fields, parse, select, type FilterSource, type Mode } from '../../core/filter/index.ts';
import { DerivedColumn } from '../../core/host/filter/derived.ts';
import { SessionFilter } from '../../core/host/filter/filter-source.ts';
import { judgeAll } from '../../core/host/calls/judgements.ts';
import { Session } from '../../core/host/session.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const collection = join(import.meta.dirname, '../../../shared/captures');
const folders = [
  join(collection, 'corpus', 'captures'),
  join(collection, 'corpus', 'malformed'),
  join(collection, 'lab'),
];

function captures(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /\.pcap(?:ng)?$/u.test(name)) : [];
}

/** A capture with more messages is not compared: asking each of them takes long. */
const MOST = 3000;
/** Milliseconds that a capture may take where the machine does much else. */
const PATIENCE = 60_000;

/** The same source, but every message is read by itself and asked. */
function slowly(source: SessionFilter, { lookBack, analysis }: Session): FilterSource {
  const { messages } = analysis;
  return {
    count: source.count,
    calls: source.calls,
    base: source.base,
    start: source.start,
    callOf: source.callOf,
    ready: (columns, cancel) => source.ready(columns, cancel),
    number: (name) => source.number(name),
    text: (name) => source.text(name),
    derive: (parts) => {
      const columns = parts.map((part) => new DerivedColumn(part));
      const head = new SipHead();
      for (let row = 0; row < messages.count; row++) {
        const bytes = lookBack.bytesOf(row);
        head.scan(bytes, 0, bytes.length);
        for (const column of columns) column.add(bytes, 0, head);
      }
      return Promise.resolve(columns);
    },
    scan: (tests, mark) => {
      for (let row = 0; row < messages.count; row++) {
        const bytes = lookBack.bytesOf(row);
        const body = Math.min(messages.bodyAt.get(row), bytes.length);
        for (const [index, one] of tests.entries()) {
          const { region } = one;
          if (region === 'body' && messages.bodyLength.get(row) === 0) continue;
          if (one.test(bytes, region === 'body' ? body : 0, bytes.length)) mark(index, row);
        }
      }
      return Promise.resolve();
    },
  };
}

/** Filters that are asked of every capture, besides those with words from it. */
const always = [
  ...fields.map(({ example }) => example),
  'from',
  'not from.display',
  'contact != ""',
  'expires == 0 or expires > 60',
  'hdr.Reason or hdr.X-Nothing or hdr.Subject',
  'not hdr.User-Agent',
  'hdr.Via matches "udp|tcp"',
  'from.user != alice and to.user != bob',
  'from.user in {alice, "bob", 1001}',
  'message matches "^(v|via): *sip/2.0"',
  'body matches "^m=(audio|video) [0-9]+ "',
  'sdp contains "a=sendrecv" and not message contains "evs"',
  'from matches "(?-i)SIP:.*@" or to matches "\\\\+[0-9]{4}"',
  'from.display == "Jürgen Groß" or "groß" or "Jürgen"',
  'reason contains "g" and not reason == "OK"',
  'ruri.port != 5060 and ruri.user',
  'user:1001 or host:example.com or agent:sip',
  'from.uri contains "sip:" and from.uri contains "@" and from.display matches "."',
];

/** Filters with words that stand in these messages, in other cases, cut and joined. */
function asked(texts: readonly string[]): string[] {
  const made: string[] = [];
  for (const [index, text] of texts.entries()) {
    const words = text.split(/[^\w@.:+;,\\-]+/u).filter((word) => word.length > 1);
    const word = words[(index * 7919) % Math.max(1, words.length)] ?? 'nothing';
    const line = text.split('\r\n')[(index * 31) % 9] ?? '';
    const other = word.slice(word.length > 6 ? 2 : 0).toUpperCase();
    const value = line.slice(line.indexOf(':') + 1).trim();
    const field = ['from', 'to.user', 'contact', 'ruri', 'hdr.Via', 'hdr.Route', 'from.display', 'ua', 'request.line'][
      index % 9
    ];
    made.push(
      JSON.stringify(word),
      `${field} contains ${JSON.stringify(other)} or body contains ${JSON.stringify(other)}`,
      `not ${field} == ${JSON.stringify(value)} or hdr.Contact contains ${JSON.stringify(value.slice(-30))}`,
      `message matches ${JSON.stringify(line.slice(0, 80).replaceAll(/[^\w ]/gu, '.'))}`,
    );
  }
  return made;
}

/** Compares the two ways; gives how many of the answers were neither nothing nor everything. */
async function compared(path: string): Promise<number> {
  const session = new Session([path], await openInputs([path], { spool: true }), { ports: [], streams: true });
  let told = 0;
  try {
    await session.run({ progress: () => undefined, warning: () => undefined });
    const { messages } = session.analysis;
    if (messages.count === 0 || messages.count > MOST) return 0;
    const source = new SessionFilter(session, (signal) => judgeAll(session, signal));
    const step = Math.max(1, Math.floor(messages.count / 12));
    const rows = Array.from({ length: Math.ceil(messages.count / step) }, (_, number) => number * step);
    for (const filter of [...always, ...asked(rows.map((row) => wireText(session.lookBack.bytesOf(row))))]) {
      const parsed = parse(filter);
      if (!parsed.ok) continue;
      for (const mode of ['messages', 'calls'] satisfies Mode[]) {
        // A source of its own each time: what is known already would be taken from there.
        const fresh = new SessionFilter(session, (signal) => judgeAll(session, signal));
        const [fast, slow] = [
          await select(parsed.expression, fresh, mode),
          await select(parsed.expression, slowly(source, session), mode),
        ];
        expect(fast, `${filter} (${mode})`).toEqual(slow);
        if (slow !== null && slow.matches > 0 && slow.matches < slow.mask.length - 1) told += 1;
      }
    }
  } finally {
    await session.close();
  }
  return told;
}

test('the filters that are asked of every capture are filters', () => {
  expect(always.filter((filter) => !parse(filter).ok)).toEqual([]);
});

describe('a filter selects the same however the messages are searched', () => {
  test.each(captures(fixtures))('%s', { timeout: PATIENCE }, async (name) => {
    expect(await compared(join(fixtures, name))).toBeGreaterThan(10);
  });
});

const shared = folders.flatMap((folder) => captures(folder).map((name) => [name, join(folder, name)] as const));
const few = shared.filter((_, index) => index % 16 === 0);

describe.skipIf(few.length === 0)('so it does in the collection (skipped where that is not beside the project)', () => {
  test.each(few)('%s', { timeout: PATIENCE }, async (_, path) => {
    expect(await compared(path)).toBeGreaterThanOrEqual(0);
  });
});
