import { Radio } from 'lucide-react';
import type { JSX } from 'react';
import { shell } from '../../shell/index.ts';
import { useLive } from '../../state/live.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Command } from './Command.tsx';
import { LeftList } from './LeftList.tsx';
import style from './LiveScreen.module.css';
import { Running } from './Running.tsx';
import { Setup } from './Setup.tsx';

/** What is captured now, and what could be. */
export function LiveScreen(): JSX.Element {
  const state = useLive((live) => live.state);
  const isRunning = state?.state === 'starting' || state?.state === 'running';
  return (
    <div className={style.screen}>
      <header className={style.bar}>
        <h1 className={style.title}>Live</h1>
        <span className={style.about}>
          Packets go to disk first and from there into the list; a crash leaves a capture that opens again.
        </span>
      </header>
      <div className={style.body}>
        {state === null ? null : <Running state={state} />}
        {isRunning ? null : <Beginning again={state !== null} />}
      </div>
    </div>
  );
}

/** Where the command names what is captured, there is nothing to choose. */
function Beginning({ again }: { readonly again: boolean }): JSX.Element {
  const { live } = shell;
  if (live !== null)
    return (
      <>
        <Setup live={live} again={again} />
        <LeftList live={live} />
      </>
    );
  return (
    <EmptyState
      icon={Radio}
      title="In a browser, the command says what is captured."
      hint="Start it on the machine that sees the packets; interfaces are listed by “sipglass interfaces”."
    >
      <Command line="sipglass serve -i eth0" />
    </EmptyState>
  );
}
