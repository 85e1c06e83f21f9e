import { Missing, Peaks } from '../../audio/peaks.ts';
import { Mixer } from '../../audio/mixer.ts';
import type { Stretch } from '../../audio/play-clock.ts';
import { Voice } from '../../audio/voice.ts';
import { ContractError } from '../../contract/api.ts';
import type { AudioQuery, HeardStream } from '../../contract/audio.ts';
import type { OpenCapture } from '../open-capture.ts';
import { streamRowsOf } from '../media/stream-answers.ts';
import { OpusMeter } from './opus-meter.ts';
import { runTracks, type RunSink, type TrackSink } from './run.ts';
import { tracksOf, type Track } from './tracks.ts';

/** Plans that are kept of a capture: those of the streams that somebody listens to. Some 100 kB each. */
const MOST_PLANS = 8;

export interface PlannedChannel {
  readonly streams: readonly number[];
  readonly codec: string;
  readonly format: 'wav' | 'ogg';
  readonly peaks: Peaks;
  /** Of Opus: whether any packet of it is stereo. */
  readonly stereo: boolean;
}

/** All that is known of a sound once it was played through. */
export interface Plan {
  readonly seconds: number;
  /** Samples of a channel at `rate`. */
  readonly samples: number;
  readonly rate: number;
  readonly channels: readonly PlannedChannel[];
  readonly stretches: readonly Stretch[];
  readonly heard: readonly HeardStream[];
}

/** A plan that is there, or being made for those who asked. */
interface Kept {
  readonly plan: Promise<Plan>;
  readonly stop: AbortController;
  askers: number;
}

const known = new WeakMap<OpenCapture, Map<string, Kept>>();

/**
 * Plays the streams of a question through, without keeping what is heard. Rejects as `tracksOf` and `runTracks` do. Who
 * asks the same meanwhile waits for the same; it is given up when all of them have gone.
 */
export async function planOf(open: OpenCapture, query: AudioQuery, signal: AbortSignal): Promise<Plan> {
  signal.throwIfAborted();
  const plans = known.get(open) ?? new Map<string, Kept>();
  known.set(open, plans);
  const { streams, bufferMs = 60, asSent = false } = query;
  const key = JSON.stringify([streams, asSent ? 0 : bufferMs, asSent]);
  const kept = plans.get(key) ?? begin(open, query, plans, key);
  kept.askers += 1;
  const leave = (): void => {
    kept.askers -= 1;
    if (kept.askers > 0) return;
    kept.stop.abort();
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await kept.plan;
  } finally {
    signal.removeEventListener('abort', leave);
    if (!signal.aborted) kept.askers -= 1;
  }
}

function begin(open: OpenCapture, query: AudioQuery, plans: Map<string, Kept>, key: string): Kept {
  const stop = new AbortController();
  const kept = { plan: makePlan(open, query, stop.signal), stop, askers: 0 };
  plans.set(key, kept);
  if (plans.size > MOST_PLANS) plans.delete(plans.keys().next().value ?? '');
  const forget = (): void => {
    if (plans.get(key) === kept) plans.delete(key);
  };
  // One that failed, or that nobody waited for, is made again when it is asked for.
  kept.plan.catch(forget);
  stop.signal.addEventListener('abort', forget, { once: true });
  return kept;
}

/** Rate of the samples of all channels: the highest. */
export function rateOf(tracks: readonly Track[]): number {
  return Math.max(...tracks.map(({ rate }) => rate));
}

async function makePlan(open: OpenCapture, query: AudioQuery, signal: AbortSignal): Promise<Plan> {
  const tracks = tracksOf(streamRowsOf(open), query);
  const rate = rateOf(tracks);
  const channels = [...new Set(tracks.map(({ channel }) => channel))].map((channel) => {
    const own = tracks.filter((track) => track.channel === channel);
    refuseMixed(own);
    return { own, peaks: new Peaks() };
  });
  const meters: OpusMeter[] = [];
  const flushes: ((isEnd: boolean) => void)[] = [];
  const sinks = new Map<Track, TrackSink>();
  for (const { own, peaks } of channels) {
    const mark = (from: number, to: number, what: 'lost' | 'late'): void =>
      peaks.mark(from, to, what === 'late' ? Missing.Late : Missing.Lost);
    if (own[0]?.format === 'ogg') {
      const meter = new OpusMeter(rate, mark);
      meters.push(meter);
      sinks.set(own[0], meter);
      continue;
    }
    const voices = own.map((track) => new Voice({ ...track, outputRate: rate }));
    for (const [place, voice] of voices.entries()) {
      voice.onMark = mark;
      sinks.set(own[place] as Track, voice);
    }
    const mixer = new Mixer([voices.map(({ output }) => output)]);
    flushes.push((isEnd) => {
      if (isEnd) mixer.level();
      mixer.drain((samples) => peaks.add(samples, 0, 1));
    });
  }
  const run: RunSink = {
    sinks: tracks.map((track) => sinks.get(track) as TrackSink),
    flush: (isEnd) => {
      for (const flush of flushes) flush(isEnd);
      return Promise.resolve(true);
    },
  };
  const { clock, heard } = await runTracks(open.session, tracks, query, run, signal);
  const samples = Math.max(...channels.map(({ peaks }) => peaks.samples), ...meters.map((meter) => meter.samples));
  return {
    seconds: samples / rate,
    samples,
    rate,
    channels: channels.map(({ own, peaks }) => ({
      streams: own.map(({ stream }) => stream),
      codec: [...new Set(own.map(({ codec }) => codec))].join(', '),
      format: own[0]?.format ?? 'wav',
      peaks,
      stereo: own.some((track) => ((sink) => sink instanceof OpusMeter && sink.stereo)(sinks.get(track))),
    })),
    stretches: clock.stretches,
    heard,
  };
}

/** Opus is not decoded here, so that nothing can be heard together with it. */
function refuseMixed(own: readonly Track[]): void {
  const opus = own.find(({ format }) => format === 'ogg');
  if (opus === undefined || own.length === 1) return;
  throw new ContractError('capture', `Stream ${opus.stream} is Opus, which is listened to one stream a channel.`);
}
