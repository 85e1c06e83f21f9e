import { opinionScore, ratingFactor, type Impairment } from '../../analysis/streams/quality.ts';
import { spacingFrom, SPACINGS } from '../../analysis/streams/stream-records.ts';
import type { StreamCourse } from '../../contract/streams.ts';
import { JITTER_BUFFER } from './stream-mos.ts';
import type { StreamRows } from './stream-rows.ts';
import { hundredth, micro } from './stream-words.ts';

/** How a stream went over time, as it was kept while the capture was read. */
export function coarseCourse(rows: StreamRows, stream: number): StreamCourse {
  const { table } = rows;
  const { clock } = rows.types(stream);
  const impairment = rows.impairment(stream);
  const points = table.course(stream).map(({ time, packets, expected, jitterMs, maxDeltaMs, ticks }) => {
    const lost = Math.max(0, expected - packets);
    const ptimeMs = ticks > 0 && clock !== null ? micro((ticks / clock) * 1000) : null;
    return {
      ts: rows.ts(time),
      packets,
      lost,
      jitterMs: micro(jitterMs),
      maxDeltaMs: micro(maxDeltaMs),
      ptimeMs,
      mos: packets === 0 ? null : courseMos(impairment, expected > 0 ? (100 * lost) / expected : 0, ptimeMs),
    };
  });
  const spacing = table.spacings(stream).flatMap((count, place) => {
    const toMs = place === SPACINGS - 1 ? null : spacingFrom(place + 1);
    return count === 0 ? [] : [{ fromMs: spacingFrom(place), toMs, count }];
  });
  return { points, spacing };
}

/** The MOS of a stretch with so many percent lost; null where there is none. */
export function courseMos(impairment: Impairment | string, loss: number, ptimeMs: number | null): number | null {
  if (typeof impairment === 'string') return null;
  const r = ratingFactor(impairment, loss, (ptimeMs ?? 20) + JITTER_BUFFER);
  return r === null ? null : hundredth(opinionScore(r, impairment.scale));
}
