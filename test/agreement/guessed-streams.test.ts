import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StreamRow } from '../../core/contract/streams.ts';
import { readStreams } from '../capture-session.ts';
import { streamDifferences, type OracleStream } from './compare-streams.ts';

/**
 * Streams that nothing announced, on every open capture: what tshark guesses from the first packet on, we tell by a
 * handful of packets in sequence. So each of ours is one of tshark's, with the same numbers, and what it has besides is
 * of few packets. Jitter is not compared where tshark knows no clock for the type, and prints 0.
 */
const corpus = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'corpus');
const here = existsSync(corpus);
const captures = here
  ? ['captures', 'malformed'].flatMap((folder) => readdirSync(join(corpus, folder)).map((name) => ({ folder, name })))
  : [];

/** A stream of fewer packets is not told where nobody announced it. */
const FEW = 12;

/** In frames 18 to 21 (and 10 of the other stream) are the sequence numbers that tshark misses: it shows them as plain UDP. */
const explained: Readonly<Record<string, number>> = { 'ndpi-stun_google_meet.pcapng': 4 };

function guessedBy(name: string): readonly OracleStream[] {
  const base = name.replace(/\.gz$/, '').replace(/\.[^.]+$/, '');
  const oracle = JSON.parse(readFileSync(join(corpus, 'oracle', `${base}.json`), 'utf8')) as {
    readonly rtp_heuristic?: readonly OracleStream[];
  };
  return (oracle.rtp_heuristic ?? []).map((stream) =>
    stream.max_jitter_ms === 0 ? { ...stream, mean_jitter_ms: null, max_jitter_ms: null } : stream,
  );
}

function nameOf({ dport, dst, sport, src, ssrc }: StreamRow | OracleStream): string {
  return `${Number(ssrc)} ${src}:${sport} > ${dst}:${dport}`;
}

describe.skipIf(!here)(
  'streams that nothing announced (skipped where the collection is not beside the project)',
  () => {
    test.each(captures)('$name', async ({ folder, name }) => {
      let rows: readonly StreamRow[];
      try {
        rows = await readStreams(join(corpus, folder, name));
      } catch {
        // No capture at all: that it is refused in one sentence is tested elsewhere.
        expect(guessedBy(name)).toEqual([]);
        return;
      }
      const guessed = guessedBy(name);
      const theirs = new Set(guessed.map(nameOf));
      expect(rows.filter((row) => !theirs.has(nameOf(row)))).toEqual([]);
      const ours = new Set(rows.map(nameOf));
      const large = guessed.filter((stream) => stream.packets >= FEW && !ours.has(nameOf(stream)));
      expect(large).toEqual([]);
      const both = guessed.filter((stream) => ours.has(nameOf(stream)));
      expect(streamDifferences(rows, both)).toHaveLength(explained[name] ?? 0);
    });
  },
);
