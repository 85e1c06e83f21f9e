import { Flag } from '../../analysis/messages.ts';
import { Real } from '../../analysis/streams/stream-records.ts';
import type { StreamRow } from '../../contract/streams.ts';
import { rowsOf } from '../ladder/ladder-input.ts';
import { sidesOf } from './media-words.ts';
import type { MediaEnd, MediaLink } from './media-links.ts';
import type { Session } from '../session.ts';
import type { StreamRows } from './stream-rows.ts';
import { shown } from './stream-words.ts';

/** Nanoseconds: a call that is over so soon after its answer was not talked in. */
const AT_ONCE = 1e9;
/** Without an ACK it may have taken a little longer. */
const WITHOUT_ACK = 5e9;
/** Media that is ahead of what announces it by less may be due to the capture. */
const AHEAD = 0.1e9;

/** Which side of an exchange asks for longer packets than the other one accepts; null where none does. */
export interface PtimeConflict {
  readonly text: string;
  /** Of the answer: the message after which it was too late. */
  readonly row: number;
}

/** `a=ptime` of one side against `a=maxptime` of the other, whether media flowed or not. */
export function ptimeConflict(link: MediaLink): PtimeConflict | null {
  const { answer, answerRow, offer } = link;
  if (answer === null || offer === null || answer.key === null || offer.key === null) return null;
  const { answerer, offerer } = sidesOf(link);
  const [asked, most] = [answer.media.ptimeMs, offer.media.maxptimeMs];
  if (asked !== null && most !== null && asked > most) {
    return {
      text:
        `The ${answerer} answers with packets of ${asked} ms (a=ptime), and the ${offerer} accepts ${most} ms at ` +
        `most (a=maxptime): the ${answerer} should answer with ${most} ms or less, or the ${offerer} accept ${asked} ms.`,
      row: answerRow,
    };
  }
  const [offered, accepted] = [offer.media.ptimeMs, answer.media.maxptimeMs];
  if (offered !== null && accepted !== null && offered > accepted) {
    return {
      text:
        `The ${offerer} offers packets of ${offered} ms (a=ptime), and the ${answerer} accepts ${accepted} ms at ` +
        `most (a=maxptime): the ${offerer} should offer ${accepted} ms or less, or the ${answerer} accept ${offered} ms.`,
      row: answerRow,
    };
  }
  return null;
}

/** A call that was over as soon as it was answered. */
export interface HungUp {
  readonly text: string;
  /** Of the BYE. */
  readonly row: number;
  /** The packet times do not go together. */
  readonly isPtime: boolean;
}

/** Whether a call was hung up at once when it was answered, with both sides' packet times in view. */
export function hungUpAtOnce(session: Session, call: number, links: readonly MediaLink[]): HungUp | null {
  const { analysis } = session;
  const { ack, answer, bye, byeFromCaller } = analysis.judge(call);
  if (answer === 0 || bye === 0) return null;
  const { time } = analysis.messages;
  const after = time.get(bye - 1) - time.get(answer - 1);
  const withoutAck = ack === 0 || ack > bye;
  if (after < 0 || after > (withoutAck && byeFromCaller ? WITHOUT_ACK : AT_ONCE)) return null;
  const who = byeFromCaller ? 'caller' : 'callee';
  const how = withoutAck && byeFromCaller ? ', with BYE instead of ACK' : '';
  const conflict = links.map(ptimeConflict).find((one) => one !== null);
  const text = `Answered, and the ${who} hung up ${seconds(after)} later${how}. ${conflict?.text ?? packetTimes(links)}`;
  return { text, row: bye - 1, isPtime: conflict !== undefined };
}

