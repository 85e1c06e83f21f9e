import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Who may import whom. A key is a folder, its value the folders it may import from besides itself; `types:` in front
 * allows `import type` only. No exemptions: where this table pinches, the house is rebuilt.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'core/audio': ['core/bytes'],
  'core/bytes': ['core/programs'],
  'core/contract': [],
  // Programs for WebAssembly, in AssemblyScript, and the places in memory that they share with others.
  'core/programs': [],
  'core/capture': ['core/bytes'],
  'core/decode': ['core/bytes', 'core/programs'],
  'core/ipsec': ['core/bytes', 'types:core/decode', 'core/programs'],
  'core/filter': ['core/bytes', 'types:core/decode'],
  'core/analysis': ['core/bytes', 'core/decode', 'core/programs'],
  'core/live': ['core/bytes', 'core/contract', 'core/capture', 'core/export'],
  'core/findings': ['core/bytes', 'core/analysis'],
  'core/ladder': ['core/contract', 'types:core/analysis'],
  'core/export': ['core/contract', 'core/ladder'],
  'core/print': ['core/contract', 'core/ladder', 'core/export'],
  'core/host': [
    'core/audio',
    'core/bytes',
    'core/contract',
    'core/capture',
    'core/live',
    'core/programs',
    'core/decode',
    'core/ipsec',
    'core/filter',
    'core/analysis',
    'core/findings',
    'core/ladder',
    'core/export',
    'core/print',
  ],
  cli: ['core/contract', 'core/host'],
  electron: ['core/contract'],
  renderer: ['core/contract', 'core/ladder'],
  fixtures: ['core/bytes'],
};

/** Only these use Node; everything else in the core runs anywhere. */
const withNode = new Set([
  'core/live',
  'core/capture',
  'core/ipsec',
  'core/print',
  'core/host',
  'cli',
  'electron',
  'fixtures',
]);

const root = resolve(import.meta.dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: false })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}

function roomOf(path: string): string | undefined {
  return Object.keys(mayImport).find((room) => path === room || path.startsWith(`${room}/`));
}

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: Import[] = [];
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^'"`;]*?from\s+'([^']+)'/gm)) {
    found.push({ from: match[2] ?? '', typeOnly: match[1] !== undefined });
  }
  for (const match of text.matchAll(/\bimport\s*\(\s*'([^']+)'/g))
    found.push({ from: match[1] ?? '', typeOnly: false });
  for (const match of text.matchAll(/^\s*import\s+'([^']+)'/gm)) found.push({ from: match[1] ?? '', typeOnly: false });
  return found;
}

const folders = new Set(
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name),
);
const files = ['core', 'cli', 'electron', 'renderer', 'fixtures']
  .filter((folder) => folders.has(folder))
  .flatMap((folder) => sources(folder));

test('every source file lives in a room of the house', () => {
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('nobody imports from a room that is not open to it', () => {
  const broken: string[] = [];
  for (const file of files) {
    const room = roomOf(file) ?? '';
    for (const { from, typeOnly } of importsOf(file)) {
      if (!from.startsWith('.')) continue;
      const target = roomOf(relative(root, resolve(root, dirname(file), from)));
      if (target === room) continue;
      const allowed = mayImport[room] ?? [];
      if (target !== undefined && (allowed.includes(target) || (typeOnly && allowed.includes(`types:${target}`))))
        continue;
      broken.push(`${file} imports ${from}`);
    }
  }
  expect(broken).toEqual([]);
});

test('the pure rooms use no Node and no packages', () => {
  const broken: string[] = [];
  for (const file of files) {
    if (withNode.has(roomOf(file) ?? '') || file.startsWith('renderer/')) continue;
    for (const { from } of importsOf(file)) if (!from.startsWith('.')) broken.push(`${file} imports ${from}`);
  }
  expect(broken).toEqual([]);
});

test('there is no folder for leftovers', () => {
  const leftovers = /(^|\/)(utils?|common|helpers?|types|misc|shared)(\/|$)/;
  expect(files.map((file) => dirname(file)).filter((folder) => leftovers.test(folder))).toEqual([]);
});

test('the guard sees imports: this very file is read right', () => {
  expect(importsOf('test/layers.test.ts').map(({ from }) => from)).toContain('node:path');
});
