import type { LadderArrow, LadderItem, LadderScene } from '../contract/ladder.ts';
import { asWritten } from './as-written.ts';
import { plantuml as escape } from './escape.ts';
import { arrowLines, bandLines, footNotes, headNotes, participantLines, titleLine } from './sequence.ts';
import { light } from '../ladder/theme.ts';

/** The ladder as a PlantUML sequence diagram. Dashed arrows are retransmissions. */
export function plantuml(whole: LadderScene): string {
  const scene = asWritten(whole);
  const { lanes, items } = scene;
  const participants = lanes.map((lane, at) => `participant "${words(participantLines(lane))}" as L${at + 1}`);
  const all = spanOf(0, lanes.length - 1);
  const notes = lanes.length === 0 ? [] : headNotes(scene).map((told) => `note over ${all} : ${words(told)}`);
  return `${[
    '@startuml',
    'hide footbox',
    'skinparam sequenceMessageAlign center',
    `title ${words([titleLine(scene)])}`,
    ...participants,
    ...notes,
    ...items.map((item) => statement(scene, item)),
    ...(lanes.length === 0 ? [] : footNotes(scene).map((told) => `note over ${all} : ${words(told)}`)),
    '@enduml',
  ].join('\n')}\n`;
}

function statement(scene: LadderScene, item: LadderItem): string {
  if (item.kind === 'note') return `...${words([item.text])}...`;
  if (item.kind === 'band') return `note over ${spanOf(item.from, item.to)} : ${words(bandLines(item))}`;
  const line = item.retransmission ? '--' : '-';
  return `L${item.from + 1} ${line}[${colourOf(scene, item)}]> L${item.to + 1} : ${words(arrowLines(scene, item))}`;
}

function spanOf(from: number, to: number): string {
  return from === to ? `L${from + 1}` : `L${Math.min(from, to) + 1}, L${Math.max(from, to) + 1}`;
}

function colourOf({ colours }: LadderScene, { ink, call }: LadderArrow): string {
  return colours === 'call' ? (light.calls[call % light.calls.length] ?? light.ink.request) : light.ink[ink];
}

/** Lines with PlantUML's own line end between them; a statement needs at least one character. */
function words(lines: readonly string[]): string {
  const escaped = lines.map(escape).filter((line) => line !== '');
  return escaped.length === 0 ? '<U+200B>' : escaped.join(String.raw`\n`);
}
