import type { JSX, ReactNode } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import style from './Detail.module.css';

/** Names and values below each other; values of null are left out. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: string | JSX.Element | null])[];
}): JSX.Element {
  return (
    <dl className={style.facts}>
      {facts.flatMap(([name, value]) => (value === null ? [] : [<Fact key={name} name={name} value={value} />]))}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string | JSX.Element }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{typeof value === 'string' ? visible(value) : value}</dd>
    </>
  );
}

/** A part of the panel under a heading. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section className={style.section} aria-label={title}>
      <h3 className={style.heading}>{title}</h3>
      {children}
    </section>
  );
}
