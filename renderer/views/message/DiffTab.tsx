import { useState, type JSX, type ReactNode } from 'react';
import { ArrowDownUp, Equal, Minus, Pencil, Plus } from 'lucide-react';
import type { Change, MessageDiff, MessageRow } from '../../../core/contract/model.ts';
import { headOf, shown, visible } from '../../../core/ladder/visible.ts';
import { endText, labelOf } from '../../../core/ladder/words.ts';
import { useLadder } from '../../state/ladder.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { WireText } from '../../widgets/WireText.tsx';
import type { Answer } from './answer.ts';
import style from './DiffTab.module.css';
import { keyAt } from './keys.ts';
import type { HopDiff } from './questions.ts';
import { differingWords, type Word } from './words-diff.ts';

/** Changes shown at first. */
const FIRST = 200;
/** Characters of a value that are shown. */
const LONGEST = 3000;

export type DiffSide = 'hop' | 'pair';

/** What the last hop changed, or what differs between the two arrows that were picked. */
export function DiffTab({
  side,
  onSide,
  hop,
  pair,
}: {
  readonly side: DiffSide;
  readonly onSide: (side: DiffSide) => void;
  readonly hop: Answer<HopDiff>;
  /** Null while no second arrow is marked. */
  readonly pair: Answer<MessageDiff> | null;
}): JSX.Element {
  return (
    <div className={style.all}>
      {pair === null ? null : (
        <Segmented
          label="Compared with"
          value={side}
          onChange={onSide}
          options={[
            { value: 'pair', title: 'Marked and selected' },
            { value: 'hop', title: 'Hop before' },
          ]}
        />
      )}
      {side === 'pair' && pair !== null ? (
        <Shown problem={pair.problem} diff={pair.value} asked={pair.value !== null} />
      ) : (
        <Shown problem={hop.problem} diff={hop.value?.diff ?? null} asked={hop.value !== null} />
      )}
      {pair === null ? (
        <p className={style.hint}>To compare any two messages: mark one arrow with Space, select another, press d.</p>
      ) : null}
    </div>
  );
}

function Shown({
  problem,
  diff,
  asked,
}: {
  readonly problem: string | null;
  readonly diff: MessageDiff | null;
  readonly asked: boolean;
}): ReactNode {
  const [all, setAll] = useState(false);
  if (problem !== null) return <EmptyState severity="bad" title={problem} />;
  if (!asked) return null;
  if (diff === null) {
    return (
      <EmptyState
        title="The capture shows no hop before this one."
        hint="It is the first hop of its transaction, or the hop before was not captured."
      />
    );
  }
  const { changes } = diff;
  const shownChanges = all ? changes : changes.slice(0, FIRST);
  return (
    <>
      <div className={style.ends}>
        <End row={diff.a} sign="−" />
        <End row={diff.b} sign="+" />
      </div>
      {changes.length === 0 ? (
        <EmptyState icon={Equal} title="Nothing was changed." />
      ) : (
        <ul className={style.changes} aria-label={`${changes.length} changes`}>
          {shownChanges.map((change, at) => (
            <OneChange key={keyAt(at, change.header)} change={change} />
          ))}
        </ul>
      )}
      {shownChanges.length < changes.length ? (
        <Button onClick={() => setAll(true)}>{`Show all ${changes.length.toLocaleString('en')} changes`}</Button>
      ) : null}
    </>
  );
}

function End({ row, sign }: { readonly row: MessageRow; readonly sign: '−' | '+' }): JSX.Element {
  return (
    <button
      type="button"
      className={style.end}
      title="Show this message"
      onClick={() => useLadder.setState({ selected: row.row, band: null })}
    >
      <span className={sign === '+' ? style.after : style.before} aria-hidden>
        {sign}
      </span>
      <span>{`#${row.frame} ${headOf(labelOf(row), 40)}`}</span>
      <span className={style.route}>{`${route(row.src, row.sport)} → ${route(row.dst, row.dport)}`}</span>
    </button>
  );
}

function route(address: string, port: number): string {
  return endText(shown(address), port);
}

const kinds = {
  added: { word: 'added', icon: Plus },
  removed: { word: 'removed', icon: Minus },
  changed: { word: 'changed', icon: Pencil },
  moved: { word: 'moved', icon: ArrowDownUp },
} as const;

function OneChange({ change }: { readonly change: Change }): JSX.Element {
  const { header, kind, before, after } = change;
  const { word, icon: Icon } = kinds[kind];
  const from = headOf(before ?? '', LONGEST);
  const to = headOf(after ?? '', LONGEST);
  const words = kind === 'changed' ? differingWords(from, to) : null;
  return (
    <li className={[style.change, style[kind]].join(' ')}>
      <p className={style.what}>
        <Icon size={13} aria-hidden />
        <span className={style.header}>{visible(headOf(header, 200))}</span>
        <span className={style.kind}>{word}</span>
      </p>
      {kind === 'moved' ? (
        <p className={style.value}>{`${visible(from)} → ${visible(to)}`}</p>
      ) : (
        <>
          {before === null ? null : (
            <del className={style.value}>
              {words === null ? <WireText text={from} /> : <Words words={words.before} />}
            </del>
          )}
          {after === null ? null : (
            <ins className={style.value}>{words === null ? <WireText text={to} /> : <Words words={words.after} />}</ins>
          )}
        </>
      )}
    </li>
  );
}

function Words({ words }: { readonly words: readonly Word[] }): JSX.Element[] {
  return words.map(({ text, differs }, at) =>
    differs ? (
      <mark key={keyAt(at)}>
        <WireText text={text} />
      </mark>
    ) : (
      <span key={keyAt(at)}>
        <WireText text={text} />
      </span>
    ),
  );
}
