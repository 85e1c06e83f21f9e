import type { JSX } from 'react';
import { useLiveSetup, type SetupProblems } from '../../state/live-setup.ts';
import { Field } from './Field.tsx';
import style from './Fields.module.css';

/** Nothing is captured here: agents send what they see. */
export function HepFields({ problems }: { readonly problems: SetupProblems }): JSX.Element {
  const { hepAddress, hepPort } = useLiveSetup();
  return (
    <div className={style.column}>
      <div className={style.line}>
        <Field
          className={style.middle}
          title="Listen on"
          value={hepAddress}
          wrong={problems.hepAddress ?? null}
          onText={(text) => useLiveSetup.setState({ hepAddress: text })}
        />
        <Field
          className={style.narrow}
          title="Port"
          value={hepPort}
          inputMode="numeric"
          wrong={problems.hepPort ?? null}
          onText={(text) => useLiveSetup.setState({ hepPort: text })}
        />
      </div>
      <p className={style.told}>
        HEP3 over UDP and TCP from Kamailio’s siptrace, captagent or heplify: packets keep the agent’s times, and no
        rights to capture are needed. {hepAddress.trim() === '127.0.0.1' ? '' : 'Whoever reaches the port can send.'}
      </p>
    </div>
  );
}
