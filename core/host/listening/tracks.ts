import { decodedHere, decoderOf } from '../../audio/decoders.ts';
import type { PayloadUse } from '../../audio/arrival.ts';
import type { SoundDecoder } from '../../audio/decoder.ts';
import { fitsOpus } from '../../audio/ogg-opus.ts';
import { ContractError } from '../../contract/api.ts';
import type { AudioQuery } from '../../contract/audio.ts';
import type { StreamRow } from '../../contract/streams.ts';
import { payloadTime } from '../../decode/codec-time.ts';
import type { Codec } from '../../decode/sdp-codecs.ts';
import type { StreamRows } from '../media/stream-rows.ts';
import { quiet } from '../media/stream-words.ts';

/** Streams of one channel at most. */
const MOST_STREAMS = 64;
const OPUS_RATE = 48_000;
/** Clocks that timestamps may really run with, where they do not run as SDP says. */
const usualClocks = [8000, 16_000, 24_000, 32_000, 44_100, 48_000];

/** One channel of one stream, and how to play it. */
export interface Track {
  readonly stream: number;
  readonly channel: number;
  readonly codec: string;
  readonly format: 'wav' | 'ogg';
  /** Samples a second of the play-out. */
  readonly rate: number;
  readonly samplesPerTick: number;
  readonly decoders: ReadonlyMap<number, SoundDecoder>;
  readonly kindOf: (payloadType: number, bytes: number) => PayloadUse;
}

const noise: PayloadUse = { kind: 'noise', samplesOf: () => 0 };
const event: PayloadUse = { kind: 'event', samplesOf: () => 0 };
const other: PayloadUse = { kind: 'other', samplesOf: () => 0 };

/**
 * How the streams of a question are played. Throws ContractError: `not-found` for a stream that there is not, `capture`
 * for one that cannot be played, in a sentence that says why, `bad-request` where there is nothing to play or too much.
 */
export function tracksOf(rows: StreamRows, { streams }: AudioQuery): Track[] {
  const channels = streams.map((one) => (typeof one === 'number' ? [one] : one));
  if (channels.length === 0 || channels.length > 2 || channels.some(({ length }) => length === 0)) {
    throw new ContractError('bad-request', 'one stream or two can be listened to');
  }
  if (channels.some(({ length }) => length > MOST_STREAMS)) {
    throw new ContractError('bad-request', `no more than ${MOST_STREAMS} streams are heard as one channel`);
  }
  const [[only] = [], second] = channels;
  if (second === undefined && channels[0]?.length === 1 && only !== undefined) {
    const left = trackOf(rows, only, 0, 0);
    // Of a stereo stream the other half is the right channel.
    return isStereo(rows, only) ? [left, trackOf(rows, only, 1, 1)] : [left];
  }
  return channels.flatMap((list, channel) => list.map((stream) => trackOf(rows, stream, channel, 0)));
}

function isStereo(rows: StreamRows, stream: number): boolean {
  return [...rows.codecs(stream).values()].some((codec) => codec.name === 'L16' && codec.channels === 2);
}

