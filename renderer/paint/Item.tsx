import { memo, useMemo } from 'react';
import type { LadderItem } from '../../core/contract/ladder.ts';
import { itemShapes, type Surroundings } from '../../core/ladder/item-shapes.ts';
import type { Theme } from '../../core/ladder/theme.ts';
import { Shapes } from './Shapes.tsx';

export interface ItemProps {
  readonly item: LadderItem;
  /** The scene that the item is of. */
  readonly scene: Surroundings;
  readonly theme: Theme;
}

/** One row of a ladder: an arrow, a note or a band. Painted again only when it, its scene or the theme is another object. */
export const Item = memo(PlainItem);

function PlainItem({ item, scene, theme }: ItemProps): React.JSX.Element {
  const { shapes } = useMemo(() => itemShapes(scene, item), [scene, item]);
  return <Shapes shapes={shapes} theme={theme} />;
}
