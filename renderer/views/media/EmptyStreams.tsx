import { Activity, FilterX, TriangleAlert } from 'lucide-react';
import type { JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { bytesText, countOf, countText } from '../../app/words.ts';
import { useCalls } from '../../state/calls.ts';
import { isWhole, useCapture } from '../../state/capture.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Progress, Spinner } from '../../widgets/Progress.tsx';
import style from './EmptyStreams.module.css';

/** In place of rows: why there are none, and what to do about it. */
export function EmptyStreams({
  total,
  problem,
}: {
  readonly total: number | null;
  readonly problem: string | null;
}): JSX.Element {
  const done = useCapture(isWhole);
  const filter = useCalls((state) => state.filter);
  if (problem !== null)
    return (
      <EmptyState icon={TriangleAlert} severity="bad" title={visible(problem)}>
        <ShowAll />
      </EmptyState>
    );
  if (!done) return <Reading />;
  if (total === null)
    return (
      <p className={style.waiting}>
        <Spinner label="Measuring" />
        Putting the streams in order …
      </p>
    );
  if (filter !== '')
    return (
      <EmptyState
        icon={FilterX}
        title="No stream belongs to a call that matches."
        hint={
          <>
            The filter <code className="mono">{visible(filter)}</code> selects calls; listed are their streams.
          </>
        }
      >
        <ShowAll />
      </EmptyState>
    );
  return <NoRtp />;
}

function ShowAll(): JSX.Element {
  return (
    <Button icon={FilterX} onClick={() => useCalls.setState({ filter: '' })}>
      Show all streams
    </Button>
  );
}

/** Streams are known when all of the capture was read. */
function Reading(): JSX.Element {
  const progress = useCapture((state) => state.progress);
  const whole = progress?.bytesTotal ?? null;
  const part = progress === null || whole === null || whole === 0 ? null : progress.bytesRead / whole;
  return (
    <EmptyState
      icon={Activity}
      title="Streams come when all of the capture was read."
      hint={
        <>
          What SDP says of a stream may come behind its packets. So far: {countOf(progress?.packets ?? 0, 'packet')},{' '}
          {bytesText(progress?.bytesRead ?? 0)}
          {whole === null ? '' : ` of ${bytesText(whole)}`}.
        </>
      }
    >
      <div className={style.progress}>
        <Progress label="Reading the capture" value={part} />
      </div>
    </EmptyState>
  );
}

/** All was read, and there is no RTP in it. */
function NoRtp(): JSX.Element {
  const packets = useCapture(({ progress }) => progress?.packets ?? 0);
  const calls = useCapture(({ progress }) => progress?.calls ?? 0);
  return (
    <EmptyState
      icon={Activity}
      title={packets === 0 ? 'This capture has no packets.' : `There is no RTP in these ${countText(packets)} packets.`}
      hint={
        calls === 0
          ? 'No stream was announced, and none was recognised by its packets.'
          : 'The calls’ media went another way, or was not captured: a proxy sees only SIP unless a relay for media stands beside it.'
      }
    >
      <Button onClick={() => useView.setState({ screen: 'calls' })}>To the calls</Button>
      {packets === 0 ? null : (
        <Button onClick={() => useView.setState({ screen: 'statistics' })}>What became of the packets</Button>
      )}
    </EmptyState>
  );
}
