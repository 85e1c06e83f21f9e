import { impairmentOf, opinionScore, ratingFactor } from '../analysis/quality.ts';
import { Word } from '../analysis/stream-records.ts';
import type { StreamTable } from '../analysis/stream-table.ts';
import type { StreamMos, StreamPtime, StreamRtcp } from '../contract/streams.ts';
import type { Codec } from '../decode/sdp-codecs.ts';
import { hundredth, micro } from './stream-words.ts';

/** Milliseconds that a receiver is taken to hold packets back. */
export const JITTER_BUFFER = 60;

/** An estimate by the E-model (ITU-T G.107) with its inputs; null for codecs without published values, and for less than ten packets. */
export function streamMos(
  table: StreamTable,
  stream: number,
  codec: Codec | null,
  ptime: StreamPtime,
  lossPercent: number,
  rtcp: StreamRtcp | null,
): StreamMos | null {
  const impairment = impairmentOf(codec?.name ?? '');
  const packets = table.word(stream, Word.Packets);
  if (codec === null || impairment === null || packets < 10) return null;
  const length = ptime.payloadMs ?? ptime.timestampMs ?? 20;
  const discardPercent = (100 * table.slowerThan(stream, length + JITTER_BUFFER)) / packets;
  const delayMs = length + JITTER_BUFFER + (rtcp?.roundTripMs?.mean ?? 0) / 2;
  const r = ratingFactor(impairment, Math.min(100, lossPercent + discardPercent), delayMs);
  return {
    value: hundredth(opinionScore(r)),
    inputs: {
      codec: codec.name,
      ...impairment,
      lossPercent: micro(lossPercent),
      discardPercent: micro(discardPercent),
      jitterBufferMs: JITTER_BUFFER,
      delayMs: micro(delayMs),
      burstRatio: 1,
      rFactor: hundredth(r),
    },
  };
}
