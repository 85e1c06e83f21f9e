import { inflateSync } from 'node:zlib';

export interface ReadPdf {
  /** Text of each page, a string a line as it was drawn. */
  readonly pages: readonly (readonly string[])[];
  /** Width and height of each page, points. */
  readonly sizes: readonly (readonly [number, number])[];
  /** Names of the fonts whose glyphs are in the file. */
  readonly embedded: readonly string[];
  readonly info: string;
}

/** Reads a PDF such as ours (ISO 32000-1): by its cross-reference table, whose every place has to hold the object it names. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString('latin1');
  const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/u.exec(file)?.[1]);
  const [, count = '0'] = /^xref\n0 (\d+)\n/u.exec(file.slice(table)) ?? [];
  const entries = file
    .slice(table)
    .split('\n')
    .slice(3, 2 + Number(count));
  const objects = new Map<number, string>();
  for (const [index, entry] of entries.entries()) {
    const place = Number(entry.slice(0, 10));
    const number = index + 1;
    if (!file.startsWith(`${number} 0 obj`, place)) throw new Error(`object ${number} is not at ${place}`);
    objects.set(number, file.slice(place, file.indexOf('\nendobj', place)));
  }
  const all = [...objects.values()];
  const named = (name: string): string[] => all.filter((text) => text.includes(`/Type /${name}\n`));
  const pages = pagesOf(named('Pages')[0] ?? '', objects);
  return {
    pages: pages.map((page) => linesOf(page, objects)),
    sizes: pages.map((page) => {
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/u.exec(page) ?? [];
      return [Number(width), Number(height)];
    }),
    embedded: named('FontDescriptor')
      .filter((text) => /\/FontFile2 \d+ 0 R/u.test(text))
      .map((text) => /\/FontName \/[A-Z]{6}\+(\S+)/u.exec(text)?.[1] ?? ''),
    info: objects.get(referenced(file.slice(table), 'Info')) ?? '',
  };
}

function pagesOf(tree: string, objects: ReadonlyMap<number, string>): string[] {
  const kids = /\/Kids \[([^\]]*)\]/u.exec(tree)?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/gu)].map(([, number]) => objects.get(Number(number)) ?? '');
}

function referenced(text: string, name: string): number {
  return Number(new RegExp(`/${name} (\\d+) 0 R`, 'u').exec(text)?.[1]);
}

function streamOf(object: string): string {
  const at = object.indexOf('stream\n') + 7;
  const length = Number(/\/Length (\d+)/u.exec(object)?.[1]);
  const data = Buffer.from(object.slice(at, at + length), 'latin1');
  return (object.includes('/FlateDecode') ? inflateSync(data) : data).toString('latin1');
}

/** Text objects, a line each: `/F1 12 Tf … [<0001> …] TJ`, turned back with the font's own ToUnicode. */
function linesOf(page: string, objects: ReadonlyMap<number, string>): string[] {
  const content = streamOf(objects.get(referenced(page, 'Contents')) ?? '');
  const resources = objects.get(referenced(page, 'Resources')) ?? page;
  const maps = new Map<string, readonly string[]>();
  for (const [, name = '', number] of resources.matchAll(/\/(F\d+) (\d+) 0 R/gu)) {
    const font = objects.get(Number(number)) ?? '';
    maps.set(name, unicodeOf(streamOf(objects.get(referenced(font, 'ToUnicode')) ?? '')));
  }
  return [...content.matchAll(/\/(F\d+) [\d.]+ Tf[\s\S]*?\[([^\]]*)\] TJ/gu)].map(([, font = '', glyphs = '']) =>
    [...glyphs.matchAll(/<([\da-f]+)>/gu)]
      .flatMap(([, hex = '']) => hex.match(/.{4}/gu) ?? [])
      .map((glyph) => maps.get(font)?.[Number.parseInt(glyph, 16)] ?? '?')
      .join(''),
  );
}

function unicodeOf(cmap: string): string[] {
  const text: string[] = [];
  for (const [, from = '', list = ''] of cmap.matchAll(/<([\da-f]{4})> <[\da-f]{4}> \[([^\]]*)\]/gu))
    for (const [at, [, units = '']] of [...list.matchAll(/<([^>]*)>/gu)].entries())
      text[Number.parseInt(from, 16) + at] = String.fromCharCode(
        ...units.split(' ').map((unit) => Number.parseInt(unit, 16)),
      );
  return text;
}
