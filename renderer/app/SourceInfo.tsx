import { CircleAlert, CircleDot, Disc3, Square } from 'lucide-react';
import type { JSX } from 'react';
import { visible } from '../../core/ladder/visible.ts';
import { useCapture, type CaptureState } from '../state/capture.ts';
import { useLive } from '../state/live.ts';
import { IconButton } from '../widgets/IconButton.tsx';
import { Progress } from '../widgets/Progress.tsx';
import { LiveInfo } from './LiveInfo.tsx';
import { closeCapture } from './opening.ts';
import style from './SourceInfo.module.css';
import { bytesText, countOf, countText, spanText } from './words.ts';

/** Which capture this window shows, how large it is, and how it stands. */
export function SourceInfo(): JSX.Element {
  const capture = useCapture();
  const live = useLive((state) => state.state);
  const { phase, names } = capture;
  if (live !== null && phase !== 'gone') return <LiveInfo state={live} />;
  if (names.length === 0) return <div className={style.source}>Sipglass</div>;
  const all = names.map((name) => visible(name));
  const [first = ''] = all;
  return (
    <div className={style.source}>
      <span className={[style.mark, style[phase]].join(' ')}>
        <Mark phase={phase} />
      </span>
      <span className={style.name} title={all.join('\n')}>
        {first}
      </span>
      {all.length > 1 ? (
        <span className={style.facts} title={all.join('\n')}>
          and {all.length - 1} more
        </span>
      ) : null}
      <Facts capture={capture} />
    </div>
  );
}

function Mark({ phase }: Pick<CaptureState, 'phase'>): JSX.Element {
  if (phase === 'failed' || phase === 'gone') return <CircleAlert size={14} aria-hidden />;
  return phase === 'ready' ? <CircleDot size={14} aria-hidden /> : <Disc3 size={14} aria-hidden />;
}

function Facts({ capture: { phase, progress, readMs } }: { readonly capture: CaptureState }): JSX.Element {
  if (phase === 'failed') return <span className={style.facts}>could not be read</span>;
  if (phase === 'gone') return <span className={style.facts}>no longer open</span>;
  if (progress === null) return <span className={style.facts}>opening…</span>;
  const { bytesRead, bytesTotal, packets } = progress;
  if (phase === 'ready')
    return (
      <span className={style.facts}>
        {bytesText(bytesRead)} · {countOf(packets, 'packet')}
        {readMs === null ? '' : ` · ${spanText(readMs)}`}
      </span>
    );
  return (
    <span className={style.reading}>
      <span className={style.facts}>
        {bytesText(bytesRead)}
        {bytesTotal === null ? '' : ` of ${bytesText(bytesTotal)}`} · {countText(packets)} packets
      </span>
      <span className={style.bar}>
        <Progress
          label="Reading the capture"
          value={bytesTotal === null ? null : bytesRead / Math.max(1, bytesTotal)}
        />
      </span>
      <IconButton label="Stop reading and close" icon={Square} size={12} onClick={closeCapture} />
    </span>
  );
}
