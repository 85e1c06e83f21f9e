import type { LadderScene } from '../contract/ladder.ts';
import { changeSign } from '../ladder/marks.ts';
import { wrapCells } from './cells.ts';
import { inScript } from './text-lines.ts';

/** Changes that are told of a ladder: a loop makes one at each turn. */
const MOST_CHANGES = 40;

/** Below the ladder: what the hops changed, why its calls are legs of one, and which ways the requests took; nothing where there is nothing to tell. */
export function textPaths(scene: LadderScene, width: number, ascii: boolean): string[] {
  return [
    ...block('Changed on the hop before:', changes(scene)),
    ...block('Legs:', scene.ties ?? []),
    ...block('Paths and forks:', scene.ways ?? []),
  ].flatMap((line) =>
    line === ''
      ? ['']
      : wrapCells(inScript(line, ascii), width - INDENT.length).map((part, at) => (at === 0 ? part : INDENT + part)),
  );
}

const INDENT = '   ';

/** A title and what stands below it, with an empty line above. */
function block(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function changes({ items }: LadderScene): string[] {
  const all = items.flatMap((item) =>
    item.kind === 'arrow' && item.changed !== undefined
      ? [
          `${changeSign(item).join('')} frame ${item.frame}, ${item.label}, since frame ${item.changed.frame}: ${item.changed.words}`,
        ]
      : [],
  );
  const more = all.length - MOST_CHANGES;
  return more > 0 ? [...all.slice(0, MOST_CHANGES), `and ${more} more`] : all;
}
