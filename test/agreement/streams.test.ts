import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readStreams } from '../capture-session.ts';
import { streamDifferences, type OracleStream } from './compare-streams.ts';

/**
 * Every open capture against an independent decoder: the RTP streams that SDP announced, with packets, losses, longest
 * delta and jitter. What differs is listed in streams-explained.json with the reason; an entry that no longer differs
 * fails as well.
 */
const corpus = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'corpus');
const explained = JSON.parse(readFileSync(join(import.meta.dirname, 'streams-explained.json'), 'utf8')) as Readonly<
  Record<string, { readonly streams: readonly string[]; readonly reason: string }>
>;
const here = existsSync(corpus);
const captures = here
  ? ['captures', 'malformed'].flatMap((folder) => readdirSync(join(corpus, folder)).map((name) => ({ folder, name })))
  : [];

function oracleOf(name: string): readonly OracleStream[] {
  const base = name.replace(/\.gz$/, '').replace(/\.[^.]+$/, '');
  const oracle = JSON.parse(readFileSync(join(corpus, 'oracle', `${base}.json`), 'utf8')) as {
    readonly rtp_default: readonly OracleStream[];
  };
  return oracle.rtp_default;
}

const withStreams = captures.filter(({ name }) => oracleOf(name).length > 0);

describe.skipIf(!here)('agreement with tshark on RTP streams', () => {
  test('there are captures with streams to compare', () => {
    expect(withStreams.length).toBeGreaterThan(10);
  });

  test.each(withStreams)('$name', async ({ folder, name }) => {
    const found = streamDifferences(await readStreams(join(corpus, folder, name)), oracleOf(name));
    const reasons = new Set(explained[name]?.streams);
    expect(found.filter(({ stream }) => !reasons.has(stream))).toEqual([]);
    const different = new Set(found.map(({ stream }) => stream));
    expect([...reasons].filter((stream) => !different.has(stream))).toEqual([]);
  });
});

test.runIf(!here)('skipped: the collection of real captures is not beside the project', () => {
  expect(here).toBe(false);
});
