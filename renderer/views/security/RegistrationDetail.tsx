import { KeyRound } from 'lucide-react';
import type { JSX } from 'react';
import type { SecurityMechanism, SecurityRegistration } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { timeText } from '../../app/time-text.ts';
import { countText } from '../../app/words.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../widgets/Button.tsx';
import { goToFrame } from '../dispatcher/go.ts';
import { openKeys } from './commands.ts';
import style from './Detail.module.css';
import { Facts, Section } from './Facts.tsx';
import { Origin } from './Origin.tsx';
import { ownerOf } from './words.ts';

/** How a phone and its P-CSCF agreed: what was offered, chosen and verified, and what does not fit together. */
export function RegistrationDetail({ registration }: { readonly registration: SecurityRegistration }): JSX.Element {
  const { impi, impu, callId, ue, pcscf, keys, ts, frame, replacedBy, differences } = registration;
  const times = useSettings((state) => state.times);
  const start = useCapture(({ progress }) => progress?.start ?? null);
  return (
    <section className={style.detail} aria-label={`Registration of ${visible(ownerOf(registration))}`}>
      <h2 className={style.title}>{visible(ownerOf(registration))}</h2>
      {differences.map(({ text, frames }) => (
        <p key={text} className={[style.why, style.warn].join(' ')}>
          {visible(text)} <Frames frames={frames} />
        </p>
      ))}
      <div className={style.buttons}>
        <Button onClick={() => void goToFrame(frame)}>Ladder</Button>
        <Button icon={KeyRound} onClick={() => openKeys(impi ?? impu ?? '')}>
          Type IK and CK…
        </Button>
      </div>
      <Facts
        facts={[
          ['Private identity', impi],
          ['Public identity', impu],
          ['Phone', ue],
          ['P-CSCF', pcscf],
          ['IK and CK', keys === null ? 'not known' : <Origin key="keys" origin={keys} />],
          ['Begins', `${timeText(ts, times, start).replace(/(?<=\.\d{3})\d+$/u, '')}, frame ${countText(frame)}`],
          ['Call-ID', callId],
          ['Replaced by', replacedBy === null ? null : `registration ${replacedBy}`],
        ]}
      />
      <Mechanisms registration={registration} />
    </section>
  );
}

function Frames({ frames }: { readonly frames: readonly number[] }): JSX.Element {
  return (
    <span className={style.frames}>
      {frames.map((frame) => (
        <button key={frame} type="button" className={style.go} onClick={() => void goToFrame(frame)}>
          frame {countText(frame)}
        </button>
      ))}
    </span>
  );
}

/** Lines of a header that are shown. */
const MOST = 40;

function Mechanisms({ registration }: { readonly registration: SecurityRegistration }): JSX.Element {
  const { offered, answered, verified, chosen } = registration;
  const groups = [
    ['Offered', 'Security-Client', offered],
    ['Answered', 'Security-Server', answered],
    ['Verified', 'Security-Verify', verified],
  ] as const;
  return (
    <>
      {groups.map(([title, header, mechanisms]) => (
        <Section key={title} title={`${title} (${header})`}>
          {mechanisms.length === 0 ? (
            <p className={style.muted}>Not in the capture.</p>
          ) : (
            <table className={style.mechanisms} aria-label={header}>
              <thead>
                <tr>
                  <th scope="col">alg, ealg</th>
                  <th scope="col">q</th>
                  <th scope="col">SPI c, s</th>
                  <th scope="col">Port c, s</th>
                </tr>
              </thead>
              <tbody>
                {mechanisms.slice(0, MOST).map((mechanism) => (
                  <Mechanism
                    key={keyOf(mechanism)}
                    mechanism={mechanism}
                    isChosen={title === 'Answered' && chosen !== null && keyOf(chosen) === keyOf(mechanism)}
                  />
                ))}
              </tbody>
            </table>
          )}
          {mechanisms.length > MOST ? (
            <p className={style.muted}>{`${countText(mechanisms.length - MOST)} more.`}</p>
          ) : null}
        </Section>
      ))}
    </>
  );
}

function Mechanism({
  mechanism: { name, alg, ealg, prot, mode, q, spiC, spiS, portC, portS },
  isChosen,
}: {
  readonly mechanism: SecurityMechanism;
  readonly isChosen: boolean;
}): JSX.Element {
  const odd = [
    ...(name === 'ipsec-3gpp' ? [] : [name]),
    ...(prot === 'esp' ? [] : [`prot ${prot}`]),
    ...(mode === 'trans' ? [] : [`mod ${mode}`]),
  ];
  const pair = (client: string | number | null, server: string | number | null): string =>
    `${client ?? '–'} ${server ?? '–'}`;
  return (
    <tr className={isChosen ? style.chosen : ''}>
      <td>
        {visible([`${alg ?? '–'}, ${ealg}`, ...odd].join(', '))}
        {isChosen ? ' ✓ chosen' : ''}
      </td>
      <td>{q ?? '–'}</td>
      <td className="mono">{visible(pair(spiC, spiS))}</td>
      <td className="mono">{pair(portC, portS)}</td>
    </tr>
  );
}

/** As it is written: the same mechanism twice in a header is one line. */
function keyOf({ name, q, alg, ealg, prot, mode, spiC, spiS, portC, portS }: SecurityMechanism): string {
  return [name, q, alg, ealg, prot, mode, spiC, spiS, portC, portS].join(' ');
}
