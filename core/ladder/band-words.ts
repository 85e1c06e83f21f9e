import type { LadderMedia } from '../contract/ladder.ts';
import type { LadderStream } from './input.ts';
import { shown } from './visible.ts';
import { span } from './words.ts';

/** What is written on a band, not yet fitted to the room. */
export interface BandWords {
  readonly words: readonly string[];
  readonly details: readonly string[];
  readonly warnings: readonly string[];
}

/** Keys that are written out; longer numbers are cut. */
const MOST_KEYS = 32;
/** Codecs of a folded band that are named. */
const MOST_NAMED = 3;

/** `RTP PCMA 20 ms`, `loss 0 %`, `MOS 4.4`, and what else there is to say of one stream; `letter` of its call where there are several. */
export function streamWords({ media, startNs, endNs }: LadderStream, letter: string): BandWords {
  const { packets, lossPercent, meanJitterMs, mos, dtmf, addressNote, warning } = media;
  const warnings = warning === null || warning === '' ? [] : [shown(warning)];
  const details = [`${countOf(packets)} in ${span(endNs - startNs)}`];
  if (meanJitterMs !== null) details.push(`jitter ${tenth(meanJitterMs)} ms`);
  if (dtmf.length > 0) details.push(dtmfText(dtmf));
  // A warning about addresses says it already.
  const note = addressNote === null ? '' : shown(addressNote);
  if (note !== '' && warnings.every((text) => !text.includes(note))) details.push(note);
  return {
    words: [
      `${letter === '' ? '' : `${letter} `}${kindOf(media)} ${codecText(media)}`,
      `loss ${percent(lossPercent)} %`,
      ...(mos === null ? [] : [`${mosWord(media)} ${mos.toFixed(1)}`]),
    ],
    details,
    warnings,
  };
}

/** Several streams as one. */
export function foldedWords(streams: readonly LadderStream[], letter: string): BandWords {
  const media = streams.map((stream) => stream.media);
  const codecs = [...new Set(media.map(codecText))];
  const kinds = [...new Set(media.map(kindOf))];
  const named = codecs.slice(0, MOST_NAMED).join(', ');
  const more = codecs.length > MOST_NAMED ? ` and ${codecs.length - MOST_NAMED} more kinds` : '';
  const sum = media.reduce((all, { packets }) => all + packets, 0);
  const dialled = media.filter(({ dtmf }) => dtmf.length > 0).length;
  const changed = media.filter(({ changes }) => changes.length > 1).length;
  const noted = media.filter(({ addressNote }) => addressNote !== null).length;
  const warned = media.flatMap(({ warning }) => (warning === null || warning === '' ? [] : [warning]));
  const first = least(streams.map(({ startNs }) => startNs));
  const last = -least(streams.map(({ endNs }) => -endNs));
  return {
    words: [
      `${letter === '' ? '' : `${letter} `}${streams.length} ${kinds.join(' and ')} streams ${named}${more}`,
      `loss ${range(
        media.map(({ lossPercent }) => lossPercent),
        percent,
      )} %`,
      ...(['MOS', 'MOS-WB'] as const).flatMap((word) => {
        const values = media.flatMap((one) => (one.mos === null || mosWord(one) !== word ? [] : [one.mos]));
        return values.length === 0 ? [] : [`${word} ${range(values, (value) => value.toFixed(1))}`];
      }),
    ],
    details: [
      `${countOf(sum)} in ${span(last - first)}`,
      ...(changed === 0 ? [] : [`packet time changes in ${changed}`]),
      ...(dialled === 0 ? [] : [`DTMF in ${dialled}`]),
      ...(noted === 0 ? [] : [`${noted} not as announced`]),
    ],
    warnings:
      warned.length === 0
        ? []
        : [`${warned.length} of ${streams.length} with a warning: ${shown(warned[0] as string)}`],
  };
}

/** `RTP PCMA from here 20 ms, before 40 ms`; `left`: further changes that are not drawn. */
export function changeWords(media: LadderMedia, before: number, now: number, left: number, letter: string): BandWords {
  const codec = media.codec === null ? '' : ` ${shown(media.codec)}`;
  return {
    words: [
      `${letter === '' ? '' : `${letter} `}${kindOf(media)}${codec} from here ${tenth(now)} ms`,
      `before ${tenth(before)} ms`,
    ],
    details: left === 0 ? [] : [`the packet time changes ${left} more times`],
    warnings: [],
  };
}

/** Pieces joined with `·` in as few lines as they need, broken between two of them; a longer piece is a line by itself. */
export function inLines(pieces: readonly string[], fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const joined = `${lines.at(-1) ?? ''} · ${piece}`;
    if (lines.length > 0 && fits(joined)) lines.splice(-1, 1, joined);
    else lines.push(piece);
  }
  return lines;
}

/** A MOS of wide band is on another scale (ITU-T P.800.1 writes MOS-CQEW). */
export function mosWord({ mosScale }: LadderMedia): string {
  return mosScale === 'wideband' ? 'MOS-WB' : 'MOS';
}

function kindOf({ protection }: LadderMedia): string {
  return protection ?? 'RTP';
}

function codecText({ codec, payloadType, packetMs }: LadderMedia): string {
  const name = codec === null ? `type ${payloadType ?? '?'}` : shown(codec);
  return packetMs === null ? name : `${name} ${tenth(packetMs)} ms`;
}

/** `DTMF 1 2 #`. */
export function dtmfText(keys: readonly string[]): string {
  const more = keys.length > MOST_KEYS ? ' …' : '';
  return `DTMF ${keys.slice(0, MOST_KEYS).map(shown).join(' ')}${more}`;
}

function countOf(packets: number): string {
  return packets === 1 ? '1 packet' : `${packets} packets`;
}

export function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A share that is not nothing never reads as nothing. */
export function percent(value: number): string {
  return value > 0 && value < 0.05 ? '< 0.1' : tenth(value);
}

function range(values: readonly number[], write: (value: number) => string): string {
  const low = write(least(values));
  const high = write(-least(values.map((value) => -value)));
  return low === high ? low : `${low}–${high}`;
}

function least(values: readonly number[]): number {
  return values.reduce((all, value) => Math.min(all, value), Infinity);
}

/** As it came, with texts that are safe to show. */
export function safeMedia(media: LadderMedia): LadderMedia {
  const { ssrc, src, dst, codec, dtmf, addressNote, warning } = media;
  const safe = (text: string | null): string | null => (text === null ? null : shown(text));
  return {
    ...media,
    ssrc: shown(ssrc),
    src: shown(src),
    dst: shown(dst),
    codec: safe(codec),
    dtmf: dtmf.map(shown),
    addressNote: safe(addressNote),
    warning: safe(warning),
  };
}
