import { Mixer } from '../../audio/mixer.ts';
import { OggOpus, PRE_ROLL } from '../../audio/ogg-opus.ts';
import { Voice } from '../../audio/voice.ts';
import { MOST_WAV_BYTES, wavBytes, wavHeader } from '../../audio/wav.ts';
import { ContractError } from '../../contract/api.ts';
import type { AudioExport, AudioWritten, Waveform, WaveformQuery } from '../../contract/audio.ts';
import type { Answering } from '../../contract/channel.ts';
import type { StreamRow } from '../../contract/streams.ts';
import { epochText } from '../../bytes/time.ts';
import type { OpenCapture } from '../open-capture.ts';
import { streamRowsOf } from '../media/stream-answers.ts';
import { end } from '../table-columns.ts';
import { Muted } from './muted.ts';
import { planOf, type Plan } from './plan.ts';
import { runTracks, type RunSink, type TrackSink } from './run.ts';
import { tracksOf, type Track } from './tracks.ts';

/** Bytes that are collected before they are sent. */
const CHUNK = 1 << 16;

/** A picture of what is to be heard. */
export async function waveform(open: OpenCapture, query: WaveformQuery, signal: AbortSignal): Promise<Waveform> {
  const { seconds, samples, rate, channels, stretches, heard } = await planOf(open, query, signal);
  const { base, decimals } = open.session.tally;
  const rows = streamRowsOf(open);
  const firsts = channels.map(({ streams }) => rows.row(streams[0] ?? 0));
  return {
    seconds,
    rate,
    call: firsts[0]?.call ?? null,
    stretches: stretches.map(({ at, time }) => ({ at, ts: epochText(base ?? 0, time, decimals) })),
    channels: channels.map(({ streams, codec, format, peaks }, index) => {
      const { min, max, marks } = peaks.inBuckets(query.buckets, samples);
      const { direction, src, sport, dst, dport } = firsts[index] as StreamRow;
      const ends = { direction, from: end(src, sport), to: end(dst, dport) };
      return {
        streams,
        codec,
        ...ends,
        format,
        ...(format === 'wav' ? { min, max } : { min: [], max: [] }),
        missing: marks,
      };
    }),
    heard,
  };
}

/** Writes what is heard as a file, in chunks. */
export async function exportAudio(open: OpenCapture, query: AudioExport, answering: Answering): Promise<AudioWritten> {
  const plan = await planOf(open, query, answering.signal);
  if (query.channel !== undefined && query.channel >= plan.channels.length) {
    throw new ContractError('bad-request', `there is no channel ${query.channel}; they are counted from 0`);
  }
  return query.format === 'ogg' ? writeOgg(open, query, plan, answering) : writeWav(open, query, plan, answering);
}

/** Of a sound with so many samples, those that a part is made of. */
function partOf({ part }: AudioExport, samples: number, rate: number): { readonly from: number; readonly to: number } {
  if (part === undefined) return { from: 0, to: samples };
  const from = Math.min(samples, Math.max(0, Math.round(part.from * rate)));
  return { from, to: Math.min(samples, from + Math.max(0, Math.round(part.seconds * rate))) };
}

/** Sends bytes in chunks of some size. */
class Sending {
  bytes = 0;
  private readonly answering: Answering;
  private waiting: Uint8Array[] = [];
  private length = 0;

  constructor(answering: Answering) {
    this.answering = answering;
  }

  add(piece: Uint8Array): void {
    this.waiting.push(piece);
    this.length += piece.length;
    this.bytes += piece.length;
  }

  async send(least: number): Promise<void> {
    if (this.length === 0 || this.length < least) return;
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.waiting) {
      all.set(piece, at);
      at += piece.length;
    }
    this.waiting = [];
    this.length = 0;
    for (let from = 0; from < all.length; from += 1 << 20)
      await this.answering.chunk(all.subarray(from, from + (1 << 20)));
  }
}

