import type { LadderItem, LadderScene } from '../contract/ladder.ts';
import { asWritten } from './as-written.ts';
import { mermaid as escape } from './escape.ts';
import { arrowLines, bandLines, footNotes, headNotes, participantLines, titleLine } from './sequence.ts';

/** `maxTextSize` of Mermaid, unless its page sets another. */
const MOST_CHARACTERS = 50_000;

/** The ladder as a Mermaid sequence diagram, without the fence around it. Dashed arrows are retransmissions. */
export function mermaid(whole: LadderScene): string {
  const scene = asWritten(whole);
  const { lanes, items } = scene;
  const participants = lanes.map((lane, at) => `  participant L${at + 1} as ${words(participantLines(lane))}`);
  const all = spanOf(0, lanes.length - 1);
  const notes = lanes.length === 0 ? [] : headNotes(scene).map((told) => `  Note over ${all}: ${words(told)}`);
  const drawn = items.map((item) => `  ${statement(scene, item, all)}`);
  const below = lanes.length === 0 ? [] : footNotes(scene).map((told) => `  Note over ${all}: ${words(told)}`);
  const title = `  title ${words([titleLine(scene)])}`;
  const diagram = `${['sequenceDiagram', title, ...participants, ...notes, ...drawn, ...below].join('\n')}\n`;
  if (diagram.length <= MOST_CHARACTERS) return diagram;
  return `%% ${diagram.length} characters: Mermaid draws this only where maxTextSize is set higher than ${MOST_CHARACTERS}\n${diagram}`;
}

function statement(scene: LadderScene, item: LadderItem, all: string): string {
  if (item.kind === 'note') return `Note over ${all}: ${words([item.text])}`;
  if (item.kind === 'band') return `Note over ${spanOf(item.from, item.to)}: ${words(bandLines(item))}`;
  return `L${item.from + 1}${item.retransmission ? '-->>' : '->>'}L${item.to + 1}: ${words(arrowLines(scene, item))}`;
}

function spanOf(from: number, to: number): string {
  return from === to ? `L${from + 1}` : `L${Math.min(from, to) + 1},L${Math.max(from, to) + 1}`;
}

/** Lines with the only tag that Mermaid is given; a statement needs at least one character. */
function words(lines: readonly string[]): string {
  const escaped = lines.map(escape).filter((line) => line !== '');
  return escaped.length === 0 ? '#8203;' : escaped.join('<br/>');
}
