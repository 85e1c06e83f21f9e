import { statSync } from 'node:fs';
import { basename } from 'node:path';
import * as v from 'valibot';
import type { Recent } from '../core/contract/desktop.ts';
import { readJson, writeJson } from './json-file.ts';
import { plainName } from './plain-name.ts';

/** More are forgotten, the oldest first. */
export const RECENTS = 12;

const entries = v.array(
  v.object({ paths: v.pipe(v.array(v.string()), v.minLength(1)), openedAt: v.number(), bytes: v.nullable(v.number()) }),
);
type Entry = v.InferOutput<typeof entries>[number];

/** Captures that were open before, the last one first; kept in a JSON file. */
export class Recents {
  private readonly file: string;
  private list: readonly Entry[];

  constructor(file: string) {
    this.file = file;
    const kept = v.safeParse(entries, readJson(file));
    this.list = kept.success ? kept.output.slice(0, RECENTS) : [];
  }

  /** Puts files that were opened together on top. */
  add(paths: readonly string[], openedAt: number): void {
    const entry = { paths: [...paths], openedAt, bytes: bytesOf(paths) };
    this.keep([entry, ...this.list.filter((other) => !same(other.paths, paths))].slice(0, RECENTS));
  }

  /** Forgets one, or all. */
  forget(paths: readonly string[] | null): void {
    this.keep(paths === null ? [] : this.list.filter((entry) => !same(entry.paths, paths)));
  }

  has(paths: readonly string[]): boolean {
    return this.list.some((entry) => same(entry.paths, paths));
  }

  all(): readonly Recent[] {
    return this.list.map(({ paths, openedAt, bytes }) => {
      const now = bytesOf(paths);
      const names = paths.map((path) => plainName(basename(path)));
      return { paths, names, openedAt, bytes: now ?? bytes, present: now !== null };
    });
  }

  private keep(list: readonly Entry[]): void {
    this.list = list;
    writeJson(this.file, list);
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path, index) => path === b[index]);
}

/** Of all files together; null where one of them is not there. */
function bytesOf(paths: readonly string[]): number | null {
  let sum = 0;
  for (const path of paths) {
    const known = statSync(path, { throwIfNoEntry: false });
    if (known === undefined) return null;
    sum += known.size;
  }
  return sum;
}
