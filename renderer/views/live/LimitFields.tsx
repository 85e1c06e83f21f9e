import type { JSX } from 'react';
import { useLiveSetup, type SetupProblems } from '../../state/live-setup.ts';
import { Field } from './Field.tsx';
import style from './Fields.module.css';

/** How much a capture of days may cost, and who else gets it. */
export function LimitFields({ problems }: { readonly problems: SetupProblems }): JSX.Element {
  const { disk, calls, hepTo } = useLiveSetup();
  return (
    <div className={style.line}>
      <Field
        className={style.middle}
        title="Disk, GB"
        value={disk}
        inputMode="decimal"
        told="Then the oldest packets go."
        wrong={problems.disk ?? null}
        onText={(text) => useLiveSetup.setState({ disk: text })}
      />
      <Field
        className={style.middle}
        title="Calls in the list"
        value={calls}
        inputMode="numeric"
        told="Then the oldest that ended go."
        wrong={problems.calls ?? null}
        onText={(text) => useLiveSetup.setState({ calls: text })}
      />
      <Field
        className={style.wide}
        title="Send SIP and RTCP on as HEP3 to"
        value={hepTo}
        placeholder="nowhere; as in 10.0.0.5:9060"
        told="A Homer installation, over UDP."
        wrong={problems.hepTo ?? null}
        onText={(text) => useLiveSetup.setState({ hepTo: text })}
      />
    </div>
  );
}
