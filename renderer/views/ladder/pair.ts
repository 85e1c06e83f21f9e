import type { MessageRow } from '../../../core/contract/model.ts';
import { useLadder } from '../../state/ladder.ts';
import { useAnswer } from '../message/answer.ts';
import { timeBetween } from './pair-time.ts';

/** The two arrows that were picked: the marked one, the selected one, and the time from the one to the other. */
export interface Pair {
  readonly marked: MessageRow;
  readonly selected: MessageRow;
  /** `Δ #4101 → #4108: 0.508 621 s` */
  readonly text: string;
}

/** The picked pair, for the ladder's bar and the status line; null while there are not two. */
export function usePair(): Pair | null {
  const selected = useLadder((state) => state.selected);
  const marked = useLadder((state) => state.marked);
  const key = selected === null || marked === null || selected === marked ? null : `${marked} ${selected}`;
  const { value, of } = useAnswer<Pair | null>(key, async (client, signal) => {
    const [one, other] = await Promise.all(
      [marked, selected].map((row) => client.ask('message', { row: row ?? 0 }, { signal })),
    );
    const from = one?.[0]?.row;
    const to = other?.[0]?.row;
    if (from === undefined || to === undefined) return null;
    const time = timeBetween(from.ts, to.ts);
    if (time === null) return null;
    const text = `Δ #${from.frame} → #${to.frame}: ${time}`;
    return { marked: from, selected: to, text };
  });
  return of === key ? value : null;
}
