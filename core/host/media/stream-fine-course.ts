import { fromEpochText } from '../../bytes/time.ts';
import { keyOf } from '../../analysis/streams/stream-events.ts';
import { FINE_SPACINGS, FineCourse, type PayloadLength } from '../../analysis/streams/stream-fine.ts';
import { MAX_MARKS, type FoundMark } from '../../analysis/streams/stream-marks.ts';
import { Real, Word } from '../../analysis/streams/stream-records.ts';
import type { StreamCourse, StreamCourseQuery, StreamMark, StreamPoint } from '../../contract/streams.ts';
import { payloadTime } from '../../decode/codec-time.ts';
import { staticCodec, type Codec } from '../../decode/sdp-codecs.ts';
import type { Session } from '../session.ts';
import { courseMos } from './stream-coarse-course.ts';
import { JITTER_BUFFER } from './stream-mos.ts';
import { readStreamPackets, type StreamPacket } from './stream-packets.ts';
import type { StreamRows } from './stream-rows.ts';
import { micro, quiet, ssrcText } from './stream-words.ts';

/** Stretches where nobody says how many. */
const POINTS = 1000;
/** Spacing is shown in steps of a millisecond while all of it (but a few) is below this. */
const SHORT_SPACING = 300;
/** Bytes of a payload that are looked at to tell how long it lasts. */
const HEAD = 30;

/** A moment of the stream whose packet is still to be met. */
interface Awaited {
  readonly time: number;
  readonly kind: StreamMark['kind'];
  readonly text: string;
}

/** Measures a stretch of a stream from its packets, as finely as asked for. */
export async function fineCourse(
  session: Session,
  rows: StreamRows,
  query: StreamCourseQuery,
  signal: AbortSignal,
): Promise<StreamCourse> {
  const { stream } = query;
  const { table } = rows;
  const base = session.tally.base ?? 0;
  const from = fromEpochText(query.from ?? '', base) ?? table.real(stream, Real.First);
  const to = Math.max(from, fromEpochText(query.to ?? '', base) ?? table.real(stream, Real.Last));
  const types = rows.types(stream);
  const codecs = rows.codecs(stream);
  const overhead = rows.overhead(stream);
  const clock = types.clock ?? measuredClock(rows, stream);
  const ptime = rows.packetMs(stream);
  const isQuiet = (type: number): boolean => quiet.has(codecs.get(type)?.name.toLowerCase() ?? '');
  const course = new FineCourse({
    from,
    to,
    points: query.points ?? POINTS,
    clock,
    isQuiet,
    lateAfter: ((ptime ?? 20) + JITTER_BUFFER) * 1e6,
    payloadMs: payloadReader(codecs, overhead),
  });
  const awaited = [...stepMarks(rows, stream, clock), ...eventMarks(rows, stream)]
    .filter(({ time }) => time >= from && time <= to)
    .toSorted((a, b) => a.time - b.time);
  const marks: (StreamMark & { readonly time: number })[] = [];
  let next = 0;
  const meet = ({ frame, time }: StreamPacket): void => {
    for (let one = awaited[next]; one !== undefined && one.time <= time; one = awaited[++next]) {
      marks.push({ ts: rows.ts(one.time), kind: one.kind, frame, text: one.text, time: one.time });
    }
  };
  const sink = (packet: StreamPacket): void => {
    meet(packet);
    course.packet(packet);
  };
  await readStreamPackets(session, [stream], sink, signal, to);
  const name = (type: number): string => codecs.get(type)?.name ?? staticCodec(type)?.name ?? `type ${type}`;
  for (const found of course.found) {
    marks.push({
      ts: rows.ts(found.time),
      kind: found.kind,
      frame: found.frame,
      text: words(found, name),
      time: found.time,
    });
  }
  marks.push(...sourceMarks(rows, stream, from, to));
  marks.sort((a, b) => a.time - b.time);
  const kept = keep(marks);
  return {
    points: points(rows, course, { stream, from, clock, ptime, count: query.points ?? POINTS }),
    ...spacings(course),
    fine: {
      from: rows.ts(from),
      to: rows.ts(to),
      stepMs: course.width / 1e6,
      spacingStepMs: spacingStep(course),
      marks: kept,
      marksLeftOut: course.marks.leftOut + marks.length - kept.length,
    },
  };
}

