import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields, format, operatorsOf, parse } from '../../core/filter/index.ts';
import type { Expression, Field, Value } from '../../core/filter/index.ts';

/* Filters in any spelling, and the one spelling of each. */
const spellings: readonly (readonly [string, string])[] = [
  ['sip.Method == "INVITE"', 'method == INVITE'],
  ['method:invite', 'method == INVITE'],
  ["$rm eq 'INVITE'", 'method == INVITE'],
  ['method == "invite"', 'method == "invite"'],
  ['$proto == "tcp"', 'transport == TCP'],
  ['method:INVITE from:1001', 'method == INVITE and from contains "1001"'],
  ['a b||c&&!d', '(a and b) or c and not d'.replace('(a and b)', 'a and b')],
  ['(a or b) and (c or d)', '(a or b) and (c or d)'],
  ['a or (b or c)', 'a or (b or c)'],
  ['not (a and b)', 'not (a and b)'],
  ['status:4xx', 'status == 4xx'],
  ['status in {200, 300..399}', 'status in {200, 300..399}'],
  ['src in 10.0.0.0/8', 'src in {10.0.0.0/8}'],
  ['from not contains x', 'not from contains "x"'],
  ['$fU =~ ^10', 'from.user matches "^10"'],
  ['from =~ "\\d"', 'from matches "\\\\d"'],
  ['from =~ r"\\d"', 'from matches "\\\\d"'],
  ['time > "2026-11-23 10:00"', 'time > "2026-11-23 10:00"'],
  ['time > "2026-11-23T10:00"', 'time > 2026-11-23T10:00'],
  ['$hdr(x-foo)', 'hdr.x-foo'],
  ['$hdr(i) == a', 'hdr.Call-ID == "a"'],
  ['sip.route:a', 'hdr.Route contains "a"'],
  ['"and"', '"and"'],
  ['"method"', '"method"'],
  ['"method:INVITE"', '"method:INVITE"'],
  ['"a b" "x\\ty\\x00"', '"a b" and "x\\ty\\x00"'],
  ['"word"', 'word'],
  ['state == "in-call"', 'state == in-call'],
];

describe('one spelling', () => {
  it.each(spellings)('%s', (filter, wanted) => {
    const parsed = parse(filter);
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(format(parsed.expression)).toBe(wanted);
    expect(parse(wanted)).toStrictEqual(parsed);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    'and',
    'in',
    'INVITE',
    'invite',
    'method',
    '"',
    '\\',
    '\\n',
    'a\\"b',
    'r',
    '4xx',
    '$rm',
    'from:1',
    'sip:1@x',
    '::1',
    '1..2',
    '!',
    '-',
    'not',
  ),
);

function one(text: string): Value {
  return { kind: 'one', text };
}

function range([a, b]: readonly [number, number], unit = ''): Value {
  return { kind: 'range', from: `${Math.min(a, b)}${unit}`, to: `${Math.max(a, b)}${unit}` };
}

/** Values that a field can have, as the parser leaves them. */
function valuesOf(field: Field): fc.Arbitrary<Value> {
  const pair = fc.tuple(fc.nat(70_000), fc.nat(70_000));
  switch (field.kind) {
    case 'number':
      return fc.oneof(
        fc.nat(70_000).map((n) => one(String(n))),
        fc.constantFrom(one('4xx'), one('0x1F'), one('2.5')),
        pair.map((both) => range(both)),
      );
    case 'duration':
      return fc.oneof(
        fc.nat(9999).map((n) => one(`${n}ms`)),
        fc.constantFrom(one('1m30s'), one('0'), one('5µs')),
        pair.map((both) => range(both, 's')),
      );
    case 'time':
      return fc.constantFrom(one('2026-11-23 10:00'), one('2026-11-23T10:00:05.5Z'), one('1795428000.25'), {
        kind: 'range',
        from: '2026-11-23 10:00',
        to: '2026-11-24',
      } as const);
    case 'address':
      return fc.oneof(
        fc.ipV4().map(one),
        fc.ipV6().map(one),
        fc.ipV4().map((ip) => one(`${ip}/9`)),
        fc.constant({ kind: 'range', from: '::1', to: '::2' } as const),
      );
    case 'flag':
      return fc.constantFrom(one('true'), one('no'));
    case 'word':
      return field.closed === true
        ? fc.constantFrom(...(field.values ?? []).map((value) => one(value.text)))
        : fc.oneof(anyText.map(one), fc.constantFrom(one('INVITE')));
    default:
      return anyText.map(one);
  }
}

const field = fc.constantFrom(...fields);

const comparison: fc.Arbitrary<Expression> = field.chain((of): fc.Arbitrary<Expression> => {
  const choices = operatorsOf(of).map((operator): fc.Arbitrary<Expression> => {
    if (operator === 'in')
      return fc
        .array(valuesOf(of), { minLength: 1, maxLength: 4 })
        .map((values) => ({ kind: 'in', field: of.name, values }));
    const made = (value: Value): Expression => ({ kind: 'compare', field: of.name, operator, value });
    if (operator === 'matches')
      return fc.constantFrom('^a+$', '\\d{3}', '[^"]', 'a|b', '"').map((text) => made(one(text)));
    if (operator === 'contains') return anyText.map((text) => made(one(text)));
    const single =
      operator === '==' || operator === '!=' ? valuesOf(of) : valuesOf(of).filter((value) => value.kind === 'one');
    return single.map(made);
  });
  return fc.oneof(...choices);
});

const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'tree' },
    comparison,
    field.map((of): Expression => ({ kind: 'present', field: of.name })),
    anyText.map((text): Expression => ({ kind: 'search', text })),
    fc.constantFrom<Expression>(
      { kind: 'present', field: 'hdr.X-Foo' },
      { kind: 'compare', field: 'hdr.Route', operator: '!=', value: one('x') },
    ),
    tie('tree').map((part): Expression => ({ kind: 'not', part })),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
      .map(([kind, parts]): Expression => ({ kind, parts })),
  ),
}));

describe('any expression', () => {
  it('reads back from its text as it was', () => {
    fc.assert(
      fc.property(tree, (expression) => {
        const text = format(expression);
        const parsed = parse(text);
        expect(parsed, text).toStrictEqual({ ok: true, expression });
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});
