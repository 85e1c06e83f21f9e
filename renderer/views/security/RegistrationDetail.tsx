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
import { algorithmsText, ownerOf } from './words.ts';

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
  const { offered, answered, verified } = registration;
  const groups = [
    ['Offered', 'Security-Client', offered, 'Not in the capture.'],
    ['Answered', 'Security-Server', answered, 'Not in the capture.'],
    ['Verified', 'Security-Verify', verified, 'Not seen; it comes inside ESP.'],
  ] as const;
  return (
    <>
      {groups.map(([title, header, mechanisms, none]) => (
        <Section key={title} title={`${title} (${header})`}>
          {mechanisms.length === 0 ? <p className={style.muted}>{none}</p> : null}
          {bySpis(mechanisms.slice(0, MOST)).map(([spis, own]) => (
            <div key={spis}>
              <p className={style.spis}>{visible(spis)}</p>
              <ul className={style.mechanisms} aria-label={header}>
                {own.map((mechanism) => (
                  <Mechanism key={algorithmsOf(mechanism)} mechanism={mechanism} registration={registration} />
                ))}
              </ul>
            </div>
          ))}
          {mechanisms.length > MOST ? (
            <p className={style.muted}>{`${countText(mechanisms.length - MOST)} more.`}</p>
          ) : null}
        </Section>
      ))}
    </>
  );
}

function Mechanism({
  mechanism,
  registration: { chosen },
}: {
  readonly mechanism: SecurityMechanism;
  readonly registration: SecurityRegistration;
}): JSX.Element {
  const isChosen = chosen !== null && algorithmsOf(chosen) === algorithmsOf(mechanism);
  return (
    <li className={isChosen ? style.chosen : ''}>
      {visible(algorithmsOf(mechanism))}
      {mechanism.q === null ? '' : `, q ${mechanism.q}`}
      {isChosen ? ' ✓ chosen' : ''}
    </li>
  );
}

/** `hmac-sha-1-96, aes-cbc`, and what else is not as it mostly is. */
function algorithmsOf(mechanism: SecurityMechanism): string {
  const { name, prot, mode } = mechanism;
  return [
    algorithmsText(mechanism),
    ...(name === 'ipsec-3gpp' ? [] : [name]),
    ...(prot === 'esp' ? [] : [`prot ${prot}`]),
    ...(mode === 'trans' ? [] : [`mod ${mode}`]),
  ].join(', ');
}

/** Mechanisms with the same SPIs and ports together, each once: a header names them once for each pair of algorithms. */
function bySpis(mechanisms: readonly SecurityMechanism[]): [string, SecurityMechanism[]][] {
  const groups = new Map<string, SecurityMechanism[]>();
  for (const mechanism of mechanisms) {
    const { spiC, spiS, portC, portS } = mechanism;
    const side = (name: string, spi: string | null, port: number | null): string =>
      `${name}: SPI ${spi ?? '–'}, port ${port ?? '–'}`;
    const spis = `${side('client', spiC, portC)} · ${side('server', spiS, portS)}`;
    const known = groups.get(spis) ?? [];
    groups.set(spis, known);
    if (!known.some((one) => algorithmsOf(one) === algorithmsOf(mechanism))) known.push(mechanism);
  }
  return [...groups];
}