/** What both sides ask for, where that is no reason to hang up, or may be one. */
function packetTimes(links: readonly MediaLink[]): string {
  const link = links.findLast(({ answer, offer }) => isAudio(offer) && isAudio(answer));
  if (link === undefined) return 'The capture has no offer and answer of sound to compare packet times of.';
  const { answerer, offerer } = sidesOf(link);
  const [offered, answered] = [link.offer?.media.ptimeMs ?? null, link.answer?.media.ptimeMs ?? null];
  if (offered === null && answered === null) return 'No packet time was asked for (a=ptime).';
  if (offered === answered) return `Both ask for packets of ${offered ?? '?'} ms (a=ptime).`;
  if (offered === null)
    return `The ${answerer} asks for packets of ${answered ?? '?'} ms (a=ptime), the ${offerer} for none.`;
  if (answered === null) return `The ${offerer} asks for packets of ${offered} ms (a=ptime), the ${answerer} for none.`;
  return (
    `The packet times differ: the ${offerer} asks for ${offered} ms, the ${answerer} for ${answered} ms (a=ptime). ` +
    'A device that sends and receives with one packet time cannot do that.'
  );
}

function isAudio(end: MediaEnd | null): boolean {
  return end?.media.type === 'audio' && end.key !== null;
}

/** Media from the callee before any response had SDP: a sentence; null where there is none. */
export function earlyMedia(
  session: Session,
  rows: StreamRows,
  call: number,
  streams: readonly number[],
): string | null {
  const { messages } = session.analysis;
  const { answer } = session.analysis.judge(call);
  const [first] = streams
    .filter((stream) => rows.matchOf(stream)?.toCaller === true)
    .toSorted((a, b) => rows.table.real(a, Real.First) - rows.table.real(b, Real.First));
  if (first === undefined) return null;
  const begin = rows.table.real(first, Real.First);
  const told = rowsOf(session, call).filter((row) => (messages.flags.get(row) & (Flag.Request | Flag.Copy)) === 0);
  const isAnnounced = told.some(
    (row) => (messages.flags.get(row) & Flag.Sdp) !== 0 && messages.time.get(row) <= begin + AHEAD,
  );
  const responded = told.some((row) => messages.status.get(row) >= 100 && messages.status.get(row) < 200);
  if (isAnnounced || !responded) return null;
  const { from } = rows.endsOf(first);
  const when =
    answer === 0 ? 'without any answer' : `${seconds(messages.time.get(answer - 1) - begin)} before the answer`;
  if (answer !== 0 && messages.time.get(answer - 1) - begin < AHEAD) return null;
  return `Media came from ${shown(from)} ${when}, and no provisional response had SDP: callers that wait for it play nothing, or their own ringing tone (RFC 3960).`;
}

/** Codecs and packet times that differ between the legs of a direction: a sentence; null where they are the same. */
export function transcoding(rows: readonly StreamRow[], codecOf: (stream: number) => string | null): string | null {
  const sentences: string[] = [];
  for (const [direction, towards] of [
    ['caller-to-callee', 'callee'],
    ['callee-to-caller', 'caller'],
  ] as const) {
    const byLeg = new Map<number, { readonly codec: string; readonly text: string }>();
    for (const row of rows) {
      const codec = codecOf(row.id);
      if (row.direction !== direction || row.leg === null || codec === null || row.media !== 'audio') continue;
      const ms = row.ptime.payloadMs ?? row.ptime.timestampMs;
      const text = `${codec}${ms === null ? '' : ` of ${Math.round(ms * 10) / 10} ms`} on leg ${row.leg}`;
      if (!byLeg.has(row.leg)) byLeg.set(row.leg, { codec, text });
    }
    const legs = [...byLeg].toSorted((a, b) => a[0] - b[0]).map(([, leg]) => leg);
    if (new Set(legs.map(({ codec }) => codec.toUpperCase())).size < 2) continue;
    sentences.push(`Transcoded towards the ${towards}: ${legs.map(({ text }) => text).join(', ')}.`);
  }
  return sentences.length === 0 ? null : sentences.join(' ');
}

function seconds(ns: number): string {
  return ns < 1e9 ? `${Math.max(0, Math.round(ns / 1e6))} ms` : `${Math.round(ns / 1e8) / 10} s`;
}
