import type { LadderItem, LadderLegend, LadderMark, LadderScene } from '../contract/ladder.ts';
import { SMALL_SIZE } from './arrow-text.ts';
import { textWidth, wrapText } from './metrics.ts';

const LEFT = 16;
const SAMPLE = 30;
const LINE = 20;
/** Remarks that are told in full, and lines of each. */
const MOST_TOLD = 40;
const MOST_LINES = 3;
const GAP = 22;

/** Sentences about forks, loops and legs below a drawing, lines of each, and what is left free below the last line. */
const MOST_SENTENCES = 12;
const SENTENCE_LINES = 4;
const BELOW = 22;

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

/** The same scene with sentences below its legend, for drawings: they have no other place for them. */
export function withRemarks(scene: LadderScene, sentences: readonly string[]): LadderScene {
  if (sentences.length === 0) return scene;
  const from = scene.legend.reduce((most, { y }) => Math.max(most, y), scene.height - BELOW) + LINE;
  const told = sentences.slice(0, MOST_SENTENCES);
  const more = sentences.length - told.length;
  const lines = [
    ...told.flatMap((text) =>
      wrapText(text, scene.width - 2 * LEFT, SMALL_SIZE, 'regular', SENTENCE_LINES).map((line, at) => ({
        line,
        x: LEFT + (at === 0 ? 0 : SMALL_SIZE),
      })),
    ),
    ...(more > 0 ? [{ line: `and ${more} more`, x: LEFT }] : []),
  ];
  const entries = lines.map(({ line, x }, at): LadderLegend => {
    const y = from + at * LINE;
    const text = { text: line, x, y: y + 4, anchor: 'start', style: 'small', ink: 'text' } as const;
    return { sample: 'none', x, y, text };
  });
  return { ...scene, legend: [...scene.legend, ...entries], height: scene.height + entries.length * LINE };
}

/**
 * What the signs in this ladder mean; only those that it uses. Below, what is wrong with the media, a line or two each,
 * since arrows have no room for sentences. `left`: streams that are not drawn.
 */
export function legendOf(
  items: readonly LadderItem[],
  several: boolean,
  left: number,
  y: number,
  width: number,
): { entries: LadderLegend[]; bottom: number } {
  let again = false;
  const locks = new Set<string>();
  let pin = false;
  let arrow = false;
  let media = false;
  for (const item of items) {
    media ||= item.kind === 'band';
    if (item.kind !== 'arrow') continue;
    arrow = true;
    again ||= item.retransmission;
    if (item.lock !== null && item.protection !== null) locks.add(item.protection.icv);
    pin ||= item.pin !== null && item.marks.length === 0;
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
  if (locks.has('good')) wanted.push(['lock', 'came out of ESP, ICV good']);
  if (locks.has('unchecked')) wanted.push(['lock-unchecked', 'came out of ESP, ICV not checked']);
  if (locks.has('bad')) wanted.push(['lock-bad', 'came out of ESP, ICV bad']);
  if (pin) wanted.push(['pin', 'something is wrong with the message']);
  if (media) wanted.push(['media', 'sends RTP; the bar is where it ends or its packet time changes']);
  if (left > 0) wanted.push(['none', `${left} more RTP streams between other lanes are not drawn`]);
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
  const bottom = wanted.length === 0 ? y - LINE : line;
  const told = remarks(items, bottom + LINE, width);
  return { entries: [...entries, ...told], bottom: told.at(-1)?.y ?? bottom };
}

/** The remarks at arrows in full, in lines of `width` pixels, the first at height `y`. */
function remarks(items: readonly LadderItem[], y: number, width: number): LadderLegend[] {
  const entries: LadderLegend[] = [];
  const add = (sample: LadderLegend['sample'], text: string): void => {
    const at = y + entries.length * LINE;
    entries.push({
      sample,
      x: LEFT,
      y: at,
      text: { text, x: LEFT + SAMPLE, y: at + 4, anchor: 'start', style: 'small', ink: 'text' },
    });
  };
  const all = toldIn(items);
  for (const { sample, text } of all.slice(0, MOST_TOLD)) {
    const lines = wrapText(text, width - 2 * LEFT - SAMPLE, SMALL_SIZE, 'regular', MOST_LINES);
    for (const [at, line] of lines.entries()) add(at === 0 ? sample : 'none', line);
  }
  if (all.length > MOST_TOLD) add('none', `and ${all.length - MOST_TOLD} more`);
  return entries;
}

/** What is wrong, at arrows and with streams; what an arrow tells of a stream need not be told twice. */
export function toldIn(
  items: readonly LadderItem[],
): { readonly sample: LadderMark['severity']; readonly text: string }[] {
  const atArrows = new Set(
    items.flatMap((item) => (item.kind === 'arrow' ? item.marks.map(({ stream }) => stream) : [])),
  );
  return items.flatMap((item) => {
    if (item.kind === 'arrow') {
      return item.marks.map(({ severity, number, text }) => ({
        sample: severity,
        text: `${number} · frame ${item.frame}, ${item.label}: ${text}`,
      }));
    }
    // Where all of it stands in the band, that is enough.
    if (item.kind === 'note' || item.streams.some((stream) => atArrows.has(stream))) return [];
    if (!item.texts.some(({ text, ink }) => ink === 'bad' && text.endsWith('…'))) return [];
    const frame = item.frame === null ? '' : `frame ${item.frame}, `;
    return item.warnings.map((text) => ({ sample: 'bad' as const, text: `${frame}${item.words[0] ?? ''}: ${text}` }));
  });
}
