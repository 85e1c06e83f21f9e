import type { JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { factsOf } from './facts.ts';
import style from './FactsTable.module.css';
import type { Side } from './selection.ts';
import { SideMark } from './SideMark.tsx';

/** Everything else that is known of both sides, line by line beside each other. */
export function FactsTable({ sides, from }: { readonly sides: readonly Side[]; readonly from: number }): JSX.Element {
  const shown = sides.flatMap(({ key, title, stream }) =>
    stream === null ? [] : [{ key, title, groups: factsOf(stream, from) }],
  );
  const titles = shown[0]?.groups.map(({ title }) => title) ?? [];
  return (
    <div className={style.groups}>
      {titles.map((title, at) => {
        const names = [...new Set(shown.flatMap(({ groups }) => groups[at]?.facts.map(([name]) => name) ?? []))];
        return (
          <table key={title} className={style.table} aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{title}</th>
                {shown.map((side) => (
                  <th key={side.key} scope="col">
                    <SideMark side={side.key} />
                    <span className="visually-hidden">{side.title}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {names.map((name) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {shown.map((side) => {
                    const value = side.groups[at]?.facts.find(([own]) => own === name)?.[1] ?? null;
                    return (
                      <td key={side.key} className={value === null ? style.none : undefined}>
                        {value === null ? '–' : visible(value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
    </div>
  );
}
