import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MessageRow } from '../../core/contract/model.ts';
import { readAll } from '../capture-session.ts';
import { differences, type Difference, type OracleMessage } from './compare.ts';

/**
 * Every open capture against an independent decoder: all messages it saw, with the same fields. What differs is listed
 * in explained.json, with the reason and, where the other decoder is wrong, the bytes that show it; an entry that no
 * longer differs fails as well, so that the list stays true.
 */
const corpus = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'corpus');

interface Explained {
  readonly frames: readonly number[];
  /** `missing`, `extra`, names of fields, or `unreadable` for a whole file. */
  readonly kinds: readonly string[];
  readonly reason: string;
}

const explained = JSON.parse(readFileSync(join(import.meta.dirname, 'explained.json'), 'utf8')) as Readonly<
  Record<string, readonly Explained[]>
>;

interface Oracle {
  readonly capture: string;
  readonly sip: readonly OracleMessage[];
  readonly packets: number;
}

const here = existsSync(corpus);
const captures = here
  ? ['captures', 'malformed'].flatMap((folder) => readdirSync(join(corpus, folder)).map((name) => ({ folder, name })))
  : [];

describe.skipIf(!here)('agreement with tshark on the collection of captures', () => {
  test.each(captures)('$name', async ({ folder, name }) => {
    const base = name.replace(/\.gz$/, '').replace(/\.[^.]+$/, '');
    const oracleFile = join(corpus, 'oracle', `${base}.json`);
    const oracle = JSON.parse(readFileSync(oracleFile, 'utf8')) as Oracle;
    const reasons = explained[name] ?? [];
    if (reasons.some(({ kinds }) => kinds.includes('unreadable'))) {
      await expect(readAll(join(corpus, folder, name))).rejects.toMatchObject({ code: 'capture' });
      return;
    }
    const rows: MessageRow[] = await readAll(join(corpus, folder, name));
    const found = differences(rows, oracle.sip);
    const isExplained = ({ frame, kind }: Difference): boolean =>
      reasons.some(({ frames, kinds }) => frames.includes(frame) && kinds.includes(kind));
    expect(found.filter((difference) => !isExplained(difference))).toEqual([]);
    const different = new Set(found.map(({ frame }) => frame));
    const needless = reasons.flatMap(({ frames }) => frames).filter((frame) => !different.has(frame));
    expect(needless, 'explained, but no longer different').toEqual([]);
  });
});

test.runIf(!here)('skipped: the collection of real captures is not beside the project', () => {
  expect(here).toBe(false);
});
