import type { MediaHold, MediaWord } from '../../contract/streams.ts';
import { agreed, isOpen, isZero } from './media-direction.ts';
import type { MediaEnd, MediaLink } from './media-links.ts';
import type { Session } from '../session.ts';

type Side = 'caller' | 'callee';

/** Who made the offer of a link, and who answered. */
export function sidesOf({ callerOffers }: MediaLink): { readonly offerer: Side; readonly answerer: Side } {
  return callerOffers ? { offerer: 'caller', answerer: 'callee' } : { offerer: 'callee', answerer: 'caller' };
}

/** Offers and answers of a leg and section, in order; what was said twice is told once. */
export function mediaWords(session: Session, links: readonly MediaLink[], ts: (ns: number) => string): MediaWord[] {
  const words = new Map<string, MediaWord>();
  const add = (end: MediaEnd | null, row: number, by: Side, role: MediaWord['role']): void => {
    if (end !== null && row >= 0) words.set(`${row} ${role}`, wordOf(session, end, row, by, role, ts));
  };
  for (const link of links) {
    const { answerer, offerer } = sidesOf(link);
    add(link.offer, link.offerRow, offerer, 'offer');
    add(link.answer, link.answerRow, answerer, 'answer');
  }
  return [...words.values()].toSorted((a, b) => a.row - b.row || (a.role === 'offer' ? -1 : 1));
}

function wordOf(
  session: Session,
  { media }: MediaEnd,
  row: number,
  by: Side,
  role: MediaWord['role'],
  ts: (ns: number) => string,
): MediaWord {
  const { messages } = session.analysis;
  const status = messages.status.get(row);
  return {
    ts: ts(messages.time.get(row)),
    row,
    frame: messages.frame.get(row),
    by,
    role,
    message: status > 0 ? String(status) : (messages.methods.text(messages.method.get(row)) ?? ''),
    codecs: media.codecs.filter(({ name }) => name !== '').map(({ clockRate, name }) => `${name}/${clockRate}`),
    ptimeMs: media.ptimeMs,
    maxPtimeMs: media.maxptimeMs,
    direction: media.direction,
    address: media.address,
    port: media.port,
  };
}

/** Stretches of a leg and section in which not both sides may send, in order. */
export function mediaHolds(session: Session, links: readonly MediaLink[], ts: (ns: number) => string): MediaHold[] {
  const { messages } = session.analysis;
  const holds: (MediaHold & { to: string | null })[] = [];
  let open = true;
  const inForce = links
    .filter(({ answer, offer }) => answer !== null && offer !== null && answer.key !== null && offer.key !== null)
    .toSorted((a, b) => a.from - b.from);
  for (const link of inForce) {
    const time = ts(messages.time.get(link.answerRow));
    const last = holds.at(-1);
    if (isOpen(link)) {
      if (!open && last !== undefined) last.to = time;
      open = true;
      continue;
    }
    const { by, how, row } = holderOf(link);
    if (!open && last !== undefined) {
      if (last.by === by) continue;
      last.to = time;
    }
    open = false;
    holds.push({ from: time, to: null, by, row, frame: messages.frame.get(row), how });
  }
  return holds;
}

/** Who asked that not both sides send, and by what. */
function holderOf(link: MediaLink): Pick<MediaHold, 'by' | 'how' | 'row'> {
  const { answer, answerRow, offer, offerRow } = link;
  const { answerer, offerer } = sidesOf(link);
  const offered = askedBy(offer);
  const answered = askedBy(answer);
  const nobody = agreed(link);
  if (offered === null) return { by: answerer, how: answered ?? '', row: answerRow };
  // Whoever is put on hold answers that it only listens; who answers that it does not even do that holds as well.
  const isBoth = answered === 'a=inactive' && offered !== 'a=inactive' && !nobody.answererSends;
  return { by: isBoth ? 'both' : offerer, how: offered, row: offerRow };
}

/** What in a description keeps the other side from sending, or from hearing; null where nothing does. */
function askedBy(end: MediaEnd | null): string | null {
  if (end === null) return null;
  if (end.media.direction !== 'sendrecv') return `a=${end.media.direction}`;
  return isZero(end) ? `c=${end.media.address ?? ''}` : null;
}