function points(
  rows: StreamRows,
  course: FineCourse,
  of: {
    readonly stream: number;
    readonly from: number;
    readonly clock: number;
    readonly ptime: number | null;
    readonly count: number;
  },
): StreamPoint[] {
  const impairment = rows.impairment(of.stream);
  const ms = (ticks: number): number | null => (Number.isNaN(ticks) ? null : micro((ticks / of.clock) * 1000));
  const time = (ns: number): number | null => (Number.isNaN(ns) ? null : micro(ns / 1e6));
  const all: StreamPoint[] = [];
  for (let place = 0; place < of.count; place++) {
    const at = (column: ArrayLike<number>): number => column[place] as number;
    if (at(course.packets) === 0) continue;
    const { expected, missing } = course.lossUntil(place);
    const loss = expected > 0 ? Math.max(0, Math.min(100, (100 * missing) / expected)) : 0;
    all.push({
      ts: rows.ts(of.from + place * course.width),
      packets: at(course.packets),
      lost: Math.max(0, at(course.lost)),
      jitterMs: micro(at(course.jitter) / 1e6),
      maxDeltaMs: micro(at(course.maxDelta) / 1e6),
      ptimeMs: ms(at(course.step)),
      mos: courseMos(impairment, loss, of.ptime),
      firstDeltaMs: time(at(course.firstDelta)),
      minDeltaMs: time(at(course.minDelta)),
      maxJitterMs: micro(at(course.maxJitter) / 1e6),
      minPtimeMs: ms(at(course.minStep)),
      maxPtimeMs: ms(at(course.maxStep)),
      payloadMs: Number.isNaN(at(course.payloadMs)) ? null : micro(at(course.payloadMs)),
      late: at(course.late),
      duplicates: at(course.duplicates),
    });
  }
  return all;
}

function spacingStep({ spacings: counts }: FineCourse): 1 | 5 {
  let total = 0;
  let short = 0;
  for (const [ms, count] of counts.entries()) {
    total += count;
    if (ms < SHORT_SPACING) short += count;
  }
  return short >= 0.99 * total ? 1 : 5;
}

function spacings(course: FineCourse): Pick<StreamCourse, 'spacing'> {
  const step = spacingStep(course);
  const spacing: { fromMs: number; toMs: number | null; count: number }[] = [];
  for (let fromMs = 0; fromMs < FINE_SPACINGS; fromMs += step) {
    let count = 0;
    for (let ms = fromMs; ms < fromMs + step; ms++) count += course.spacings[ms] as number;
    if (count > 0) spacing.push({ fromMs, toMs: fromMs + step, count });
  }
  const longer = course.spacings[FINE_SPACINGS] as number;
  if (longer > 0) spacing.push({ fromMs: FINE_SPACINGS, toMs: null, count: longer });
  return { spacing };
}

/** Where nobody knows the clock, the stream's own pace stands for it: jitter is then what differs from that. */
function measuredClock({ table }: StreamRows, stream: number): number {
  const ns = table.real(stream, Real.RefTime) - table.real(stream, Real.First);
  const rate = (table.real(stream, Real.Ticks) * 1e9) / ns;
  return ns > 0 && rate > 0 && Number.isFinite(rate) ? rate : 8000;
}

function payloadReader(codecs: ReadonlyMap<number, Codec>, overhead: number): PayloadLength {
  return function payloadMs(type, bytes, at, end, missing) {
    const codec = codecs.get(type);
    if (codec === undefined) return null;
    const length = end - at + missing - overhead;
    // The first bytes of what is encrypted say nothing.
    const head = overhead > 0 ? bytes.subarray(at, at) : bytes.subarray(at, Math.min(end, at + HEAD));
    return payloadTime(codec, length, head)?.ms ?? null;
  };
}

function stepMarks({ table }: StreamRows, stream: number, clock: number): Awaited[] {
  const ms = (step: number): string => `${Math.round((step / clock) * 10_000) / 10} ms`;
  return table.changes(stream).flatMap(({ step, time }, index, all) => {
    const before = all[index - 1];
    return before === undefined ? [] : [{ time, kind: 'ptime' as const, text: `${ms(before.step)} → ${ms(step)}` }];
  });
}

function eventMarks({ table }: StreamRows, stream: number): Awaited[] {
  return table.events(stream).map(({ code, start }) => ({ time: start, kind: 'dtmf' as const, text: keyOf(code) }));
}

/** Other streams that begin on the same ports. */
function sourceMarks(
  rows: StreamRows,
  stream: number,
  from: number,
  to: number,
): (StreamMark & { readonly time: number })[] {
  const { list, table } = rows;
  const same = [Word.Src, Word.Dst, Word.Ports];
  return list
    .filter((other) => other !== stream && same.every((word) => table.word(other, word) === table.word(stream, word)))
    .map((other) => {
      const time = table.real(other, Real.First);
      const text = `SSRC ${ssrcText(table.word(other, Word.Ssrc))} begins`;
      return { ts: rows.ts(time), kind: 'ssrc' as const, frame: table.word(other, Word.Frame), text, time };
    })
    .filter(({ time }) => time >= from && time <= to);
}

function words({ before, kind, value }: FoundMark, name: (type: number) => string): string {
  switch (kind) {
    case 'gap':
      return value === 1 ? '1 packet lost' : `${value} packets lost`;
    case 'restart':
      return `the sequence goes on at ${value}`;
    case 'payload-type':
      return `${name(before ?? value)} → ${name(value)}`;
    default:
      return 'marker';
  }
}

/** At most so many of each kind. */
function keep(marks: readonly (StreamMark & { readonly time: number })[]): StreamMark[] {
  const counts = new Map<string, number>();
  return marks.flatMap(({ frame, kind, text, ts }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count > MAX_MARKS ? [] : [{ ts, kind, frame, text }];
  });
}
