import type { Impairment } from '../../analysis/streams/quality.ts';
import { opinionScore, ratingFactor } from '../../analysis/streams/quality.ts';
import { Word } from '../../analysis/streams/stream-records.ts';
import type { StreamTable } from '../../analysis/streams/stream-table.ts';
import type { StreamMos, StreamPtime, StreamRtcp } from '../../contract/streams.ts';
import type { Codec } from '../../decode/sdp-codecs.ts';
import { hundredth, micro } from './stream-words.ts';

/** Milliseconds that a receiver is taken to hold packets back. */
export const JITTER_BUFFER = 60;
/** Fewer packets say nothing of quality. */
const LEAST_PACKETS = 10;

/** An estimate by the E-model with its inputs, or a sentence that says why there is none. `impairment`: see `impairmentOf`. */
export function streamMos(
  table: StreamTable,
  stream: number,
  codec: Codec | null,
  impairment: Impairment | string,
  ptime: Pick<StreamPtime, 'payloadMs' | 'timestampMs'>,
  lossPercent: number,
  rtcp: StreamRtcp | null,
): StreamMos | string {
  const packets = table.word(stream, Word.Packets);
  if (codec === null) return 'Nobody says what its payload type is.';
  if (typeof impairment === 'string') return impairment;
  if (packets < LEAST_PACKETS) return `It has fewer than ${LEAST_PACKETS} packets.`;
  const length = ptime.payloadMs ?? ptime.timestampMs ?? 20;
  const discardPercent = (100 * table.slowerThan(stream, length + JITTER_BUFFER)) / packets;
  const delayMs = length + JITTER_BUFFER + (rtcp?.roundTripMs?.mean ?? 0) / 2;
  const { bpl, ie, scale } = impairment;
  const r = ratingFactor(impairment, Math.min(100, lossPercent + discardPercent), delayMs);
  if (r === null) return `Packets were lost, and nothing is published about what that does to ${codec.name}.`;
  return {
    value: hundredth(opinionScore(r, scale)),
    inputs: {
      codec: codec.name,
      scale,
      ie,
      bpl,
      lossPercent: micro(lossPercent),
      discardPercent: micro(discardPercent),
      jitterBufferMs: JITTER_BUFFER,
      delayMs: micro(delayMs),
      burstRatio: 1,
      rFactor: hundredth(r),
    },
  };
}
