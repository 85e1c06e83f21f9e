import type { LadderItem, LadderLegend } from '../contract/ladder.ts';
import { SMALL_SIZE } from './arrow-text.ts';
import { textWidth } from './metrics.ts';

const LEFT = 16;
const SAMPLE = 30;
const LINE = 20;

/** What the signs in this ladder mean; only those that it uses. */
export function legendOf(
  items: readonly LadderItem[],
  several: boolean,
  y: number,
  width: number,
): { entries: LadderLegend[]; bottom: number } {
  let again = false;
  let lock = false;
  let pin = false;
  let arrow = false;
  for (const item of items) {
    if (item.kind !== 'arrow') continue;
    arrow = true;
    again ||= item.retransmission;
    lock ||= item.lock !== null;
    pin ||= item.pin !== null;
  }
  const wanted: [LadderLegend['sample'], string][] = [];
  if (arrow)
    wanted.push([
      'request',
      several
        ? 'same call and request, on each hop and in its responses'
        : 'same request, on each hop and in its responses',
    ]);
  if (again) wanted.push(['retransmission', 'retransmission']);
  if (lock) wanted.push(['lock', 'was protected by ESP']);
  if (pin) wanted.push(['pin', 'something is wrong with the message']);
  const entries: LadderLegend[] = [];
  let x = LEFT;
  let line = y;
  for (const [sample, words] of wanted) {
    const needs = SAMPLE + textWidth(words, SMALL_SIZE, 'regular');
    if (x > LEFT && x + needs > width - LEFT) {
      x = LEFT;
      line += LINE;
    }
    entries.push({
      sample,
      x,
      y: line,
      text: { text: words, x: x + SAMPLE, y: line + 4, anchor: 'start', style: 'small', ink: 'muted' },
    });
    x += needs + 22;
  }
  return { entries, bottom: wanted.length === 0 ? y - LINE : line };
}
