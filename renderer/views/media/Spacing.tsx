import type { JSX } from 'react';
import type { StreamCourse } from '../../../core/contract/streams.ts';
import { countText } from '../../app/words.ts';
import type { Side } from './selection.ts';
import { SideMark, sideLooks } from './SideMark.tsx';
import style from './Spacing.module.css';
import { spacingSteps } from './spacing-steps.ts';

/** How often packets came so long after the one before, of both sides: a table whose cells hold bars. */
export function Spacing({
  sides,
  courses,
}: {
  readonly sides: readonly Side[];
  readonly courses: readonly (StreamCourse | null)[];
}): JSX.Element | null {
  const shown = sides.flatMap((side, index) => {
    const course = courses[index] ?? null;
    return side.stream === null || course === null ? [] : [{ side, spacing: course.spacing }];
  });
  const steps = spacingSteps(shown.map(({ spacing }) => spacing));
  if (steps.length === 0) return null;
  const most = Math.max(...steps.flatMap(({ counts }) => counts));
  return (
    <section className={style.panel} aria-label="Distribution of arrival spacing">
      <h2 className={style.title}>Distribution of arrival spacing</h2>
      <table className={style.table} aria-label="Arrival spacing, packets">
        <thead>
          <tr>
            <th scope="col">ms</th>
            {shown.map(({ side }) => (
              <th key={side.key} scope="col">
                <SideMark side={side.key} /> <span className="visually-hidden">{side.title}, packets</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ label, counts }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {shown.map(({ side }, index) => {
                const count = counts[index] ?? 0;
                return (
                  <td key={side.key}>
                    <span
                      className={[style.bar, side.key === 'other' ? style.hatched : ''].join(' ')}
                      style={{
                        width: count === 0 ? 0 : `max(2px, ${(62 * count) / most}%)`,
                        color: sideLooks[side.key].colour,
                      }}
                    />
                    <span className={style.count}>{count === 0 ? '' : countText(count)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
