import { FolderOpen, PhoneCall, Radio } from 'lucide-react';
import type { JSX } from 'react';
import { open } from '../../app/opening.ts';
import { shell } from '../../shell/index.ts';
import { useCapture } from '../../state/capture.ts';
import { Button } from '../../widgets/Button.tsx';
import { useView } from '../../state/view.ts';
import { Kbd } from '../../widgets/Kbd.tsx';
import { LeftList } from '../live/LeftList.tsx';
import { FailedState } from './FailedState.tsx';
import { OfferedList } from './OfferedList.tsx';
import { OpeningState } from './OpeningState.tsx';
import { RecentList } from './RecentList.tsx';
import style from './WelcomeScreen.module.css';

/** What stands where calls will be: how to get at some. */
export function WelcomeScreen(): JSX.Element {
  const busy = useCapture(({ phase, awaited }) => phase === 'opening' || awaited);
  const failed = useCapture(({ phase }) => phase === 'failed');
  if (busy) return <OpeningState />;
  return (
    <div className={style.welcome}>
      <div className={style.column}>
        {failed ? <FailedState /> : <Invitation />}
        {shell.live === null ? null : <LeftList live={shell.live} />}
        <RecentList />
        <OfferedList />
        <p className={style.keys}>
          <span>
            <Kbd keys="Mod+O" /> open
          </span>
          <span>
            <Kbd keys="Mod+K" /> search all
          </span>
          <span>
            <Kbd keys="F1" /> keys
          </span>
          <span>
            <Kbd keys="F8" /> settings
          </span>
        </p>
      </div>
    </div>
  );
}

function Invitation(): JSX.Element {
  return (
    <section className={style.drop} aria-label="Open a capture">
      <h1 className={style.title}>Drop captures here</h1>
      <p className={style.hint}>pcap or pcapng, also compressed. Several are merged by time.</p>
      <div className={style.buttons}>
        <Button kind="primary" icon={FolderOpen} onClick={() => open({ kind: 'dialog' })}>
          Open…
        </Button>
        <Button icon={Radio} onClick={() => useView.setState({ screen: 'live' })}>
          Capture live…
        </Button>
        <Button icon={PhoneCall} onClick={() => open({ kind: 'sample' })}>
          Try the sample
        </Button>
      </div>
    </section>
  );
}
