import type { JSX } from 'react';
import tables from '../statistics/Tables.module.css';
import { ScrollArea } from '../statistics/ScrollArea.tsx';
import { quantities, type Course } from '../../../core/ladder/course-lines.ts';
import type { Side } from './selection.ts';
import { SideMark } from './SideMark.tsx';
import style from './CourseTable.module.css';
import { valueText } from './value-text.ts';
import type { Span } from './questions.ts';
import { offsetText } from './words.ts';

/** Lines of the table. */
const MOST = 64;

/** What the charts show, as a table: a line for each step of time. */
export function CourseTable({
  sides,
  courses,
  span,
  from,
}: {
  readonly sides: readonly Side[];
  readonly courses: readonly (Course | null)[];
  readonly span: Span;
  /** Where the axis of time begins, epoch seconds. */
  readonly from: number;
}): JSX.Element {
  const shown = sides.flatMap(({ key, title, stream }, index) => {
    const course = courses[index] ?? null;
    return stream === null || course === null ? [] : [{ key, title, course }];
  });
  const finest = Math.max(...shown.map(({ course }) => course.step));
  const step = Math.max(Number.isFinite(finest) ? finest : 1, (span.to - span.from) / MOST);
  const count = Math.max(1, Math.ceil((span.to - span.from) / step));
  return (
    <ScrollArea tall label="Over time, table">
      <table className={tables.table} aria-label="Over time">
        <thead>
          <tr>
            <th scope="col">Time</th>
            {quantities.flatMap(({ key: quantity, short }) =>
              shown.map(({ key, title: side }) => (
                <th key={`${quantity} ${key}`} scope="col" className={tables.number}>
                  <span className={style.head}>
                    <SideMark side={key} />
                    {short}
                  </span>
                  <span className="visually-hidden">, {side}</span>
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: count }, (_, at) => span.from + at * step).map((at) => (
            <tr key={at}>
              <th scope="row">{offsetText(at - from)}</th>
              {quantities.flatMap(({ key: quantity }) =>
                shown.map(({ key, course }) => (
                  <td key={`${quantity} ${key}`} className={tables.number}>
                    {valueText(quantity, course, at)}
                  </td>
                )),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
