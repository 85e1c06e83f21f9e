import type { JSX, ReactNode } from 'react';
import { ExportMenu } from '../../app/export/ExportMenu.tsx';
import { useLadder, type LadderState } from '../../state/ladder.ts';
import { useSettings } from '../../state/settings.ts';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Mark } from '../../widgets/StateMark.tsx';
import { ExtensionsCard } from './ExtensionsCard.tsx';
import style from './LadderBar.module.css';
import { LanesMenu } from './LanesMenu.tsx';
import { LegsMenu } from './LegsMenu.tsx';
import type { Shown } from './scene.ts';
import { severityOf } from './severity-of.ts';
import { Toggle } from './Toggle.tsx';

/** Above the ladder: which call, what became of it and why, and how it is drawn. */
export function LadderBar({ shown }: { readonly shown: Shown | null }): JSX.Element {
  return (
    <header className={style.bar}>
      <div className={style.line}>
        <div className={style.told}>{shown === null ? null : <Title shown={shown} />}</div>
        <Controls shown={shown} />
      </div>
      {shown === null ? null : <Why shown={shown} />}
    </header>
  );
}

function Controls({ shown }: { readonly shown: Shown | null }): JSX.Element {
  const { scale, sdp, fold } = useLadder();
  const rtp = useSettings((state) => state.rtp);
  const toScale = scale === 'time';
  return (
    <div className={style.controls}>
      <Segmented<LadderState['scale']>
        label="Distance between rows"
        value={scale}
        onChange={(chosen) => useLadder.setState({ scale: chosen })}
        options={[
          { value: 'even', title: 'Rows' },
          { value: 'time', title: 'To scale' },
        ]}
      />
      <Toggle
        on={sdp}
        onChange={(on) => useLadder.setState({ sdp: on })}
        title="SDP"
        about="What the SDP says, below each arrow"
      />
      <Toggle
        on={rtp}
        onChange={(on) => useSettings.setState({ rtp: on })}
        title="RTP"
        about={
          rtp && shown !== null && shown.scene.rails.length === 0
            ? 'Nothing was heard of RTP of these calls'
            : 'RTP streams as bands, and at the arrows what they did to the media'
        }
      />
      <Toggle
        on={fold && !toScale}
        onChange={(on) => useLadder.setState({ fold: on })}
        title="Fold loops"
        about={
          toScale
            ? 'Not to scale: what is folded has no place in time'
            : 'One line for six or more messages that repeat those before them, hop by hop'
        }
        disabled={toScale}
      />
      <ExtensionsCard shown={shown} />
      <LegsMenu />
      <LanesMenu shown={shown} />
      <ExportMenu of="ladder" />
    </div>
  );
}

function Title({ shown: { scene } }: { readonly shown: Shown }): JSX.Element {
  const [only] = scene.calls;
  return (
    <>
      <h2 className={style.title} title={scene.title}>
        {scene.calls.length === 1 && only !== undefined ? (
          <>
            <span className={style.party}>{only.from}</span>
            <span className={style.to}> → </span>
            <span className={style.party}>{only.to}</span>
          </>
        ) : (
          <span className={style.party}>{scene.title}</span>
        )}
      </h2>
      {scene.calls.length === 1 && only !== undefined ? <Mark severity={severityOf(only.ink)}>{only.word}</Mark> : null}
      {scene.folded === 0 ? (
        <span className={style.none} role="status">
          No loop to fold here
        </span>
      ) : null}
    </>
  );
}

/** What made the state of the only call; the head of the drawing tells it of several. */
function Why({ shown: { scene } }: { readonly shown: Shown }): ReactNode {
  const [only] = scene.calls;
  if (scene.calls.length !== 1 || only === undefined) return null;
  const text = only.why === '' ? scene.facts : only.why;
  return (
    <p className={style.why} title={text}>
      {text}
    </p>
  );
}
