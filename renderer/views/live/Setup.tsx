import { CircleAlert, Radio } from 'lucide-react';
import { useEffect, useId, useState, type JSX, type ReactNode } from 'react';
import type { LiveProgram } from '../../../core/contract/live.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { open, problemText } from '../../app/opening.ts';
import type { LiveShell } from '../../shell/shell.ts';
import { saidBy } from '../../state/asking.ts';
import { useCapture } from '../../state/capture.ts';
import { useLive } from '../../state/live.ts';
import { meantInterface, readSetup, useLiveSetup, type LiveSetup } from '../../state/live-setup.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Spinner } from '../../widgets/Progress.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { BackendChoice } from './BackendChoice.tsx';
import { BpfField, useChecked } from './BpfField.tsx';
import { HepFields } from './HepFields.tsx';
import { InterfaceList } from './InterfaceList.tsx';
import { LimitFields } from './LimitFields.tsx';
import style from './Setup.module.css';
import { SshFields } from './SshFields.tsx';
import { useInterfaces } from './use-interfaces.ts';

const froms = [
  { value: 'interface', title: 'This machine' },
  { value: 'ssh', title: 'Another one, over ssh' },
  { value: 'hep', title: 'HEP listener' },
] as const;

/** What the next live capture is of. `again`: one was here before. */
export function Setup({ live, again }: { readonly live: LiveShell; readonly again: boolean }): JSX.Element {
  const setup = useLiveSetup();
  const { all, problem } = useInterfaces(live);
  const programs = usePrograms(live);
  const checked = useChecked(live, setup.bpf);
  const busy = useCapture(({ phase, awaited }) => phase === 'opening' || awaited);
  const failed = useCapture(({ phase, problem: why }) => (phase === 'failed' ? why : null));
  const interfaces = all ?? [];
  const { options, problems } = readSetup(setup, interfaces);
  const chosen = meantInterface(setup.interface, interfaces);
  const wrongFilter = setup.from !== 'hep' && checked?.wrong !== null && checked !== null;
  const ready = options !== null && !wrongFilter && !busy;
  const start = (): void => {
    if (!ready) return;
    useLive.setState({ begun: true });
    open({ kind: 'live', live: options });
  };
  return (
    <section className={style.setup} aria-label="Capture live">
      {failed === null ? null : (
        <p className={style.failed} role="alert">
          <CircleAlert size={16} aria-hidden />
          {visible(problemText(failed))}
        </p>
      )}
      <Part title="From">
        <Segmented
          label="Where packets come from"
          value={setup.from}
          options={froms}
          onChange={(from) => useLiveSetup.setState({ from })}
        />
        {setup.from === 'interface' ? (
          <>
            <Interfaces all={all} problem={problem} chosen={chosen} onStart={start} />
            <BackendChoice programs={programs} />
          </>
        ) : null}
        {setup.from === 'ssh' ? <SshFields problems={problems} programs={programs} /> : null}
        {setup.from === 'hep' ? <HepFields problems={problems} /> : null}
      </Part>
      {setup.from === 'hep' ? null : (
        <Part title="Packets">
          <BpfField checked={checked} canCheck={canCheck(programs)} onStart={start} />
        </Part>
      )}
      <Part title="Limits">
        <LimitFields problems={problems} />
      </Part>
      <div className={style.foot}>
        <Button kind="primary" icon={Radio} disabled={!ready} onClick={start}>
          {startText(setup, chosen)}
        </Button>
        {busy ? <Spinner label="Starting the capture" /> : null}
        {again ? (
          <span className={style.hint}>
            The capture in this window makes room; what of it was not saved is kept below.
          </span>
        ) : null}
      </div>
    </section>
  );
}

/** One row of the form. */
function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  const id = useId();
  return (
    <div className={style.part} role="group" aria-labelledby={id}>
      <h2 id={id} className={style.heading}>
        {title}
      </h2>
      <div className={style.fields}>{children}</div>
    </div>
  );
}

function Interfaces({
  all,
  problem,
  chosen,
  onStart,
}: {
  readonly all: Parameters<typeof InterfaceList>[0]['all'] | null;
  readonly problem: string | null;
  readonly chosen: string | null;
  readonly onStart: () => void;
}): JSX.Element {
  if (all === null && problem !== null) return <EmptyState severity="bad" title={visible(problem)} />;
  if (all === null) return <Spinner label="Looking for interfaces" />;
  if (all.length === 0)
    return (
      <EmptyState
        title="There is no interface that could be captured from."
        hint="In a container or a small virtual machine the system may hide them; capture on another machine over ssh, or listen for HEP."
      />
    );
  return <InterfaceList all={all} chosen={chosen} onStart={onStart} />;
}

/** Ways to capture; null until they are known, empty where that failed. */
function usePrograms(live: LiveShell): readonly LiveProgram[] | null {
  const [programs, setPrograms] = useState<readonly LiveProgram[] | null>(null);
  useEffect(() => {
    let here = true;
    const load = async (): Promise<void> => {
      try {
        const found = await live.programs();
        if (here) setPrograms(found);
      } catch (error) {
        if (here) setPrograms([]);
        useCapture.setState(({ warnings }) => ({ warnings: [...warnings, saidBy(error)] }));
      }
    };
    void load();
    return () => {
      here = false;
    };
  }, [live]);
  return programs;
}

/** tcpdump compiles a filter without opening anything. */
function canCheck(programs: readonly LiveProgram[] | null): boolean {
  return programs?.find(({ backend }) => backend === 'tcpdump')?.path !== null;
}

function startText({ from, sshHost, hepAddress, hepPort }: LiveSetup, chosen: string | null): string {
  if (from === 'interface') return chosen === null ? 'Start' : `Start on ${visible(chosen)}`;
  if (from === 'ssh') return sshHost.trim() === '' ? 'Start' : `Start on ${visible(sshHost.trim())}`;
  return `Listen on ${visible(hepAddress)}:${visible(hepPort)}`;
}
