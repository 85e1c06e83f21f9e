import type { LadderArrow } from '../contract/ladder.ts';
import { timeWords } from './words.ts';

/** What the hop before changed, in a few words; nothing where nothing is marked. */
export function changedWords({ changed }: LadderArrow): string[] {
  if (changed === undefined) return [];
  return [`changed since #${changed.frame} (${changed.count}): ${changed.words}`];
}

/** All there is to say about an arrow, in one line. */
export function tooltip(arrow: LadderArrow): string {
  const cseq = arrow.cseq === null ? '' : ` (CSeq ${arrow.cseq})`;
  const facts = [...arrow.details, ...arrow.faults, ...changedWords(arrow)].map((fact) => `, ${fact}`).join('');
  return `${arrow.label}${cseq} from ${arrow.src} to ${arrow.dst}, frame ${arrow.frame}, ${timeWords(arrow.time)}${facts}`;
}
