import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, MAX_LENGTH, MAX_SEARCHES, MAX_TERMS, parse } from '../../core/filter/index.ts';

/* Each line: a filter in which the places between « and » are what its error points at, and what the sentence says. */
const errors: readonly (readonly [string, RegExp])[] = [
  ['«»', /empty/u],
  ['«   »', /empty/u],
  // Unknown names.
  ['«metod» == INVITE', /no field "metod"; did you mean method\?/u],
  ['«metod»:INVITE', /no field "metod"; did you mean method\?/u],
  ['status:486 and «from.usr» == 1', /did you mean from\.user\?/u],
  ['«sip.Metod» == INVITE', /did you mean sip\.Method\?/u],
  ['«fU» == 1', /did you mean \$fU\?/u],
  ['«$FU» == 1', /did you mean \$fu\?/u],
  ['«$mf» == 70', /did you mean max-forwards\?/u],
  ['«$var» == 70', /"\$var" is none of the Kamailio variables/u],
  ['«$hdr»(', /Name the header/u],
  ['«hdr.» == 1', /no field "hdr\."/u],
  ['«example.com»:5060', /Text|text with a colon/u],
  // Values of the wrong kind.
  ['status == «busy»', /compared with a number \(486, 4xx or 200\.\.299\), not with "busy"/u],
  ['status > «"high"»', /not with "high"/u],
  ['status:«busy»', /not with "busy"/u],
  ['port == «99999999999999999999»', /number/u],
  ['duration > «30»', /needs a unit: 30s or 30ms/u],
  ['duration > «5x»', /duration/u],
  ['time > «yesterday»', /time/u],
  ['time > «2026-02-30»', /time/u],
  ['time > «2026»', /time/u],
  ['time > «"2026-11-23 25:00"»', /time/u],
  ['src == «10.0.0.300»', /IP address/u],
  ['src == «example.com»', /IP address/u],
  ['src == «10.0.0.1:5060»', /IP address/u],
  ['ip == «::1/200»', /IP address/u],
  ['ip:«1::2::3»', /IP address/u],
  ['state == «busi»', /did you mean busy\?/u],
  ['transport:«icmp»', /one of UDP, TCP/u],
  ['copy == «maybe»', /true or false/u],
  ['port in {«5..1»}', /backwards/u],
  ['src in {«10.0.0.9..10.0.0.1»}', /backwards/u],
  ['src in {«10.0.0.1..::1»}', /mixes/u],
  ['src in {«10.0.0.0/8..10.0.0.1»}', /not a network/u],
  ['port > «1..5»', /range/u],
  ['method == «$cs»', /not with another field/u],
  ['from:«$tU»', /not with another field/u],
  // Operators that a field does not have.
  ['from «<» 3', /from is text and goes with ==, .*not with "<"/u],
  ['body «==» 3', /not with "=="/u],
  ['copy «in» {true}', /not with "in"/u],
  ['time «contains» 10', /not with "contains"/u],
  ['«"INVITE"» == method', /field stands on the left/u],
  // Something is missing.
  ['method «==»', /value is missing after "=="/u],
  ['call-id «== »', /value is missing/u],
  ['status «in»', /value is missing after "in"/u],
  ['«status:»', /value is missing after "status:"/u],
  ['method == «and» status:200', /value is missing before "and"/u],
  ['method == «{»INVITE}', /value is missing between/u],
  ['a «and»', /expression is missing after "and"/u],
  ['«not»', /expression is missing after "not"/u],
  ['«and» a', /expression is missing before "and"/u],
  ['a or «or» b', /expression is missing before "or"/u],
  ['«==» "INVITE"', /single quotes/u],
  ['«(»method:INVITE', /"\)" for this "\(" is missing/u],
  ['«(»', /"\)" for this "\(" is missing/u],
  ['(a «}»', /a "\)" is missing/u],
  ['method:INVITE«)»', /no "\(" for this "\)"/u],
  ['a «()» b', /nothing between/u],
  ['src in «{»10.0.0.1', /"\}" for this "\{" is missing/u],
  ['src in «{»}', /list is empty/u],
  ['src in {10.0.0.1,«,»10.0.0.2}', /value is missing/u],
  ['a «}» b', /cannot stand here/u],
  ['a «"bc»', /no closing quote/u],
  ["from:«'bc»", /no closing quote/u],
  ['src in {10.0.0.1 «"x»', /no closing quote/u],
  ['(a «"x»', /no closing quote/u],
  ['«""»', /nothing to search for/u],
  ['from contains «""»', /nothing to look for/u],
  // Stray signs.
  ['method «=» INVITE', /"=="/u],
  ['a «&» b', /"and"/u],
  ['a «|» b', /"or"/u],
  // Patterns: the place is the one within the pattern.
  ['from =~ "«(»"', /missing in the pattern/u],
  ['from =~ "x«[»ab"', /"\]" for this "\["/u],
  ['from =~ ab«)»', /no "\(" for this "\)"/u],
  ['from =~ "(a)«\\1»"', /Back-references/u],
  ['from =~ "a«(?=»b)"', /Look-around/u],
  ['from =~ "[«z-a»]"', /backwards/u],
  ['from =~ "a«{3,2}»"', /backwards/u],
  ['from =~ "«*»a"', /nothing to repeat/u],
  ['from =~ "a«\\q»"', /no meaning/u],
  // Where the string has escapes, the whole of it is pointed at.
  ['from =~ «"a\\"("»', /missing in the pattern/u],
  [`from =~ «"(a{1000}){1000}"»`, /too large/u],
  // Limits.
  [`${'x'.repeat(MAX_LENGTH)}«y»`, /longer than/u],
  [`${'not '.repeat(MAX_DEPTH)}«not» a`, /deep/u],
  [`${'('.repeat(MAX_DEPTH)}«(»a${')'.repeat(MAX_DEPTH + 1)}`, /deep/u],
  [`${'request '.repeat(MAX_TERMS)}«request»`, /at most/u],
  [`${'word '.repeat(MAX_SEARCHES)}«word»`, /at most/u],
];

