import { Activity, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, type JSX } from 'react';
import type { CallMedia, CallMediaLeg, StreamCourse, StreamLine } from '../../../core/contract/streams.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { useCapture } from '../../state/capture.ts';
import { useMedia, type MediaTarget } from '../../state/media.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Spinner } from '../../widgets/Progress.tsx';
import { Advice } from './Advice.tsx';
import { courseOf, type Course } from '../../../core/ladder/course-lines.ts';
import { CourseTable } from './CourseTable.tsx';
import { useTimeCursor } from './cursor.ts';
import { EmptyStreams } from './EmptyStreams.tsx';
import { FactsTable } from './FactsTable.tsx';
import { closeMedia, showLadderOf } from './go.ts';
import { listenPanel as Listen } from './listen-panel.ts';
import { marksOf } from './marks.ts';
import { focusStreamView, STREAM_VIEW_ID } from './places.ts';
import { useCallMedia, useCourses, useMediaStreams, type Span } from './questions.ts';
import { selectionOf, type Selection, type Side } from './selection.ts';
import { chartsOf, useShownStreams } from './shown.ts';
import { Spacing } from './Spacing.tsx';
import { StreamBar } from './StreamBar.tsx';
import { StreamCard } from './StreamCard.tsx';
import style from './StreamView.module.css';
import { TimeCharts } from './TimeCharts.tsx';
import { WordsTable } from './WordsTable.tsx';

/** What happened to the media of a call, or to one stream: packet time, and spacing, jitter, losses and MOS over time. */
export function StreamView({ target }: { readonly target: MediaTarget }): JSX.Element {
  const { value, problem } = useMediaStreams(target);
  const done = useCapture(({ progress }) => progress?.done === true);
  const meant = 'stream' in target ? target.stream : null;
  const { beside, leg, toCallee, section } = useMedia();
  const selection = useMemo(
    () => (value === null ? null : selectionOf(value, meant, { beside, leg, toCallee, section })),
    [value, meant, beside, leg, toCallee, section],
  );
  // The leg and the direction of the stream that was opened are in front.
  const opened = value?.find(({ id }) => id === meant) ?? null;
  useEffect(() => {
    if (opened !== null && opened.leg !== null)
      useMedia.setState({ leg: opened.leg, toCallee: opened.direction === 'caller-to-callee' });
  }, [opened]);
  // What is opened begins with all of its time.
  useEffect(() => useTimeCursor.setState({ at: null, zoom: null }), []);
  useEffect(() => {
    useShownStreams.setState({ streams: selection?.sides.flatMap(({ stream }) => stream ?? []) ?? [] });
    return () => useShownStreams.setState({ streams: [], charts: null });
  }, [selection]);
  if (problem !== null)
    return (
      <EmptyState icon={TriangleAlert} severity="bad" title={visible(problem)}>
        <Button onClick={closeMedia}>Back</Button>
      </EmptyState>
    );
  if (value === null || selection === null)
    return done ? (
      <p className={style.waiting}>
        <Spinner label="Measuring" /> Measuring …
      </p>
    ) : (
      <EmptyStreams total={null} problem={null} />
    );
  if (value.length === 0) return <Silent target={target} />;
  return <Shown streams={value} selection={selection} />;
}

/** A call without RTP. */
function Silent({ target }: { readonly target: MediaTarget }): JSX.Element {
  return (
    <EmptyState
      icon={Activity}
      title="There is no RTP of this call in the capture."
      hint="Nothing came to the addresses that its SDP announces: it was never answered, the media went another way, or nothing was sent."
    >
      {'call' in target ? <Button onClick={() => showLadderOf(target.call)}>Its ladder</Button> : null}
      <Button onClick={closeMedia}>Back</Button>
    </EmptyState>
  );
}

