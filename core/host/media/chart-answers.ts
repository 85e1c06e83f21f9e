import { utf8 } from '../../bytes/text.ts';
import { ContractError } from '../../contract/api.ts';
import type { Answering } from '../../contract/channel.ts';
import type { ChartsExport } from '../../contract/charts.ts';
import type { StreamRow } from '../../contract/streams.ts';
import { chartsSvg } from '../../export/charts-svg.ts';
import { courseOf, limitsOf, type Course } from '../../ladder/course-lines.ts';
import type { OpenCapture } from '../open-capture.ts';
import { streamCourse, streamRowsOf } from './stream-answers.ts';

/** Stretches of a course: as many as the screen asks for. */
const POINTS = 480;

/** Writes the charts of one or two streams. Rejects with a ContractError `not-found` for a stream that there is not. */
export async function exportCharts(
  open: OpenCapture,
  { sides, title, from, to, marks = [], format, theme = 'light', pixelRatio }: ChartsExport,
  answering: Answering,
): Promise<{ readonly streams: number }> {
  const rows = streamRowsOf(open);
  const streams: (StreamRow | null)[] = [];
  const courses: (Course | null)[] = [];
  const part = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  for (const { stream } of sides) {
    const course =
      stream === null ? null : await streamCourse(open, { stream, points: POINTS, ...part }, answering.signal);
    courses.push(course === null ? null : courseOf(course));
    streams.push(stream === null ? null : rows.row(stream));
  }
  const there = streams.flatMap((stream) => stream ?? []);
  if (there.length === 0) throw new ContractError('bad-request', 'charts need a stream');
  const whole = {
    from: Math.min(...there.map(({ start }) => Number(start))),
    to: Math.max(...there.map(({ end }) => Number(end))),
  };
  const drawing = chartsSvg({
    title,
    theme,
    sides: sides.map((side, index) => ({ title: side.title, course: courses[index] ?? null })),
    limits: limitsOf(there.map(({ ptime }) => ptime)),
    marks,
    whole,
    span: { from: momentOf(from, whole.from), to: momentOf(to, whole.to) },
  });
  if (format === 'svg') await answering.chunk(utf8(drawing.text));
  else {
    const { picture } = await import('../../print/index.ts');
    await answering.chunk(await picture(drawing.text, drawing, pixelRatio, 'this drawing'));
  }
  return { streams: there.length };
}

function momentOf(ts: string | undefined, otherwise: number): number {
  const seconds = Number(ts ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : otherwise;
}
