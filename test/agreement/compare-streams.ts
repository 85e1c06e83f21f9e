import type { StreamRow } from '../../core/contract/streams.ts';

/** An RTP stream as the independent decoder (tshark -z rtp,streams) saw it. */
export interface OracleStream {
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
  readonly ssrc: string;
  readonly packets: number;
  readonly lost: number;
  readonly max_delta_ms: number | null;
  readonly mean_jitter_ms: number | null;
  readonly max_jitter_ms: number | null;
}

export interface StreamDifference {
  /** `SSRC from > to` */
  readonly stream: string;
  readonly what: string;
}

/** Milliseconds: the other decoder prints microseconds and counts in single steps. */
const ROOM = 0.02;

function nameOf({
  dport,
  dst,
  sport,
  src,
  ssrc,
}: Pick<OracleStream, 'src' | 'sport' | 'dst' | 'dport' | 'ssrc'>): string {
  return `0x${Number(ssrc).toString(16)} ${src}:${sport} > ${dst}:${dport}`;
}

/** What is missing or differs; streams that only we list are no difference: the other decoder lists what was announced. */
export function streamDifferences(rows: readonly StreamRow[], oracle: readonly OracleStream[]): StreamDifference[] {
  const ours = new Map(rows.map((row) => [nameOf(row), row]));
  return oracle.flatMap((theirs) => {
    const stream = nameOf(theirs);
    const row = ours.get(stream);
    if (row === undefined) return [{ stream, what: 'missing' }];
    const pairs = [
      ['packets', row.packets, theirs.packets, 0],
      ['lost', row.lost, theirs.lost, 0],
      ['maxDeltaMs', row.maxDeltaMs, theirs.max_delta_ms, ROOM],
      ['meanJitterMs', row.meanJitterMs, theirs.mean_jitter_ms, ROOM],
      ['maxJitterMs', row.maxJitterMs, theirs.max_jitter_ms, ROOM],
    ] as const;
    return pairs
      .filter(([, own, other, room]) => other !== null && !(Math.abs((own ?? 0) - other) <= room))
      .map(([name, own, other]) => ({ stream, what: `${name} ${own} (oracle ${other})` }));
  });
}