function trackOf(rows: StreamRows, stream: number, channel: number, pick: number): Track {
  if (!rows.list.includes(stream)) throw new ContractError('not-found', `there is no stream ${stream} in this capture`);
  const row = rows.row(stream);
  if (row.protection !== null) throw unplayable(`Stream ${stream} is ${row.protection}: what is in it is encrypted.`);
  const codecs = rows.codecs(stream);
  const types = row.payloadTypes.map(({ pt, packets }) => ({ pt, packets, codec: codecs.get(pt) ?? null }));
  const [main] = types.filter(({ codec }) => isSpoken(codec)).toSorted((a, b) => b.packets - a.packets);
  if (main === undefined) throw unplayable(noCodec(stream, row));
  const codec = main.codec as Codec;
  if (codec.name.toUpperCase() === 'OPUS') return opusTrack(stream, channel, codec, types);
  const decoders = new Map<number, SoundDecoder>();
  for (const { pt, codec: one } of types) {
    const decoder = one === null ? null : decoderOf(one, one.channels > pick ? pick : 0);
    if (decoder !== null) decoders.set(pt, decoder);
  }
  if (!decoders.has(main.pt)) {
    throw unplayable(
      `Stream ${stream} is ${codec.name}, which is not decoded here; what is: ${decodedHere}, and in the app Opus.`,
    );
  }
  const rate = Math.max(...[...decoders.values()].map((decoder) => decoder.rate));
  const uses = new Map<number, PayloadUse>();
  const levels = new Set(types.flatMap(({ pt, codec: one }) => (/^PCM[AU]$/iu.test(one?.name ?? '') ? [pt] : [])));
  for (const { pt, codec: one } of types) uses.set(pt, kindOf(one, decoders.get(pt), rate, pt));
  return {
    stream,
    channel,
    codec: codec.name,
    format: 'wav',
    rate,
    samplesPerTick: rate / clockOf(row, codec),
    decoders,
    // Gateways send the level of their comfort noise with the codec's own type: no sound lasts an eighth of a millisecond.
    kindOf: (pt, bytes) => (bytes === 1 && levels.has(pt) ? noise : (uses.get(pt) ?? other)),
  };
}

function opusTrack(
  stream: number,
  channel: number,
  opus: Codec,
  types: readonly { readonly pt: number; readonly codec: Codec | null }[],
): Track {
  const sound: PayloadUse = {
    kind: 'sound',
    samplesOf: (payload) =>
      fitsOpus(payload) ? Math.round(((payloadTime(opus, payload.length, payload)?.ms ?? 0) * OPUS_RATE) / 1000) : 0,
  };
  const uses = new Map(types.map(({ pt, codec }) => [pt, codec?.name.toUpperCase() === 'OPUS' ? sound : other]));
  return {
    stream,
    channel,
    codec: opus.name,
    format: 'ogg',
    rate: OPUS_RATE,
    samplesPerTick: 1,
    decoders: new Map(),
    kindOf: (pt) => uses.get(pt) ?? other,
  };
}

function kindOf(codec: Codec | null, decoder: SoundDecoder | undefined, rate: number, type: number): PayloadUse {
  if (decoder !== undefined) {
    const share = rate / decoder.rate;
    return { kind: 'sound', samplesOf: (payload) => Math.round(decoder.samplesOf(payload.length) * share) };
  }
  const name = codec?.name.toLowerCase();
  // 19 was comfort noise once (RFC 3551 table 4). Events of which no SDP is there have a dynamic type.
  if (name === 'cn' || type === 19) return noise;
  if (name === 'telephone-event' || (codec === null && type >= 96)) return event;
  return other;
}

function isSpoken(codec: Codec | null): boolean {
  return codec !== null && !quiet.has(codec.name.toLowerCase());
}

/** The clock that the timestamps run with. Where it is not the codec's, it is told by the sound in a packet, else by the arrivals. */
function clockOf({ ptime }: StreamRow, { clockRate }: Codec): number {
  const clock = clockRate === 0 ? 8000 : clockRate;
  const { verdict, timestampMs, arrivalMs, payloadMs } = ptime;
  if (verdict !== 'timestamp-clock-wrong' || timestampMs === null || timestampMs <= 0) return clock;
  if (payloadMs !== null && payloadMs > 0) return (clock * timestampMs) / payloadMs;
  if (arrivalMs === null || arrivalMs <= 0) return clock;
  const seen = (clock * timestampMs) / arrivalMs;
  return usualClocks.toSorted((a, b) => Math.abs(a - seen) - Math.abs(b - seen))[0] ?? clock;
}

function noCodec(stream: number, { payloadTypes }: StreamRow): string {
  const types = payloadTypes.filter(({ codec }) => codec === null).map(({ pt }) => pt);
  if (types.length === 0) return `Stream ${stream} carries no sound of its own.`;
  return `What codec stream ${stream} is, nothing says: its payload ${types.length === 1 ? 'type is' : 'types are'} ${types.join(', ')}, and no SDP of it is in the capture.`;
}

function unplayable(sentence: string): ContractError {
  return new ContractError('capture', sentence);
}
