import { Puzzle } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type JSX } from 'react';
import type { ExtensionSide, ExtensionsRow } from '../../../core/contract/extensions.ts';
import { headOf, shown as safe } from '../../../core/ladder/visible.ts';
import { countText } from '../../app/words.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Mark } from '../../widgets/StateMark.tsx';
import { useAnswer } from '../message/answer.ts';
import { keyAt } from '../message/keys.ts';
import style from './ExtensionsCard.module.css';
import type { Shown } from './scene.ts';

/** Calls of a ladder that are told of. */
const MOST = 20;

/** What each side of the calls supports, requires and refuses, and what was used. */
export function ExtensionsCard({ shown }: { readonly shown: Shown | null }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label="Extensions" icon={Puzzle} disabled={shown === null} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={style.card} align="end" sideOffset={4} collisionPadding={8} aria-label="Extensions">
          {shown === null ? null : <Rows calls={shown.query.calls ?? []} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Rows({ calls }: { readonly calls: readonly (number | string)[] }): JSX.Element {
  const { value, problem } = useAnswer(JSON.stringify(calls), (client, signal) =>
    client.ask('extensions', { calls, from: 0, count: MOST }, { signal }),
  );
  if (problem !== null) return <p className={style.problem}>{problem}</p>;
  if (value === null) return <p className={style.about}>Reading the calls …</p>;
  return (
    <>
      {value.rows.map((row) => (
        <Row key={row.id} row={row} several={value.rows.length > 1} />
      ))}
      {value.total > value.rows.length ? (
        <p className={style.about}>{countText(value.total - value.rows.length)} further calls are not told of.</p>
      ) : null}
    </>
  );
}

function Row({ row, several }: { readonly row: ExtensionsRow; readonly several: boolean }): JSX.Element {
  const { sides, refusals, used } = row;
  return (
    <section className={style.call} aria-label={`Extensions of ${safe(row.callId)}`}>
      {several ? <h3 className={[style.heading, 'mono'].join(' ')}>{safe(headOf(row.callId, 60))}</h3> : null}
      {refusals.map(({ frame, status, explanation }) => (
        <p key={frame} className={style.use}>
          <Mark severity="bad">{`${status} in frame ${frame}`}</Mark>
          <span className={style.about}>{safe(headOf(explanation, 400))}</span>
        </p>
      ))}
      {used.map(({ name, used: isUsed, explanation }, at) => (
        <p key={keyAt(at, name)} className={style.use}>
          <Mark severity={isUsed ? 'ok' : 'idle'}>{`${safe(headOf(name, 40))}${isUsed ? '' : ', not used'}`}</Mark>
          <span className={style.about}>{safe(headOf(explanation, 400))}</span>
        </p>
      ))}
      <dl className={style.sides}>
        {sides.map((side) => (
          <Side key={side.side} side={side} />
        ))}
      </dl>
      {refusals.length + used.length === 0 && sides.every(isSilent) ? (
        <p className={style.about}>Neither side names or uses an extension.</p>
      ) : null}
    </section>
  );
}

function isSilent({ supported, required, proxyRequired, allow }: ExtensionSide): boolean {
  return supported.length + required.length + proxyRequired.length + allow.length === 0;
}

function Side({ side }: { readonly side: ExtensionSide }): JSX.Element {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['supports', side.supported],
    ['requires', side.required],
    ['requires of proxies', side.proxyRequired],
    ['allows', side.allow],
    ['events', side.events],
  ];
  return (
    <>
      {lines.map(([title, names]) =>
        names.length === 0 ? null : (
          <div key={title} className={style.line}>
            <dt>
              {side.side === 'caller' ? 'Caller' : 'Called side'} {title}
            </dt>
            <dd className="mono">{safe(headOf(names.join(', '), 600))}</dd>
          </div>
        ),
      )}
    </>
  );
}
