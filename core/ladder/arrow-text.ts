import type { LadderInk, LadderMark, LadderOptions } from '../contract/ladder.ts';
import type { LadderMessage } from './input.ts';
import type { Step } from './fold.ts';
import { signOf } from './marks.ts';
import { fitText, textWidth, type Face } from './metrics.ts';
import { protectionWords } from './protection-words.ts';
import { shown } from './visible.ts';
import { inkOf, labelOf, seconds } from './words.ts';

/** What is to be written on one arrow, before it is fitted to the room. */
export interface ArrowText {
  readonly label: string;
  readonly cseq: string | null;
  readonly beside: string;
  readonly details: readonly string[];
  readonly sdp: string | null;
  readonly below: string;
  readonly faults: readonly string[];
  readonly pin: string;
  readonly pinInk: LadderInk;
  readonly ink: LadderInk;
  readonly badge: string;
  /** Came out of ESP: a lock stands before the label. */
  readonly locked: boolean;
  /** Pixels that the line above the arrow (without the lock), the one below, and the badge would take. */
  readonly widths: { readonly above: number; readonly below: number; readonly badge: number };
}

export const LABEL_SIZE = 12;
export const SMALL_SIZE = 11;
export const BADGE_SIZE = 10;
/** Between the label and what stands beside it. */
export const BESIDE_GAP = 6;
export const LOCK_ROOM = 13;

/** Writes the texts of arrows; those of different arrows are mostly the same, so widths are kept. */
export class ArrowTexts {
  private readonly options: LadderOptions;
  private readonly letters: readonly string[];
  private readonly mixed: boolean;
  private readonly labels = new Map<string, string>();
  private readonly bold = new Map<string, number>();
  private readonly regular = new Map<string, number>();
  private readonly small = new Map<string, number>();
  private readonly badges = new Map<string, number>();

  /** @param letters of the calls, '' where the ladder has only one. @param mixed several transports are in use. */
  constructor(options: LadderOptions, letters: readonly string[], mixed: boolean) {
    this.options = options;
    this.letters = letters;
    this.mixed = mixed;
  }

  of({ message, copies, repeats, request }: Step, marks: readonly LadderMark[]): ArrowText {
    const label = this.labelOf(message);
    const cseq = message.cseq === null ? null : `${message.cseq.number} ${shown(message.cseq.method)}`;
    const details: string[] = [];
    if (message.retransmissionOf !== null) details.push(again(message, repeats));
    const sdp = message.sdp === null || message.retransmissionOf !== null ? '' : shown(message.sdp);
    if (sdp !== '') details.push(sdp);
    if (message.protection !== null) details.push(protectionWords(message.protection));
    if (this.mixed) details.push(message.transport);
    if (copies > 0) details.push(`captured ${copies + 1} times`);
    const below = this.options.sdp === false && sdp !== '' ? details.filter((detail) => detail !== sdp) : details;
    const faults = message.faults.length === 0 ? message.faults : message.faults.map(shown);
    const badIcv = message.protection?.icv === 'bad';
    const pins = [...(badIcv ? ['ICV bad'] : []), ...marks.map((mark) => `${signOf(mark)} ${mark.text}`), ...faults];
    const beside = this.options.cseq === false ? '' : besideOf(message, cseq);
    const under = below.join(' · ');
    const badge = `${this.letters[message.callIndex] ?? ''}${request}`;
    return {
      label,
      cseq,
      beside,
      details,
      sdp: sdp === '' ? null : sdp,
      below: under,
      faults,
      pin: pins.length > 1 ? `${pinText(pins[0] as string)} +${pins.length - 1}` : pinText(pins[0] ?? ''),
      pinInk: badIcv || marks.some(({ severity }) => severity === 'bad') ? 'bad' : 'warn',
      ink: inkOf(message),
      badge,
      locked: message.protection !== null,
      widths: {
        above: this.aboveWidth(label, beside),
        below: under === '' ? 0 : widthIn(this.small, under, SMALL_SIZE, 'regular'),
        badge: Math.max(16, widthIn(this.badges, badge, BADGE_SIZE, 'bold') + 8),
      },
    };
  }

  private labelOf(message: LadderMessage): string {
    const { method, status, reason } = message;
    const key = method ?? `${status ?? ''} ${reason ?? ''}`;
    let label = this.labels.get(key);
    if (label === undefined) this.labels.set(key, (label = labelOf(message)));
    return label;
  }

  private aboveWidth(label: string, beside: string): number {
    const width = widthIn(this.bold, label, LABEL_SIZE, 'bold');
    return beside === '' ? width : width + BESIDE_GAP + widthIn(this.regular, beside, LABEL_SIZE, 'regular');
  }
}

/** Short enough for what follows it to be seen. */
function pinText(text: string): string {
  return fitText(text, 170, SMALL_SIZE, 'regular');
}

function widthIn(known: Map<string, number>, text: string, size: number, face: Face): number {
  let width = known.get(text);
  if (width === undefined) {
    width = textWidth(text, size, face);
    known.set(text, width);
  }
  return width;
}

function besideOf(message: LadderMessage, cseq: string | null): string {
  if (cseq === null || message.cseq === null) return '';
  return message.method === message.cseq.method ? `CSeq ${message.cseq.number}` : `CSeq ${cseq}`;
}

function again(message: LadderMessage, repeats: LadderMessage | null): string {
  if (repeats === null) return 'retransmission';
  const after = message.timeNs - repeats.timeNs;
  return `retransmission of #${repeats.frame} (${after < 0 ? '' : '+'}${seconds(after)} s)`;
}
