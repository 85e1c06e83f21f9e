import { KeyMistakeError } from './typed.ts';

/** A field of a line, and where it begins; columns are from 1. */
export interface Field {
  readonly text: string;
  readonly column: number;
}

/** Fields between commas, bare or in quotation marks; in those `\\x41` is a byte, as Wireshark writes it, and `""` a mark. Throws KeyMistakeError. */
export function readFields(line: string): Field[] {
  const fields: Field[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    const column = at + 1;
    if (line[at] === '"') {
      let text = '';
      for (at++; at < line.length && (line[at] !== '"' || line[at + 1] === '"'); at++) {
        if (line[at] === '"') at++;
        text += line[at];
      }
      if (at >= line.length) throw new KeyMistakeError('a quotation mark that opens is not closed', column);
      at++;
      fields.push({ text: unescaped(text), column });
      while (line[at] === ' ' || line[at] === '\t') at++;
      if (at < line.length && line[at] !== ',')
        throw new KeyMistakeError('behind a quotation mark a comma is expected', at + 1);
    } else {
      const comma = line.indexOf(',', at);
      const end = comma === -1 ? line.length : comma;
      fields.push({ text: line.slice(at, end).trim(), column });
      at = end;
    }
    if (at >= line.length) return fields;
    at++;
  }
}

function unescaped(text: string): string {
  return text.replaceAll(/\\x(?<byte>[0-9a-f]{2})/giu, (_, byte: string) =>
    String.fromCharCode(Number.parseInt(byte, 16)),
  );
}
