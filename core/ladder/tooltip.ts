import type { LadderArrow, LadderBand, LadderMedia } from '../contract/ladder.ts';
import { dtmfText, mosWord, percent, tenth } from './band-words.ts';
import { signs } from './marks.ts';
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
  const marks = arrow.marks
    .map(({ severity, text }) => ` ${signs[severity]} ${severityWords[severity]}: ${text}`)
    .join('');
  return `${arrow.label}${cseq} from ${arrow.src} to ${arrow.dst}, frame ${arrow.frame}, ${timeWords(arrow.time)}${facts}${marks === '' ? '' : `.${marks}`}`;
}

export const severityWords = { warn: 'Warning', bad: 'Problem' } as const;

/** All there is to say about a band, in one line: of one stream every number. */
export function bandTooltip(band: LadderBand): string {
  const { media, streams, words, details, warnings, src, dst, time, duration, frame } = band;
  const [only] = media;
  const ends = src === '' ? '' : ` from ${src} to ${dst}`;
  const when = [frame === null ? '' : `frame ${frame}`, timeWords(time), duration === '' ? '' : `for ${duration}`];
  const facts = only === undefined || streams.length !== 1 ? [...words.slice(1), ...details] : factsOf(only);
  const told = [`${words[0] ?? ''}${ends}`, ...when, ...facts].filter((part) => part !== '').join(', ');
  const wrong = warnings.map((text) => ` ${signs.bad} ${severityWords.bad}: ${text}`).join('');
  return wrong === '' ? told : `${told}.${wrong}`;
}

/** Every number of a stream, in words. */
export function factsOf(media: LadderMedia): string[] {
  const { packets, expected, missing, lossPercent, mos, dtmf, addressNote, warning, ssrc } = media;
  return [
    `SSRC ${ssrc}`,
    `${packets} of ${expected} packets`,
    `loss ${percent(lossPercent)} % (${missing})`,
    ...(mos === null ? [] : [`${mosWord(media)} ${mos.toFixed(2)}`]),
    ...packetTimes(media),
    ...(media.meanJitterMs === null
      ? []
      : [`jitter ${tenth(media.meanJitterMs)} ms, at most ${tenth(media.maxJitterMs ?? media.meanJitterMs)} ms`]),
    `at most ${tenth(media.maxDeltaMs)} ms between two packets`,
    ...(dtmf.length === 0 ? [] : [dtmfText(dtmf)]),
    ...(addressNote === null || warning?.includes(addressNote) === true ? [] : [addressNote]),
  ];
}

function packetTimes({ packetMs, askedMs, maxMs, changes }: LadderMedia): string[] {
  const asked = askedMs === null ? '' : `, asked for ${tenth(askedMs)} ms`;
  const most = maxMs === null ? '' : `, at most ${tenth(maxMs)} ms`;
  const sent =
    changes.length > 1
      ? changes.map(({ ms }) => tenth(ms)).join(', then ')
      : packetMs === null
        ? null
        : tenth(packetMs);
  return sent === null ? [] : [`packet time ${sent} ms${asked}${most}`];
}