describe('errors', () => {
  it.each(errors)('%s', (marked, message) => {
    const at = marked.indexOf('«');
    const end = marked.indexOf('»') - 1;
    const parsed = parse(marked.replace('«', '').replace('»', ''));
    if (parsed.ok) throw new Error('no error');
    expect(parsed.error.message).toMatch(message);
    // A pattern that is too large as a whole is pointed at as a whole, without its quotes.
    const whole = parsed.error.message.includes('too large') ? 1 : 0;
    expect([parsed.error.at, parsed.error.end]).toStrictEqual([at + whole, end - whole]);
    expect(parsed.error.message).toMatch(/^[A-Z"a-z].*[.?]$/u);
  });
});

/** Bits that filters are made of, put together at random: more errors are reached than with random letters. */
const bits = fc.constantFrom(
  'and',
  'or',
  'not',
  '!',
  '(',
  ')',
  '{',
  '}',
  ',',
  '==',
  '!=',
  '<',
  '=~',
  '=',
  '&',
  'in',
  'contains',
  '"',
  "'",
  '"a b"',
  '\\',

  'method',
  'status',
  'from',
  '$fU',
  '$hdr(X)',
  '$hdr(',
  'hdr.',
  'time',
  'duration',
  'src',
  'copy',
  'body',
  ':',
  '..',
  ' ',
  'r"',

  'INVITE',
  '4xx',
  '10.0.0.1',
  '::1',
  '/8',
  '5s',
  '2026-11-23',
  'constructor',
  '__proto__',
  'toString',
  '\u{1F600}',
  '\uD800',
  '\0',
);

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(bits, { maxLength: 20 }).map((all) => all.join('')),
    fc.array(bits, { maxLength: 20 }).map((all) => all.join(' ')),
  );

  it('is read without an exception, and errors lie within it', () => {
    fc.assert(
      fc.property(text, (filter) => {
        const parsed = parse(filter);
        if (parsed.ok) return;
        const { at, end, message } = parsed.error;
        expect(message).not.toBe('');
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(filter.length);
      }),
      { seed: 2, numRuns: 3000 },
    );
  });
});

describe('a state', () => {
  it('can be named as the list of calls shows it', () => {
    const same = (filter: string, as: string): void =>
      expect(JSON.stringify(parse(filter)).replaceAll(/"(?:at|end)":\d+/gu, '')).toBe(
        JSON.stringify(parse(as)).replaceAll(/"(?:at|end)":\d+/gu, ''),
      );
    for (const word of ['no-ack', '"no ack"', '"No ACK"', 'No_ACK']) same(`state:${word}`, 'state:unacknowledged');
    for (const word of ['"Timed out"', 'timeout', '"timed-out"']) same(`state == ${word}`, 'state == timed-out');
    same('state:redirected', 'state:diverted');
    same('state in {"in call", "no ack"}', 'state in {in-call, unacknowledged}');
  });

  it('that there is not is still told', () => {
    expect(parse('state:"no such"').ok).toBe(false);
  });
});
