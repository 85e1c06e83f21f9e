import { ChevronDown } from 'lucide-react';
import type { JSX } from 'react';
import { useLadder } from '../../state/ladder.ts';
import { useSettings } from '../../state/settings.ts';
import { Menu, type MenuEntry } from '../../widgets/Menu.tsx';
import { foldLanes, hostOfLane, unfoldLane } from './hosts.ts';
import style from './LaneHeads.module.css';
import { forgetOrder, moveLane } from './order.ts';
import type { Shown } from './scene.ts';

export interface LaneMenuProps {
  readonly shown: Shown;
  /** Which lane, from the left. */
  readonly at: number;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onRename: () => void;
}

/** What can be done with a lane. */
export function LaneMenu({ shown: { scene }, at, open, onOpenChange, onRename }: LaneMenuProps): JSX.Element {
  const hosts = useSettings((state) => state.hosts);
  const lanes = useLadder((state) => state.lanes);
  const ordered = useLadder((state) => state.order.length > 0);
  const keys = scene.lanes.map(({ key }) => key);
  const lane = scene.lanes[at];
  const known = lane === undefined ? null : hostOfLane(hosts, lane);
  const foldable = lanes !== 'address-port';
  const folding = (by: -1 | 1): MenuEntry => {
    const other = scene.lanes[at + by];
    const side = by === -1 ? 'left' : 'right';
    return {
      title: other === undefined ? `Fold with the lane to the ${side}` : `Fold with “${other.title}” to the ${side}`,
      disabled: other === undefined || !foldable,
      onSelect: () => {
        if (lane !== undefined && other !== undefined) foldLanes(scene, lane, other);
      },
    };
  };
  const entries: readonly MenuEntry[] = [
    { title: 'Rename…', onSelect: onRename },
    {
      title: known !== null && known.ends.length > 1 ? 'Unfold, and forget the name' : 'Forget the name',
      disabled: known === null,
      onSelect: () => {
        if (lane !== undefined) unfoldLane(lane);
      },
    },
    { kind: 'line' },
    folding(-1),
    folding(1),
    ...(lanes === 'host'
      ? [{ title: 'Unfold all that was folded automatically', onSelect: () => useLadder.setState({ lanes: 'auto' }) }]
      : []),
    { kind: 'line' },
    {
      title: 'Move left',
      shortcut: 'Alt+ArrowLeft',
      disabled: at === 0,
      onSelect: () => moveLane(keys, at, at - 1),
    },
    {
      title: 'Move right',
      shortcut: 'Alt+ArrowRight',
      disabled: at === keys.length - 1,
      onSelect: () => moveLane(keys, at, at + 2),
    },
    { title: 'Order as found', disabled: !ordered, onSelect: forgetOrder },
  ];
  return (
    <Menu
      open={open}
      onOpenChange={onOpenChange}
      trigger={
        <button type="button" className={style.more} tabIndex={-1} aria-label="Menu of the lane">
          <ChevronDown size={14} aria-hidden />
        </button>
      }
      entries={entries}
    />
  );
}
