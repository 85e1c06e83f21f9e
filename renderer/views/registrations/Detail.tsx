import type { JSX, ReactNode } from 'react';
import type { Binding, RegistrationEvent, RegistrationRow } from '../../../core/contract/registrations.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { timeText } from '../../app/time-text.ts';
import { countOf, countText } from '../../app/words.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../widgets/Button.tsx';
import { Mark } from '../../widgets/StateMark.tsx';
import style from './Detail.module.css';
import { goToLadder, goToOne } from './go.ts';
import { eventSeverity, eventWords, stateWords } from './words.ts';

/** It scrolls, so that keys have to reach it. */
const scrolled = { tabIndex: 0 };

/** All there is to say of one address of record. */
export function Detail({ row }: { readonly row: RegistrationRow }): JSX.Element {
  const { word, severity } = stateWords[row.state];
  const bad = severity === 'bad' || severity === 'warn';
  return (
    <aside className={style.detail} aria-label={`Registration of ${visible(row.aor)}`} {...scrolled}>
      <div className={style.head}>
        <h2 className={style.title}>{visible(row.aor)}</h2>
        <span className={style.state}>
          <Mark severity={severity}>{word}</Mark>
        </span>
      </div>
      <p className={[style.why, bad ? style[severity] : ''].join(' ')}>{visible(row.explanation)}</p>
      <div className={style.buttons}>
        <Button onClick={() => goToLadder(row)}>Ladder</Button>
      </div>
      <Facts row={row} />
      <Bindings bindings={row.bindings} />
      <Challenges row={row} />
      <Events events={row.events} more={row.moreEvents} />
    </aside>
  );
}

/** On another day: then the time of day alone would mislead. */
function isFar({ from, until }: Binding): boolean {
  return Number(until) - Number(from) > 43_200;
}

function useTime(): (ts: string, far?: boolean) => string {
  const times = useSettings((state) => state.times);
  const start = useCapture(({ progress }) => progress?.start ?? null);
  return (ts, far = false) =>
    timeText(ts, far && times === 'local' ? 'date' : times, start).replace(/(?<=\.\d{3})\d+$/u, '');
}

function Facts({ row }: { readonly row: RegistrationRow }): JSX.Element {
  const facts: readonly (readonly [string, string])[] = [
    ['Registrar', row.registrar],
    ['From', row.source],
    ...(row.by === null ? [] : [['By', row.by] as const]),
    ...row.serviceRoute.map((route) => ['Service-Route', route] as const),
    ...row.associatedUris.map((uri) => ['P-Associated-URI', uri] as const),
    ...(row.answeredRealms.length === 0 ? [] : [['Answers for realm', row.answeredRealms.join(', ')] as const]),
  ];
  return (
    <dl className={style.facts}>
      {facts.map(([name, value]) => (
        <Fact key={`${name} ${value}`} name={name} value={value} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd className="mono">{visible(value)}</dd>
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section className={style.section} aria-label={title}>
      <h3 className={style.heading}>{title}</h3>
      {children}
    </section>
  );
}

const ends: Readonly<Record<Binding['ended'], string>> = {
  open: 'valid until',
  expired: 'ran out at',
  removed: 'removed at',
};

function Bindings({ bindings }: { readonly bindings: readonly Binding[] }): JSX.Element | null {
  const time = useTime();
  if (bindings.length === 0) return null;
  return (
    <Section title="Bindings">
      <ul className={style.list}>
        {bindings.map((binding) => (
          <li key={`${binding.from} ${binding.contact}`}>
            <span className="mono">{visible(binding.contact)}</span>
            <span className={style.about}>
              since {time(binding.from)}, {ends[binding.ended]}{' '}
              {binding.until === null ? 'an unknown time' : time(binding.until, isFar(binding))}
              {more(binding)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function more(binding: Binding): string {
  const { expires, asked, refreshes, q, instance, regId, pubGruu, path, userAgent, own } = binding;
  const words = [
    ...(expires === null ? [] : [`${expires} s granted${asked !== null && asked !== expires ? ` of ${asked} s` : ''}`]),
    ...(refreshes > 0 ? [`refreshed ${refreshes} times`] : []),
    ...(q === null ? [] : [`q ${q}`]),
    ...(instance === null ? [] : [`instance ${instance}`]),
    ...(regId === null ? [] : [`reg-id ${regId}`]),
    ...(pubGruu === null ? [] : [`GRUU ${pubGruu}`]),
    ...path.map((one) => `Path ${one}`),
    ...(userAgent === null ? [] : [userAgent]),
    ...(own ? [] : ['only listed by the registrar']),
  ];
  return words.length === 0 ? '' : `; ${visible(words.join(', '))}`;
}

function Challenges({ row: { challenges } }: { readonly row: RegistrationRow }): JSX.Element | null {
  if (challenges.length === 0) return null;
  return (
    <Section title="Challenges">
      <ul className={style.list}>
        {challenges.map(({ realm, algorithm, qop, status, count, stale, afterCredentials }) => (
          <li key={`${realm ?? ''} ${algorithm ?? ''} ${qop ?? ''} ${status}`}>
            {status} realm “{visible(realm ?? '')}”, {visible(algorithm ?? 'MD5 by default')}
            {qop === null ? '' : `, qop ${visible(qop)}`}
            <span className={style.about}>
              {countOf(count, 'time')}
              {stale === 0 ? '' : `, ${stale} with a stale nonce`}
              {afterCredentials === 0 ? '' : `, ${afterCredentials} of them after credentials: refused`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Events({
  events,
  more: left,
}: {
  readonly events: readonly RegistrationEvent[];
  readonly more: number;
}): JSX.Element {
  const time = useTime();
  return (
    <Section title="What happened">
      <ul className={style.list}>
        {events.map(({ ts, frame, what, explanation, call }) => (
          <li key={`${frame} ${what} ${ts}`} className={style.event}>
            <span className={['mono', style.time].join(' ')}>{time(ts)}</span>
            <span className={style.what}>
              <Mark severity={eventSeverity[what]}>{eventWords[what]}</Mark>
              <span className={style.about}>{visible(explanation)}</span>
            </span>
            {call === null ? null : (
              <Button kind="quiet" aria-label={`Ladder of frame ${frame}`} onClick={() => goToOne(call)}>
                #{countText(frame)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {left === 0 ? null : <p className={style.about}>{countText(left)} further events are not listed.</p>}
    </Section>
  );
}
