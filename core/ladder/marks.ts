import type { LadderArrow, LadderMark } from '../contract/ladder.ts';
import type { Step } from './fold.ts';
import type { LadderInput } from './input.ts';
import { shown } from './visible.ts';

const NONE: readonly LadderMark[] = [];

/** The sign of a severity: told by shape, not by colour alone. */
export const signs: Readonly<Record<LadderMark['severity'], string>> = { warn: '▲', bad: '◆' };

/** What is to be told at each step, numbered in the order of the steps. Remarks on a copy stand at the message it is a copy of. */
export function marksOf(
  { messages, remarks = [] }: LadderInput,
  steps: readonly Step[],
): (step: Step) => readonly LadderMark[] {
  if (remarks.length === 0) return () => NONE;
  const shownAt = new Map<number, number>();
  for (const { message } of steps) {
    shownAt.set(message.row, message.row);
    // The packet it is a copy of may not be part of this ladder: then it stands for its other copies.
    if (message.copyOf !== null && !shownAt.has(message.copyOf)) shownAt.set(message.copyOf, message.row);
  }
  for (const { row, copyOf } of messages) {
    const first = copyOf === null || shownAt.has(row) ? undefined : shownAt.get(copyOf);
    if (first !== undefined) shownAt.set(row, first);
  }
  const wanted = new Map<number, (typeof remarks)[number][]>();
  for (const remark of remarks) {
    const row = shownAt.get(remark.row);
    const known = row === undefined ? undefined : wanted.get(row);
    if (known !== undefined) known.push(remark);
    else if (row !== undefined) wanted.set(row, [remark]);
  }
  const marks = new Map<number, readonly LadderMark[]>();
  let number = 0;
  for (const { message } of steps) {
    const told = wanted.get(message.row);
    if (told === undefined) continue;
    const numbered: LadderMark[] = [];
    for (const { text, severity, stream } of told) {
      number += 1;
      numbered.push({ number, text: shown(text), severity, stream });
    }
    marks.set(message.row, numbered);
  }
  return ({ message }) => marks.get(message.row) ?? NONE;
}

/** `±2` where the hop before changed two things; nothing where nothing is marked. */
export function changeSign({ changed }: Pick<LadderArrow, 'changed'>): string[] {
  return changed === undefined ? [] : [`±${changed.count}`];
}

/** `▲1`. */
export function signOf({ severity, number }: LadderMark): string {
  return `${signs[severity]}${number}`;
}
