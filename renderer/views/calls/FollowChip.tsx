import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, type JSX } from 'react';
import { countOf } from '../../app/words.ts';
import { useCalls } from '../../state/calls.ts';
import { newestAt } from '../../state/following.ts';
import { isRunning, useLive } from '../../state/live.ts';
import { Button } from '../../widgets/Button.tsx';
import style from './FollowChip.module.css';

/** Whether the list goes along with what comes, and how much came since it stopped. `shownTo`: the row behind the last on the screen. */
export function FollowChip({ shownTo }: { readonly shownTo: number }): JSX.Element | null {
  const running = useLive(isRunning);
  const { follows, paused } = useLive();
  const to = useCalls(({ sort }) => newestAt(sort));
  const total = useCalls((state) => state.total) ?? 0;
  const goes = follows && !paused && to !== null;
  /** How many there were while it went along, the last time. */
  const [since, setSince] = useState(total);
  if (goes && since !== total) setSince(total);
  if (!running || total === 0) return null;
  const came = Math.max(0, total - since);
  const news = came === 0 ? 'no new call since' : `${countOf(came, 'new call')} since`;
  return (
    <div className={style.chip} data-goes={goes || undefined}>
      <output className={style.words}>
        {goes
          ? 'Going along with new calls'
          : paused
            ? 'The view is paused'
            : to === null
              ? 'New calls come in where they sort'
              : `Stopped going along: ${news}`}
      </output>
      {goes || paused ? null : to === null ? (
        <Button
          kind="quiet"
          onClick={() => {
            useCalls.setState({ sort: { by: 'start', descending: false } });
            useLive.setState({ follows: true });
          }}
        >
          Sort by start
        </Button>
      ) : (
        <Button
          kind="quiet"
          icon={to === 'top' ? ArrowUp : ArrowDown}
          onClick={() => useLive.setState({ follows: true })}
        >
          {to === 'end' && total > shownTo ? `To the newest, ${countOf(total - shownTo, 'row')} down` : 'To the newest'}
        </Button>
      )}
    </div>
  );
}
