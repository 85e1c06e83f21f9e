import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fieldNamed, fieldTable, fields, format, namesOf, operatorTable, parse } from '../../core/filter/index.ts';
import { headerNames } from '../../core/filter/headers.ts';

const DOCUMENT = 'docs/filter.md';

/** The document with the generated parts made anew. */
function generated(text: string): string {
  const parts = { fields: fieldTable(), operators: operatorTable() };
  return Object.entries(parts).reduce(
    (made, [name, table]) =>
      made.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- end of ${name} -->)`),
        (_, open: string, close: string) => `${open}\n${table}\n${close}`,
      ),
    text,
  );
}

describe('the registry of fields', () => {
  it('has no name twice, in any family', () => {
    const names = fields.flatMap(namesOf).map((name) => (name.startsWith('$') ? name : name.toLowerCase()));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toStrictEqual([]);
  });

  it.each(fields.map((field) => [field.name, field] as const))('%s is complete', (_, field) => {
    expect(field.name).toBe(field.name.toLowerCase());
    expect(field.about).toMatch(/^[A-Z].*\.$/u);
    for (const name of namesOf(field)) {
      expect(fieldNamed(name)).toBe(field);
      expect(parse(name)).toStrictEqual({ ok: true, expression: { kind: 'present', field: field.name } });
      expect(name.startsWith('$')).toBe((field.aliases.kamailio ?? []).includes(name));
    }
    const example = parse(field.example);
    expect(example).toMatchObject({ ok: true });
    if (example.ok) expect(JSON.stringify(example.expression)).toContain(`"field":"${field.name}"`);
    if (field.origin.of === 'any')
      for (const name of field.origin.fields) expect(fieldNamed(name)?.origin.of).not.toBe('any');
    if (field.closed === true) expect(field.values?.length).toBeGreaterThan(0);
  });

  it('knows headers by their long names, compact forms and in any case', () => {
    for (const name of ['hdr.Call-ID', 'hdr.call-id', 'HDR.i', '$hdr(Call-ID)', '$hdr(i)'])
      expect(fieldNamed(name)?.name).toBe('hdr.Call-ID');
    expect(fieldNamed('sip.Record-Route')?.name).toBe('hdr.Record-Route');
    expect(fieldNamed('sip.Nonsense')).toBeNull();
    expect(fieldNamed('hdr.Nonsense')?.name).toBe('hdr.Nonsense');
    expect(fieldNamed('hdr.')).toBeNull();
    expect(fieldNamed('hdr.a b')).toBeNull();
    expect(headerNames.toSorted()).toStrictEqual(headerNames);
  });

  it('has no property of objects for a field', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hdr.constructor']) {
      expect(fieldNamed(name)?.name ?? null).toBe(name.startsWith('hdr') ? name : null);
    }
  });
});

describe('docs/filter.md', () => {
  const text = readFileSync(DOCUMENT, 'utf8');

  /* `npx vitest run test/filter -u` writes the tables anew. */
  it('has the fields that there are', async () => {
    await expect(generated(text)).toMatchFileSnapshot(`../../${DOCUMENT}`);
  });

  it('has examples that are filters', () => {
    const blocks = [...text.matchAll(/```filter\n([^]*?)```/gu)].flatMap((block) =>
      (block[1] as string).trim().split('\n'),
    );
    expect(blocks.length).toBeGreaterThan(15);
    for (const line of blocks) {
      const filter = line.replace(/ {3,}#.*$/u, '');
      const parsed = parse(filter);
      expect(parsed, filter).toMatchObject({ ok: true });
      if (parsed.ok) expect(parse(format(parsed.expression))).toStrictEqual(parsed);
    }
  });

  it('has pairs that mean the same', () => {
    const rows = [...text.matchAll(/^\| `([^`]+)` +\| `([^`]+)` +\| `([^`]+)` +\|$/gmu)];
    expect(rows.length).toBeGreaterThan(4);
    for (const [, ...same] of rows) {
      const [first, ...others] = same.map((filter) => parse(filter.replaceAll('\\|', '|')));
      expect(first).toMatchObject({ ok: true });
      for (const other of others) expect(other).toStrictEqual(first);
    }
  });
});
