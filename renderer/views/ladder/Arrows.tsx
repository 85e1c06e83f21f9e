import type { JSX } from 'react';
import type { LadderItem } from '../../../core/contract/ladder.ts';
import { bandTooltip, tooltip } from '../../../core/ladder/tooltip.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { Item } from '../../paint/Item.tsx';
import type { Placed } from './loaded.ts';
import { stripOfItem, type Strip } from './places.ts';
import type { Shown } from './scene.ts';
import type { PageTheme } from './theme.ts';

/** Some rows of the scene, each with its words for a tooltip and for screen readers. */
export function Arrows({
  shown,
  placed,
  themes,
  strip,
  selected,
  marked,
}: {
  readonly shown: Shown;
  readonly placed: readonly Placed[];
  readonly themes: PageTheme;
  readonly strip: Strip;
  /** Places of the two arrows of a pair, -1 for none. */
  readonly selected: number;
  readonly marked: number;
}): JSX.Element {
  const { scene, items } = shown;
  return (
    <>
      {placed.map(({ at, item }) => (
        <g key={at}>
          <g aria-hidden>
            <Item
              item={item}
              scene={scene}
              theme={at === selected ? themes.selected : at === marked ? themes.marked : themes.plain}
            />
          </g>
          {/* Says in words what is painted, over all of the row. */}
          <g
            id={`ladder-arrow-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === selected}
            aria-disabled={item.kind === 'note' ? true : undefined}
            aria-setsize={items.count}
            aria-posinset={at + 1}
            aria-label={at === marked ? `${wordsOf(item)}, marked` : wordsOf(item)}
          >
            <title>{wordsOf(item)}</title>
            <Cover item={item} strip={stripOfItem(item, strip)} width={scene.width} />
          </g>
        </g>
      ))}
    </>
  );
}

function Cover({
  item,
  strip,
  width,
}: {
  readonly item: LadderItem;
  readonly strip: Strip;
  readonly width: number;
}): JSX.Element {
  return <rect x={0} y={item.y - strip.above} width={width} height={strip.height} fill="transparent" />;
}

function wordsOf(item: LadderItem): string {
  switch (item.kind) {
    case 'arrow':
      return visible(tooltip(item));
    case 'note':
      return item.text;
    default:
      return visible(bandTooltip(item));
  }
}
