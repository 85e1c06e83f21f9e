import { ContractError } from '../../contract/api.ts';
import type {
  CallMedia,
  CallMediaLeg,
  CallMediaSection,
  CallMediaWarning,
  PtimeVerdict,
  StreamRow,
} from '../../contract/streams.ts';
import { earlyMedia, hungUpAtOnce, ptimeConflict, transcoding, type HungUp } from './call-sentences.ts';
import { rowsOf } from '../ladder/ladder-input.ts';
import { mediaLinks, type MediaLink } from './media-links.ts';
import { mediaHolds, mediaWords } from './media-words.ts';
import type { OpenCapture } from '../open-capture.ts';
import type { Session } from '../session.ts';
import { streamRowsOf } from './stream-answers.ts';
import type { StreamMatch } from './stream-matches.ts';
import type { StreamRows } from './stream-rows.ts';

/** Verdicts that break something; the others may be heard or not. */
const bad = new Set<PtimeVerdict>(['over-maxptime', 'timestamp-clock-wrong']);

/** What is wrong with the media of a call, at the messages that caused it; its streams are `streams` of `rows`. */
export function callWarnings(
  session: Session,
  rows: StreamRows,
  call: number,
  streams: readonly number[],
): CallMediaWarning[] {
  const links = mediaLinks(session, rowsOf(session, call));
  const described = streams.map((stream) => rows.row(stream));
  return warningsOf(session, rows, links, described, hungUpAtOnce(session, call, links));
}

/** The media of one call. Throws ContractError `not-found` for a number that is no call's. */
export function callMedia(open: OpenCapture, call: number): CallMedia {
  const { session } = open;
  const { callIds } = session.analysis.messages;
  const callId = call < callIds.size ? callIds.text(call) : null;
  if (callId === null) throw new ContractError('not-found', `there is no call ${call} in this capture`);
  const rows = streamRowsOf(open);
  // Read anew: where a capture has no media at all, nobody asked for its announcements.
  const links = mediaLinks(session, rowsOf(session, call));
  const streams = rows.list.filter((stream) => rows.callOf(stream) === call);
  const described = streams.map((stream) => rows.row(stream));
  const codecOf = (stream: number): string | null => rows.types(stream).main?.name ?? null;
  const hungUp = hungUpAtOnce(session, call, links);
  return {
    call,
    callId,
    sections: sectionsOf(session, rows, call, links, streams),
    earlyMedia: earlyMedia(session, rows, call, streams),
    oneWay: sentences(streams.map((stream) => rows.oneWay(stream))),
    addresses: sentences(described.map(({ addressNote }) => addressNote)),
    transcoding: transcoding(described, codecOf),
    hungUpAtOnce: hungUp?.text ?? null,
    warnings: warningsOf(session, rows, links, described, hungUp),
  };
}

/** Each once; null without any. */
function sentences(all: readonly (string | null)[]): string | null {
  const said = new Set(all.filter((one) => one !== null));
  return said.size === 0 ? null : [...said].join(' ');
}

function sectionsOf(
  session: Session,
  rows: StreamRows,
  call: number,
  links: readonly MediaLink[],
  streams: readonly number[],
): CallMediaSection[] {
  const sections: CallMediaSection[] = [];
  const ts = (ns: number): string => rows.ts(ns);
  for (const section of [...new Set(links.map((link) => link.section))].toSorted((a, b) => a - b)) {
    const own = links.filter((link) => link.section === section);
    const legs: CallMediaLeg[] = [];
    let more = rows.legsOf(call);
    for (const leg of new Set(own.map((link) => link.leg))) {
      const ofLeg = own.filter((link) => link.leg === leg);
      const here = streams.filter((stream) => {
        const link = rows.matchOf(stream)?.link;
        return link?.leg === leg && link.section === section;
      });
      const towards = (toCaller: boolean): number[] =>
        here.filter((stream) => rows.matchOf(stream)?.toCaller === toCaller);
      const codecs = (which: readonly number[]): string | null => {
        const names = new Set(which.flatMap((stream) => rows.types(stream).main?.name ?? []));
        return names.size === 0 ? null : [...names].join(', ');
      };
      const [toCallee, toCaller] = [towards(false), towards(true)];
      legs.push({
        leg: rows.legNumber(call, leg) ?? ++more,
        codecToCallee: codecs(toCallee),
        codecToCaller: codecs(toCaller),
        toCallee,
        toCaller,
        words: mediaWords(session, ofLeg, ts),
        holds: mediaHolds(session, ofLeg, ts),
      });
    }
    const media = own.find(({ answer, offer }) => (offer ?? answer) !== null);
    legs.sort((a, b) => a.leg - b.leg);
    sections.push({ section, media: (media?.offer ?? media?.answer)?.media.type ?? '', legs });
  }
  return sections.filter(({ media }) => media !== '');
}

/** Packet times that do not go together, at the messages that caused it, and who was not heard, at the answer from which on both should be. */
function warningsOf(
  session: Session,
  rows: StreamRows,
  links: readonly MediaLink[],
  streams: readonly StreamRow[],
  hungUp: HungUp | null,
): CallMediaWarning[] {
  const { frame } = session.analysis.messages;
  const warnings: CallMediaWarning[] = [];
  const add = (text: string, row: number, stream: number | null, severity: CallMediaWarning['severity']): void => {
    if (row < 0 || warnings.some((one) => one.text === text && one.row === row)) return;
    warnings.push({ text, row, frame: frame.get(row), stream, severity });
  };
  for (const link of links) {
    const conflict = ptimeConflict(link);
    if (conflict !== null) add(conflict.text, conflict.row, null, hungUp === null ? 'warn' : 'bad');
  }
  for (const { id, ptime } of streams) {
    const match = rows.matchOf(id);
    if (match === null || ptime.verdict === 'agree' || ptime.verdict === 'unknown') continue;
    add(ptime.explanation, causeOf(match, ptime.verdict), id, bad.has(ptime.verdict) ? 'bad' : 'warn');
  }
  for (const { id } of streams) {
    const text = rows.oneWay(id);
    const link = rows.matchOf(id)?.link;
    if (text !== null && link !== undefined) add(text, Math.max(link.answerRow, link.offerRow), id, 'bad');
  }
  if (hungUp?.isPtime === true) add(hungUp.text, hungUp.row, null, 'bad');
  return warnings.toSorted((a, b) => a.row - b.row);
}

/** The message that asked for what was not done: of the receiver, who says what it wants; of the sender, where its clock is wrong. */
function causeOf(match: StreamMatch, verdict: PtimeVerdict): number {
  const { link, receiver, sender } = match;
  const end = verdict === 'timestamp-clock-wrong' ? sender : receiver;
  const row = end !== null && end === link.offer ? link.offerRow : link.answerRow;
  return row >= 0 ? row : Math.max(link.offerRow, link.answerRow);
}
