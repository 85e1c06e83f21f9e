import { X } from 'lucide-react';
import type { JSX } from 'react';
import type { TypedKeyRow } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { countOf } from '../../app/words.ts';
import { useSecurity } from '../../state/security.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Mark } from '../../widgets/StateMark.tsx';
import { changeKeys } from './change-keys.ts';
import { Section } from './Facts.tsx';
import style from './Keys.module.css';
import { maskedText } from './Secrets.tsx';
import { typedLooks } from './words.ts';

/** Keys shown at most; a file can hold thousands. */
const MOST = 200;

/** What was typed, masked, and what became of it. Those that are wrong come first. */
export function TypedList({ typed }: { readonly typed: readonly TypedKeyRow[] }): JSX.Element {
  const busy = useSecurity((state) => state.busy);
  const order = { wrong: 0, used: 1, unused: 2 } as const;
  const sorted = typed.toSorted((a, b) => order[a.state] - order[b.state] || a.id - b.id);
  const without = (id: number): readonly number[] => typed.flatMap((one) => (one.id === id ? [] : [one.id]));
  return (
    <Section title={countOf(typed.length, 'typed key')}>
      <ul className={style.typed} aria-label="Typed keys">
        {sorted.slice(0, MOST).map((one) => (
          <li key={one.id} className={style.key}>
            <span className={style.what}>
              <span className={style.line}>
                <strong>{visible(nameOf(one))}</strong>
                <Mark severity={typedLooks[one.state].severity}>{typedLooks[one.state].word}</Mark>
              </span>
              <span className={style.about}>{visible(one.reason)}</span>
              {maskedOf(one).map((line) => (
                <span key={line} className={[style.about, 'mono'].join(' ')}>
                  {line}
                </span>
              ))}
              {one.source === 'typed' ? null : <span className={style.about}>{visible(one.source)}</span>}
            </span>
            <IconButton
              label={`Remove the key: ${visible(nameOf(one))}`}
              icon={X}
              disabled={busy}
              onClick={() => void changeKeys({ keep: without(one.id) })}
            />
          </li>
        ))}
      </ul>
      {sorted.length > MOST ? <p className={style.about}>{`${sorted.length - MOST} more are not listed.`}</p> : null}
      {typed.length > 1 ? (
        <div>
          <Button kind="danger" disabled={busy} onClick={() => void changeKeys({ keep: [] })}>
            Remove all
          </Button>
        </div>
      ) : null}
    </Section>
  );
}

function nameOf({ kind, subscriber, spi }: TypedKeyRow): string {
  if (kind === 'pair') return subscriber ?? 'IK and CK for everybody';
  return spi === null ? 'Association of any SPI' : `Association ${spi}`;
}

function maskedOf({ kind, authentication, encryption }: TypedKeyRow): string[] {
  const [check, cipher] = kind === 'pair' ? ['IK', 'CK'] : ['authentication', 'encryption'];
  return [
    ...(authentication === null ? [] : [`${check} ${maskedText(authentication)}`]),
    ...(encryption === null ? [] : [`${cipher} ${maskedText(encryption)}`]),
  ];
}
