import type { LadderArrow } from '../contract/ladder.ts';
import { timeWords } from './words.ts';

/** All there is to say about an arrow, in one line. */
export function tooltip(arrow: LadderArrow): string {
  const cseq = arrow.cseq === null ? '' : ` (CSeq ${arrow.cseq})`;
  const facts = [...arrow.details, ...arrow.faults].map((fact) => `, ${fact}`).join('');
  return `${arrow.label}${cseq} from ${arrow.src} to ${arrow.dst}, frame ${arrow.frame}, ${timeWords(arrow.time)}${facts}`;
}
