import type { Field } from './field.ts';
import { callFields } from './fields-call.ts';
import { headerFields } from './fields-headers.ts';
import { packetFields } from './fields-packet.ts';
import { startFields } from './fields-start.ts';
import { headerName, knownHeader } from './headers.ts';
import { nearest } from './suggest.ts';

/** All fields by topic, in the order of the documentation. A new field is one entry in one of these lists. */
export const topics: readonly { readonly title: string; readonly fields: readonly Field[] }[] = [
  { title: 'Start line', fields: startFields },
  { title: 'Headers and body', fields: headerFields },
  { title: 'Packet', fields: packetFields },
  { title: 'Call', fields: callFields },
];

export const fields: readonly Field[] = topics.flatMap((topic) => topic.fields);

/** Every name a field has: its own first. */
export function namesOf(field: Field): readonly string[] {
  const { wireshark = [], kamailio = [], sngrep = [], short = [] } = field.aliases;
  return [field.name, ...short, ...sngrep, ...wireshark, ...kamailio];
}

/** Kamailio tells `$fu` (URI) from `$fU` (user); the other families have no two names that differ in case only. */
function key(name: string): string {
  return name.startsWith('$') ? name : name.toLowerCase();
}

const byName = new Map<string, Field>();
for (const field of fields) for (const name of namesOf(field)) byName.set(key(name), field);

/** The field that `name` stands for, in any family's spelling; null where there is none. */
export function fieldNamed(name: string): Field | null {
  return byName.get(key(name)) ?? headerField(name);
}

/** A canonical name's field, which a parsed expression is known to have. */
export function knownField(name: string): Field {
  const field = fieldNamed(name);
  if (field === null) throw new Error(`expression with an unknown field: ${name}`);
  return field;
}

/** `hdr.Name`, `$hdr(Name)` for any header, `sip.Name` (Wireshark) for known ones. */
function headerField(name: string): Field | null {
  let own: string | null = null;
  if (/^hdr\./iu.test(name)) own = headerName(name.slice(4));
  else if (/^\$hdr\(.+\)$/u.test(name)) own = headerName(name.slice(5, -1).trim());
  else if (/^sip\.../iu.test(name)) own = knownHeader(name.slice(4));
  if (own === null) return null;
  return {
    name: `hdr.${own}`,
    kind: 'text',
    origin: { of: 'derived', part: { place: 'header', header: own.toLowerCase(), part: 'value' } },
    aliases: { kamailio: [`$hdr(${own})`] },
    about: `The header ${own}, all of its values.`,
    example: `hdr.${own} contains "…"`,
  };
}

/** The name of a field that `name` may have been meant to be; null where none is near. */
export function suggestField(name: string): string | null {
  const names = [...byName.values()].flatMap(namesOf);
  if (!name.startsWith('$'))
    return byName.has(`$${name}`)
      ? `$${name}`
      : nearest(
          name,
          names.filter((known) => !known.startsWith('$')),
        );
  // To Kamailio it is the flags of its script, which no capture shows; it looks like Max-Forwards.
  if (name === '$mf') return 'max-forwards';
  return names.find((known) => known.toLowerCase() === name.toLowerCase()) ?? null;
}
