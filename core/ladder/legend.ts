import type { LadderItem, LadderLegend, LadderScene } from '../contract/ladder.ts';
import { SMALL_SIZE } from './arrow-text.ts';
import { textWidth } from './metrics.ts';

const LEFT = 16;
const SAMPLE = 30;
const LINE = 20;
const GAP = 22;

const CHANGED = 'changed on the hop before';

/** The same scene with a word on the marks for changes, where it has such marks and room for it on the last line. */
export function withChangeLegend(scene: LadderScene): LadderScene {
  const last = scene.legend.at(-1);
  if (last === undefined || !scene.items.some((item) => item.kind === 'arrow' && item.changed !== undefined))
    return scene;
  const x = last.text.x + textWidth(last.text.text, SMALL_SIZE, 'regular') + GAP;
  if (x + SAMPLE + textWidth(CHANGED, SMALL_SIZE, 'regular') > scene.width - LEFT) return scene;
  const text = { ...last.text, text: CHANGED, x: x + SAMPLE };
  return { ...scene, legend: [...scene.legend, { sample: 'change', x, y: last.y, text }] };
}

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
    x += needs + GAP;
  }
  return { entries, bottom: wanted.length === 0 ? y - LINE : line };
}
