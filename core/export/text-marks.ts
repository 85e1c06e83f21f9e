import type { LadderBand, LadderMark, LadderScene } from '../contract/ladder.ts';
import { signOf } from '../ladder/marks.ts';
import { wrapCells } from './cells.ts';
import { inScript } from './text-lines.ts';

/** The warnings of a band; what a sign on an arrow says of its streams is not said twice. */
export function bandWarnings(band: LadderBand, marks: readonly LadderMark[]): string[] {
  const own = marks.filter(({ stream }) => stream !== null && band.streams.includes(stream));
  return band.warnings.map((text) =>
    own.reduce((rest, mark) => rest.replace(mark.text, () => `see ${signOf(mark)}`), text),
  );
}

/** Below the ladder: what the signs on its arrows say, in sentences, with an empty line above; nothing where there are none. */
export function textMarks({ items }: LadderScene, width: number, ascii: boolean): string[] {
  const told = items.flatMap((item) =>
    item.kind === 'arrow'
      ? item.marks.map((mark) => `${signOf(mark)} frame ${item.frame}, ${item.label}: ${mark.text}`)
      : [],
  );
  if (told.length === 0) return [];
  const indent = '   ';
  const lines = told.flatMap((words) =>
    wrapCells(inScript(words, ascii), width - indent.length).map((line, at) => (at === 0 ? line : indent + line)),
  );
  return ['', ...lines];
}
