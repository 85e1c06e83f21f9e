import type { JSX } from 'react';
import type { FilterProblem } from '../../../core/contract/api.ts';
import { filterPieces } from './colours.ts';
import style from './FilterBar.module.css';

/** The coloured text behind the field, letter by letter below its own, with a wave below the mistake. */
export function FilterText({
  text,
  problem,
}: {
  readonly text: string;
  readonly problem: FilterProblem | null;
}): JSX.Element {
  return (
    <>
      {filterPieces(text).map((piece) => (
        <span
          key={piece.at}
          className={[style[piece.ink], covers(piece.at, piece.text.length, problem) ? style.wrong : '']
            .filter(Boolean)
            .join(' ')}
        >
          {piece.text}
        </span>
      ))}
      {problem !== null && problem.at >= text.trimEnd().length ? <span className={style.missing}> </span> : null}
    </>
  );
}

function covers(at: number, length: number, problem: FilterProblem | null): boolean {
  return problem !== null && at < Math.max(problem.end, problem.at + 1) && at + length > problem.at;
}
