import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete, parse } from '../../core/filter/index.ts';
import type { Completion } from '../../core/filter/index.ts';

/** Completions at the `|` of a text. */
function at(marked: string, values?: (field: string) => readonly string[]): Completion[] {
  const cursor = marked.indexOf('|');
  return complete(marked.replace('|', ''), cursor, values === undefined ? {} : { values });
}

function texts(marked: string): string[] {
  return at(marked).map((one) => one.text);
}

/* Each line: where the cursor stands, what comes first, what must not come. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['|', ['method', 'status'], ['and', '==']],
  ['met|', ['method'], ['from']],
  ['use|', ['user', 'user-agent', 'ruri.user'], []],
  ['from.|', ['from.uri', 'from.user'], ['to.user']],
  ['$f|', ['$from', '$fu', '$fU'].toSorted(), ['from']],
  ['$fU|', ['$fU'], ['$fu']],
  ['sip.Met|', ['sip.Method'], ['method']],
  ['sip.Rec|', ['sip.Record-Route'], []],
  ['hdr.p-|', ['hdr.P-Access-Network-Info'], ['pai']],
  ['$hdr|', ['$hdr(Accept)'], []],
  ['status |', ['==', '!=', '<'], ['contains', 'method']],
  ['from |', ['==', '!=', 'contains', 'matches', 'in', 'and', 'or'], ['<']],
  ['from co|', ['contains'], ['==']],
  ['copy |', ['==', '!=', 'and'], ['in']],
  ['body |', ['contains', 'matches', 'and'], ['==']],
  ['state == |', ['calling', 'ringing'], ['and']],
  ['state == b|', ['busy'], ['calling']],
  ['state:b|', ['busy'], ['calling']],
  ['state: |', ['calling'], ['and', 'no-ack']],
  ['state:no|', ['no-ack'], ['unacknowledged']],
  ['state in {busy, f|', ['failed'], ['busy']],
  ['state in {|', ['calling'], []],
  ['state not in {|', ['calling'], []],
  ['$rm == I|', ['INVITE', 'INFO'], ['ACK']],
  ['status:4|', ['4xx', '400'], ['200']],
  ['copy == |', ['true', 'false'], []],
  ['state == busy |', ['and', 'or', 'not', 'method'], ['==']],
  ['state == busy a|', ['and', 'agent'], ['or']],
  ['state in {busy} |', ['and'], ['==']],
  ['(a) |', ['and'], []],
  ['a and |', ['method'], ['and']],
  ['not |', ['method'], ['and']],
  ['("x" or m|', ['method'], []],
  ['from == method |', ['and'], ['==']],
  ['from == "abc|', [], ['method']],
];

describe('completion', () => {
  it.each(cases)('%s', (marked, first, never) => {
    const found = texts(marked);
    const wanted = [...first];
    expect(found.filter((text) => wanted.includes(text)).toSorted()).toStrictEqual(wanted.toSorted());
    if (wanted.length > 0) expect(wanted).toContain(found[0]);
    for (const text of never) expect(found).not.toContain(text);
  });

  it('replaces the word under the cursor, the part behind it included', () => {
    expect(at('a and met|hod')[0]).toMatchObject({ text: 'method', from: 6, to: 12, kind: 'field' });
    expect(at('state:bu|sy x')[0]).toMatchObject({ text: 'busy', from: 6, to: 10, kind: 'value' });
    expect(at('state == |')[0]).toMatchObject({ from: 9, to: 9 });
  });

  it('says what things mean', () => {
    expect(at('status:486|')[0]).toMatchObject({ text: '486', about: 'Busy Here' });
    expect(at('$fU|')[0]?.about).toBe('from.user: User part of the URI of From.');
  });

  it('offers values that the capture has, in quotes where they need them', () => {
    const values = (field: string): string[] => (field === 'from.user' ? ['1001', 'a b'] : []);
    expect(at('$fU == |', values).map((one) => one.text)).toStrictEqual(['1001', '"a b"']);
    expect(at('$tU == |', values)).toStrictEqual([]);
  });

  it('offers fields that can be written there', () => {
    for (const one of at('|')) if (one.kind === 'field') expect(parse(one.text).ok).toBe(true);
  });

  it('never throws, and what it would replace lies within the text', () => {
    const bits = fc.constantFrom(
      'from',
      'state',
      ' ',
      ':',
      '==',
      'in',
      '{',
      ',',
      '}',
      'not',
      '"',
      '$hdr(',
      '$',
      'hdr.',
      '(',
      ')',
      'x',
      '\uD800',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 12 }), fc.nat(40), (all, cursor) => {
        const text = all.join('');
        for (const one of complete(text, cursor)) {
          expect(one.from).toBeGreaterThanOrEqual(0);
          expect(one.from).toBeLessThanOrEqual(one.to);
          expect(one.to).toBeLessThanOrEqual(text.length);
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});
