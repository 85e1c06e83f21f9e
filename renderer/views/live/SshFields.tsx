import type { JSX } from 'react';
import type { LiveProgram } from '../../../core/contract/live.ts';
import { useLiveSetup, type SetupProblems } from '../../state/live-setup.ts';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Field } from './Field.tsx';
import style from './Fields.module.css';

const programsThere = [
  { value: 'tcpdump', title: 'tcpdump' },
  { value: 'dumpcap', title: 'dumpcap' },
] as const;

/** A capture on another machine. */
export function SshFields({
  problems,
  programs,
}: {
  readonly problems: SetupProblems;
  readonly programs: readonly LiveProgram[] | null;
}): JSX.Element {
  const { sshHost, sshPort, sshInterface, sshProgram } = useLiveSetup();
  const missing = programs?.find(({ backend }) => backend === 'ssh')?.path === null;
  return (
    <div className={style.column}>
      <div className={style.line}>
        <Field
          className={style.wide}
          title="Host"
          value={sshHost}
          placeholder="user@pbx1, or a name of your ssh configuration"
          wrong={sshHost === '' ? null : (problems.sshHost ?? null)}
          onText={(text) => useLiveSetup.setState({ sshHost: text })}
        />
        <Field
          className={style.narrow}
          title="Port"
          value={sshPort}
          placeholder="22"
          inputMode="numeric"
          wrong={problems.sshPort ?? null}
          onText={(text) => useLiveSetup.setState({ sshPort: text })}
        />
        <Field
          className={style.middle}
          title="Interface there"
          value={sshInterface}
          wrong={problems.sshInterface ?? null}
          onText={(text) => useLiveSetup.setState({ sshInterface: text })}
        />
        <div className={style.chosen}>
          <span className={style.title}>Program there</span>
          <Segmented
            label="Program there"
            value={sshProgram}
            options={programsThere}
            onChange={(program) => useLiveSetup.setState({ sshProgram: program })}
          />
        </div>
      </div>
      <p className={missing ? style.bad : style.told}>
        {missing
          ? 'ssh is not installed here.'
          : 'A key or an agent has to be there: nobody could type a password. What ssh itself sends is left out.'}
      </p>
    </div>
  );
}
