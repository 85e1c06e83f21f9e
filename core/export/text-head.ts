import type { LadderScene, LadderSceneCall } from '../contract/ladder.ts';
import { cells, fitCells, padCells, wrapCells } from './cells.ts';
import { onArrow } from './text-columns.ts';
import { inScript } from './text-lines.ts';

const shapes: Readonly<Partial<Record<LadderSceneCall['ink'], string>>> = { warn: '▲', bad: '◆', idle: '○' };
/** Lines that one sentence may take. */
const MOST_LINES = 4;
/** Calls of which it is told why, and calls with a line of their own. */
const MOST_TOLD = 20;
const MOST_CALLS = 200;

/** Title, state and facts in lines of at most `width` cells, and what the signs mean. */
export function textHead(scene: LadderScene, width: number, ascii: boolean): string[] {
  const more = ascii ? '...' : '…';
  const write = (words: string, indent = ''): string[] => {
    const parts = wrapCells(inScript(words, ascii), width - indent.length);
    if (parts.length > MOST_LINES) parts.splice(MOST_LINES, Infinity, more);
    return parts.map((line, at) => (at === 0 ? line : indent + line));
  };
  const lines = write(scene.title);
  const several = scene.calls.length > 1;
  for (const [at, call] of scene.calls.slice(0, MOST_CALLS).entries()) {
    const who = several ? `${call.letter}  ${call.from} → ${call.to}  ` : '';
    lines.push(
      ...write(
        `${who}${shapes[call.ink] ?? '●'} ${call.word}${call.why === '' || at >= MOST_TOLD ? '' : `: ${call.why}`}`,
        several ? '   ' : '  ',
      ),
    );
  }
  if (scene.calls.length > MOST_CALLS) lines.push(`and ${scene.calls.length - MOST_CALLS} more calls`);
  lines.push(...write(scene.facts));
  const again = scene.items.some((item) => item.kind === 'arrow' && item.retransmission);
  const legend = [
    ...(again ? [ascii ? '...> retransmission' : '╌╌▶ retransmission'] : []),
    ...(scene.rails.length > 0 ? [ascii ? '# sends RTP' : '║ sends RTP'] : []),
    ...(several ? ['A1 is request 1 of call A'] : []),
  ];
  if (legend.length > 0) lines.push(...write(legend.join(' · ')));
  return lines;
}

/** For ladders with more lanes than fit side by side: the lanes by number, then one line per message. */
export function textList(scene: LadderScene, width: number, ascii: boolean): string[] {
  const more = ascii ? '...' : '…';
  const { lanes } = scene;
  const lines = wrapCells(
    `${lanes.length} hosts do not fit side by side into ${width} columns; they are numbered, and each line is a message.`,
    width,
  );
  const digits = String(lanes.length).length;
  for (let at = 0; at < lanes.length; at++) {
    const { title, role } = lanes[at] as (typeof lanes)[number];
    const words = `${padCells(String(at + 1), digits, 'right')}  ${title}${role === null ? '' : ` (${role})`}`;
    lines.push(fitCells(inScript(words, ascii), width, more));
  }
  lines.push('');
  let time = 0;
  let frame = 0;
  for (const item of scene.items) {
    if (item.kind !== 'note') time = Math.max(time, item.time.length);
    if (item.kind !== 'note') frame = Math.max(frame, String(item.frame ?? '').length + 1);
  }
  for (const item of scene.items) {
    if (item.kind === 'note') {
      lines.push(
        `${' '.repeat(time + frame + 4)}${fitCells(inScript(item.text, ascii), width - time - frame - 4, more)}`,
      );
      continue;
    }
    const ends = `${padCells(String(item.from + 1), digits, 'right')} ${ascii ? '->' : '→'} ${padCells(String(item.to + 1), digits, 'left')}`;
    const words =
      item.kind === 'band'
        ? inScript([...item.words, ...item.details, ...item.warnings.map((text) => `! ${text}`)].join(' · '), ascii)
        : `${scene.calls.length > 1 ? `${item.badge.text} ` : ''}${onArrow(item, true, ascii)}`;
    const number = padCells(item.frame === null ? '' : `#${item.frame}`, frame, 'right');
    const line = `${padCells(item.time, time, 'right')}  ${number}  ${ends}  ${words}`;
    lines.push(cells(line) <= width ? line : fitCells(line, width, more));
  }
  return lines;
}
