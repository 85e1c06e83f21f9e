import type { LadderInk, LadderSceneCall, LadderText } from '../contract/ladder.ts';
import { BADGE_SIZE } from './arrow-text.ts';
import type { LadderCall, LadderInput } from './input.ts';
import { fitText, textWidth, wrapText } from './metrics.ts';
import { shown } from './visible.ts';
import { letterOf, moment, party, span, stateWord } from './words.ts';

const LEFT = 16;
const LINE = 18;
/** Calls of which it is told why; of the next ones there is a line with parties and state, the rest are counted. */
const MOST_TOLD = 12;
const MOST_LINES = 200;

/** State as a shape, so that nothing is told by colour alone. */
const shapes: Readonly<Partial<Record<LadderInk, string>>> = { good: '●', info: '●', warn: '▲', bad: '◆', idle: '○' };

export interface Head {
  readonly title: string;
  readonly texts: readonly LadderText[];
  readonly calls: readonly LadderSceneCall[];
  /** Where the lanes may begin. */
  readonly bottom: number;
}

/** Title, one line per call with its state and why, and the facts, in `width` pixels. */
export function headOfLadder(input: LadderInput, facts: string, width: number): Head {
  const told = input.calls.map(tell);
  const [only] = told;
  const title =
    only === undefined ? 'No call' : told.length === 1 ? `${only.from} → ${only.to}` : `${told.length} calls`;
  const texts: LadderText[] = [];
  let y = 12;
  for (const line of wrapText(title, width - 2 * LEFT, 15, 'bold', 2)) {
    y += 18;
    texts.push({ text: line, x: LEFT, y, anchor: 'start', style: 'title', ink: 'text' });
  }
  y += 4;
  const several = told.length > 1;
  const letterWidth =
    Math.max(0, ...told.slice(0, MOST_LINES).map(({ letter }) => textWidth(letter, BADGE_SIZE, 'bold'))) + 10;
  const partyX = LEFT + (several ? letterWidth + 8 : 0);
  const parties = several ? told.slice(0, MOST_LINES).map((call) => partiesOf(call, Math.max(300, width * 0.45))) : [];
  const wordX = several ? partyX + Math.max(0, ...parties.map((text) => textWidth(text, 12, 'regular'))) + 14 : LEFT;
  const words = told.slice(0, MOST_LINES).map(({ ink, word }) => `${shapes[ink] ?? '●'} ${word}`);
  const whyX = wordX + Math.max(0, ...words.map((text) => textWidth(text, 12, 'bold'))) + 10;
  const calls: LadderSceneCall[] = [];
  for (let at = 0; at < told.length; at++) {
    const call = told[at] as Told;
    if (at >= MOST_LINES) {
      calls.push({ ...call, mark: null });
      continue;
    }
    y += LINE;
    if (several)
      texts.push({ text: parties[at] as string, x: partyX, y, anchor: 'start', style: 'plain', ink: 'text' });
    texts.push({ text: words[at] as string, x: wordX, y, anchor: 'start', style: 'strong', ink: call.ink });
    calls.push({ ...call, mark: several ? { text: call.letter, x: LEFT, y: y - 4, width: letterWidth } : null });
    const lines =
      at >= MOST_TOLD ? [] : wrapText(call.why, Math.max(width - whyX - LEFT, 120), 12, 'regular', several ? 3 : 4);
    for (let line = 0; line < lines.length; line++) {
      if (line > 0) y += LINE - 2;
      texts.push({ text: lines[line] as string, x: whyX, y, anchor: 'start', style: 'plain', ink: 'muted' });
    }
  }
  if (told.length > MOST_LINES) {
    y += LINE;
    const text = `and ${told.length - MOST_LINES} more calls`;
    texts.push({ text, x: partyX, y, anchor: 'start', style: 'plain', ink: 'muted' });
  }
  y += 2;
  for (const line of wrapText(facts, width - 2 * LEFT, 11, 'regular', 2)) {
    y += LINE - 2;
    texts.push({ text: line, x: LEFT, y, anchor: 'start', style: 'small', ink: 'muted' });
  }
  return { title, texts, calls, bottom: y + 16 };
}

/** Caller and callee in `room` pixels: each is shortened where both do not fit, so that neither hides the other. */
function partiesOf({ from, to }: Told, room: number): string {
  const arrow = ' → ';
  const width = (text: string): number => textWidth(text, 12, 'regular');
  const rest = room - width(arrow);
  const fromRoom = Math.max(rest / 2, rest - width(to));
  const caller = fitText(from, fromRoom, 12, 'regular');
  return `${caller}${arrow}${fitText(to, rest - width(caller), 12, 'regular')}`;
}

/** A, B, … for several calls; none for one. */
export function lettersOf({ calls }: LadderInput): string[] {
  return calls.length > 1 ? calls.map((_, index) => letterOf(index)) : [];
}

type Told = Omit<LadderSceneCall, 'mark'>;

function tell(call: LadderCall, index: number, all: readonly LadderCall[]): Told {
  const { word, ink } = stateWord(call.state, call.finalStatus ?? null);
  return {
    callId: shown(call.callId),
    from: party(call.from),
    to: party(call.to),
    state: call.state,
    word,
    ink,
    why: shown(call.why),
    letter: all.length > 1 ? letterOf(index) : '',
  };
}

/** When (clocks are `offset` minutes ahead of UTC), how much, which: `2026-05-01 14:03:21.998 UTC · 11 messages in 12.3 s · Call-ID 5f2e-77 · trunk.pcapng`. */
export function factsOf(input: LadderInput, offset: number): string {
  const { messages, calls, source } = input;
  const [first] = messages;
  const last = messages[messages.length - 1];
  if (first === undefined || last === undefined) return 'no messages';
  const facts = [moment(first.ts, offset)];
  const number =
    messages.length === 1 ? '1 message' : `${messages.length} messages in ${span(last.timeNs - first.timeNs)}`;
  facts.push(number);
  if (calls.length === 1) facts.push(`Call-ID ${shown((calls[0] as LadderCall).callId)}`);
  if (source !== undefined && source !== null && source !== '') facts.push(shown(fileNames(source)));
  return facts.join(' · ');
}

/** Names of files without their folders, which concern nobody whom a ladder is sent to. */
function fileNames(source: string): string {
  return source
    .split(', ')
    .map((name) => name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))
    .join(', ');
}