function Shown({
  streams,
  selection,
}: {
  readonly streams: readonly StreamLine[];
  readonly selection: Selection;
}): JSX.Element {
  const listening = useMedia((state) => state.listening);
  const { sides, section } = selection;
  const whole = useMemo(() => wholeOf(sides), [sides]);
  const zoom = useTimeCursor((state) => state.zoom);
  const span = useMemo(
    () => (zoom !== null && zoom.from < whole.to && zoom.to > whole.from ? zoom : whole),
    [zoom, whole],
  );
  const { value: answers, problem } = useCourses(
    sides.map(({ stream }) => stream?.id ?? null),
    zoom,
  );
  const courses = useMemo(
    () => (answers ?? []).map((answer) => (answer === null ? null : courseOf(answer))),
    [answers],
  );
  const media = useCallMedia(streams[0]?.call ?? null);
  const legs = useMemo(() => legsOf(media, section, sides), [media, section, sides]);
  // What had the focus is gone with the list: keys go on here.
  useEffect(() => {
    if (document.activeElement === document.body) focusStreamView();
  }, []);
  return (
    <section className={style.view} id={STREAM_VIEW_ID} tabIndex={-1} aria-label="Packet time">
      <StreamBar streams={streams} selection={selection} />
      <div className={style.scroll}>
        <div className={style.body}>
          <div className={style.cards}>
            {sides.map((side, at) => (
              <StreamCard
                key={side.key}
                side={side}
                course={courses[at] ?? null}
                oneWay={media?.oneWay ?? null}
                from={whole.from}
                onChoose={(stream) => useMedia.setState({ open: { stream }, cursor: stream })}
              />
            ))}
          </div>
          <div className={style.time}>
            <div className={style.course}>
              <OverTime {...{ sides, answers, courses, problem, span, whole, media }} />
            </div>
            <aside className={style.aside} aria-label="What is seen">
              <Spacing sides={sides} courses={answers ?? []} />
              <Advice sides={sides} media={media} />
            </aside>
          </div>
          {listening && Listen !== null ? <Listen streams={sides.flatMap(({ stream }) => stream?.id ?? [])} /> : null}
          <WordsTable legs={legs} from={whole.from} />
          <FactsTable sides={sides} from={whole.from} />
        </div>
      </div>
    </section>
  );
}

interface OverTimeProps {
  readonly sides: readonly Side[];
  readonly answers: readonly (StreamCourse | null)[] | null;
  readonly courses: readonly (Course | null)[];
  readonly problem: string | null;
  readonly span: Span;
  readonly whole: Span;
  readonly media: CallMedia | null;
}

/** The charts, or the same as a table. */
function OverTime({ sides, answers, courses, problem, span, whole, media }: OverTimeProps): JSX.Element {
  const as = useMedia((state) => state.as);
  const marks = useMemo(() => marksOf(sides, answers ?? [], media), [sides, answers, media]);
  useEffect(
    () => useShownStreams.setState({ charts: chartsOf(sides, span === whole ? null : span, marks) }),
    [sides, span, whole, marks],
  );
  if (answers === null)
    return problem === null ? (
      <p className={style.waiting}>
        <Spinner label="Measuring" /> Measuring …
      </p>
    ) : (
      <Problem text={problem} />
    );
  return (
    <>
      {problem === null ? null : <Problem text={problem} />}
      {as === 'table' ? (
        <CourseTable sides={sides} courses={courses} span={span} from={whole.from} />
      ) : (
        <TimeCharts sides={sides} courses={courses} span={span} whole={whole} marks={marks} />
      )}
      {span === whole ? null : (
        <Button kind="quiet" onClick={() => useTimeCursor.setState({ zoom: null })}>
          Show all of the time
        </Button>
      )}
    </>
  );
}

function Problem({ text }: { readonly text: string }): JSX.Element {
  return (
    <p className={style.problem} role="alert">
      {visible(text)}
    </p>
  );
}

/** What SDP said on the legs that are shown. */
function legsOf(media: CallMedia | null, section: number | null, sides: readonly Side[]): readonly CallMediaLeg[] {
  const own = new Set(sides.flatMap(({ stream }) => stream?.leg ?? []));
  return media?.sections.find((one) => one.section === section)?.legs.filter(({ leg }) => own.has(leg)) ?? [];
}

/** From the first packet of all to the last one. */
function wholeOf(sides: readonly Side[]): Span {
  const streams = sides.flatMap(({ stream }) => stream ?? []);
  const from = Math.min(...streams.map(({ start }) => Number(start)));
  const to = Math.max(...streams.map(({ end }) => Number(end)));
  return Number.isFinite(from) ? { from, to: Math.max(to, from + 0.1) } : { from: 0, to: 1 };
}
