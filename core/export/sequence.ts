/** What is written in sequence diagrams, whatever their language: lines of text, not yet escaped for it. */
import type { LadderArrow, LadderBand, LadderLane, LadderScene } from '../contract/ladder.ts';
import { changeSign, signOf } from '../ladder/marks.ts';
import { timeWords } from '../ladder/words.ts';
import { cells, fitCells, wrapCells } from './cells.ts';
import { terminal } from './escape.ts';
import { laneLines } from './text-columns.ts';

/** Cells of a line: longer ones push the hosts apart, since these languages break no line themselves. */
const LINE = 72;
/** More than a sentence of ours takes, also one with a long name in it. */
const LONGEST = 1200;
/** Longer names make the diagram unreadable before they make it wrong. */
const LONGEST_NAME = 120;
/** Sentences about paths and legs with a note of their own. */
const MOST_WAYS = 20;
/** Calls with a note of their own. */
const MOST_CALLS = 20;

function lines(text: string): string[] {
  const wrapped = wrapCells(fitCells(terminal(text).trim(), LONGEST), LINE);
  return wrapped.length === 0 ? [''] : wrapped;
}

/** Remarks in as few lines as they need, broken between two of them where that can be. */
function remarks(all: readonly string[]): string[] {
  const written: string[] = [];
  for (const part of all.flatMap(lines)) {
    const joined = `${written.at(-1) ?? ''} · ${part}`;
    if (written.length > 0 && cells(joined) <= LINE) written.splice(-1, 1, joined);
    else written.push(part);
  }
  return written;
}

/** Title on one line. */
export function titleLine({ title }: LadderScene): string {
  return fitCells(terminal(title).trim(), LONGEST_NAME);
}

/** Name, address and ports, role: `127.0.1.10`, `port 5060`, `proxy`. */
export function participantLines(lane: LadderLane): string[] {
  const named = laneLines(lane, false).map((line) => fitCells(line, LONGEST_NAME));
  return named.length === 0 ? [''] : named;
}

/** `#15 · 0.000 s · INVITE CSeq 1`, and below it what else there is to say. */
export function arrowLines(scene: LadderScene, arrow: LadderArrow): string[] {
  const number = scene.calls.length > 1 ? `${arrow.badge.text} ` : '';
  const [digits = '', method = ''] = (arrow.cseq ?? '').split(' ');
  const cseq = arrow.cseq === null ? '' : ` CSeq ${method === arrow.label ? digits : arrow.cseq}`;
  const details = [...arrow.details, ...arrow.faults.map((fault) => `! ${fault}`)];
  const first = lines(`#${arrow.frame} · ${timeWords(arrow.time)} · ${number}${arrow.label}${cseq}`);
  return [
    ...first,
    ...remarks([...details, ...changedLine(arrow)]),
    ...arrow.marks.flatMap((mark) => lines(`${signOf(mark)} ${mark.text}`)),
  ];
}

/** `±2 since #1: X-Proxied, SDP audio 1: codec`. */
function changedLine(arrow: LadderArrow): string[] {
  const { changed } = arrow;
  return changed === undefined ? [] : [`${changeSign(arrow).join('')} since #${changed.frame}: ${changed.words}`];
}

/** Notes below: why calls are legs of one, and which ways the requests took. */
export function footNotes({ ties = [], ways = [] }: LadderScene): string[][] {
  const all = [...ties, ...ways];
  const more = all.length - MOST_WAYS;
  return [...all.slice(0, MOST_WAYS).map(lines), ...(more > 0 ? [[`and ${more} more about paths and legs`]] : [])];
}

/** When it began, what media it is, from where to where; and below what else there is to say. */
export function bandLines({ words, details, warnings, src, dst, time }: LadderBand): string[] {
  const ends = src === '' ? [] : [`${src} → ${dst}`];
  return [
    ...remarks([timeWords(time), words.join(' · '), ...ends]),
    ...remarks([...details, ...warnings.map((text) => `! ${text}`)]),
  ];
}

/** Notes on top: state and whole reason of each call (`B: 1009 → 2090, Busy 486: The callee …`), then when, how much, Call-ID and source. */
export function headNotes({ calls, facts }: LadderScene): string[][] {
  const told = calls.slice(0, MOST_CALLS).map(({ letter, from, to, word, why, callId }) => {
    const several = calls.length > 1;
    const who = several ? `${letter}: ${from} → ${to}, ` : '';
    const which = several && callId !== '' ? [`Call-ID ${callId}`] : [];
    return [`${who}${word}${why === '' ? '' : `: ${why}`}`, ...which].flatMap(lines);
  });
  const more = calls.length > MOST_CALLS ? [[`and ${calls.length - MOST_CALLS} more calls`]] : [];
  return [...told, ...more, remarks(facts.split(' · '))];
}
