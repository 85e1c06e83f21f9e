import type { JSX, ReactNode } from 'react';
import { useCapture } from '../../state/capture.ts';
import { Spinner } from '../../widgets/Progress.tsx';
import type { Answer } from '../message/answer.ts';
import style from './Tables.module.css';

/** What a question was answered with, or why it is not answered yet. */
export function Answered<Value>({
  answer: { value, problem },
  atEnd = false,
  children,
}: {
  readonly answer: Answer<Value>;
  /** The host answers when all was read. */
  readonly atEnd?: boolean;
  readonly children: (value: Value) => ReactNode;
}): JSX.Element {
  const reading = useCapture(({ phase }) => phase === 'opening' || phase === 'reading');
  if (value !== null) return <>{children(value)}</>;
  if (problem !== null)
    return (
      <p className={style.problem} role="alert">
        {problem}
      </p>
    );
  return (
    <p className={style.waiting}>
      <Spinner label="Counting" />
      {reading && atEnd ? 'Comes when all of the capture was read.' : 'Counting …'}
    </p>
  );
}