async function writeWav(
  open: OpenCapture,
  query: AudioExport,
  plan: Plan,
  answering: Answering,
): Promise<AudioWritten> {
  const shown = plan.channels.map((_, index) => index).filter((one) => one === (query.channel ?? one));
  for (const index of shown) {
    const { format, streams } = plan.channels[index] as Plan['channels'][number];
    if (format === 'wav') continue;
    throw new ContractError(
      'capture',
      `Stream ${streams.join(', ')} is Opus, which is not decoded here: write it as Ogg (a name that ends in .ogg), or listen to it in the app.`,
    );
  }
  const { rate } = plan;
  const { from, to } = partOf(query, plan.samples, rate);
  const length = (to - from) * shown.length * 2;
  if (length > MOST_WAV_BYTES) {
    const hours = Math.round((to - from) / rate / 360) / 10;
    throw new ContractError('capture', `These are ${hours} hours of sound, more than the 4 GiB that a WAV can hold.`);
  }
  const tracks = tracksOf(streamRowsOf(open), query);
  const voices = new Map<Track, Voice>();
  for (const track of tracks)
    if (shown.includes(track.channel)) voices.set(track, new Voice({ ...track, outputRate: rate }));
  const mixer = new Mixer(
    shown.map((index) => tracks.filter(({ channel }) => channel === index).map((track) => outputOf(voices, track))),
  );
  const sending = new Sending(answering);
  sending.add(wavHeader(rate, shown.length, length));
  let at = 0;
  const take = (samples: Int16Array): void => {
    const count = samples.length / shown.length;
    const first = Math.max(0, from - at);
    const last = Math.min(count, to - at);
    at += count;
    if (last > first) sending.add(wavBytes(samples.subarray(first * shown.length, last * shown.length)));
  };
  const run: RunSink = {
    sinks: tracks.map((track): TrackSink => voices.get(track) ?? new Muted()),
    flush: async (isEnd) => {
      if (isEnd) mixer.level();
      mixer.drain(take);
      await sending.send(CHUNK);
      return at < to;
    },
  };
  const { heard } = await runTracks(open.session, tracks, query, run, answering.signal);
  // What is silent at the end because another channel is longer.
  for (; at < to; at += CHUNK) {
    sending.add(new Uint8Array(Math.min(CHUNK, to - Math.max(at, from)) * shown.length * 2));
    await sending.send(CHUNK);
  }
  await sending.send(0);
  return {
    seconds: (to - from) / rate,
    bytes: sending.bytes,
    rate,
    channels: shown.length,
    streams: query.part === undefined ? heard : plan.heard,
  };
}

function outputOf(voices: ReadonlyMap<Track, Voice>, track: Track): Voice['output'] {
  return (voices.get(track) as Voice).output;
}

async function writeOgg(
  open: OpenCapture,
  query: AudioExport,
  plan: Plan,
  answering: Answering,
): Promise<AudioWritten> {
  if (plan.channels.length > 1 && query.channel === undefined) {
    throw new ContractError('bad-request', 'an Ogg file holds one stream: ask for one channel at a time');
  }
  const index = query.channel ?? 0;
  const planned = plan.channels[index] as Plan['channels'][number];
  if (planned.format !== 'ogg') {
    throw new ContractError(
      'capture',
      `Stream ${planned.streams.join(', ')} is ${planned.codec}, not Opus: write it as WAV.`,
    );
  }
  const rate = 48_000;
  const { from, to } = partOf(query, Math.ceil(plan.seconds * rate), rate);
  const tracks = tracksOf(streamRowsOf(open), query);
  const channels = planned.stereo ? 2 : 1;
  const ogg = new OggOpus({ channels, serial: planned.streams[0] ?? 0, from, to });
  const sending = new Sending(answering);
  const run: RunSink = {
    sinks: tracks.map((track): TrackSink => (track.channel === index ? ogg : new Muted())),
    flush: async (isEnd) => {
      for (const page of ogg.take()) sending.add(page);
      await sending.send(isEnd ? 0 : CHUNK);
      return ogg.reached < to + PRE_ROLL;
    },
  };
  const { heard } = await runTracks(open.session, tracks, query, run, answering.signal);
  ogg.end();
  for (const page of ogg.take()) sending.add(page);
  await sending.send(0);
  return {
    seconds: (to - from) / rate,
    bytes: sending.bytes,
    rate,
    channels,
    streams: query.part === undefined ? heard : plan.heard,
  };
}
