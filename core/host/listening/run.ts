import type { Arrival, PlayOutSink } from '../../audio/arrival.ts';
import { PlayClock } from '../../audio/play-clock.ts';
import { PlayOut } from '../../audio/play-out.ts';
import type { AudioQuery, HeardStream } from '../../contract/audio.ts';
import type { Session } from '../session.ts';
import { readStreamPackets, type StreamPacket } from '../media/stream-packets.ts';
import type { Track } from './tracks.ts';

/** Seconds that are played in one go: so long pauses do not lie in memory. */
const STEP = 1;
/** How often streams without packets are played on. Seconds. */
const BEAT = 0.2;

/** What takes the sound of a track. */
export interface TrackSink extends PlayOutSink {
  end(): void;
}

export interface RunSink {
  readonly sinks: readonly TrackSink[];
  /** Called again and again while there is something to hand on, and once at the end; answers whether more is wanted. */
  readonly flush: (isEnd: boolean) => Promise<boolean>;
}

interface Waiting {
  readonly index: number;
  readonly time: number;
  readonly arrival: Arrival;
}

/** What came of a run: what became of the packets, and how its seconds relate to the capture's time. */
export interface Ran {
  readonly clock: PlayClock;
  readonly heard: readonly HeardStream[];
}

/**
 * Plays tracks from their first packet on: reads the packets of their streams once more and hands what is to be heard to
 * the sinks, slice by slice. Rejects with the signal's reason where that ends it, and as `readStreamPackets` does.
 */
export async function runTracks(
  session: Session,
  tracks: readonly Track[],
  { bufferMs = 60, asSent = false }: AudioQuery,
  { sinks, flush }: RunSink,
  signal: AbortSignal,
): Promise<Ran> {
  const streams = [...new Set(tracks.map(({ stream }) => stream))];
  const playOuts = tracks.map((track, index) => {
    const { rate, samplesPerTick, kindOf } = track;
    return new PlayOut({ rate, samplesPerTick, buffer: bufferMs / 1000, asSent, kindOf }, sinks[index] as TrackSink);
  });
  const ofStream = streams.map((stream) => playOuts.filter((_, index) => tracks[index]?.stream === stream));
  const cut = streams.map(() => 0);
  const clock = new PlayClock();
  const enough = new AbortController();
  let waiting: Waiting[] = [];
  let played = 0;

  const advance = async (time: number): Promise<void> => {
    played = time;
    for (const playOut of playOuts) playOut.advance(time);
    if (!(await flush(false))) enough.abort();
  };
  const advanceTo = async (time: number): Promise<void> => {
    const steps = Math.ceil((time - played) / STEP);
    const from = played;
    for (let step = 1; step < steps && !enough.signal.aborted; step++) await advance(from + step * STEP);
    if (time - played > BEAT) await advance(time);
  };
  const process = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    for (const { index, time, arrival } of batch) {
      const now = clock.at(time);
      await advanceTo(now);
      if (enough.signal.aborted || signal.aborted) return;
      for (const playOut of ofStream[index] ?? []) playOut.packet({ ...arrival, time: now });
    }
  };
  const take = (packet: StreamPacket): void => {
    if (packet.missing > 0) cut[packet.index] = (cut[packet.index] ?? 0) + 1;
    waiting.push({
      index: packet.index,
      time: packet.time,
      arrival: {
        time: 0,
        sequence: packet.sequence,
        timestamp: packet.timestamp,
        payloadType: packet.payloadType,
        payload: packet.bytes.slice(packet.at, packet.end),
      },
    });
  };
  const ended = (): void => enough.abort();
  signal.addEventListener('abort', ended, { once: true });
  try {
    await readStreamPackets(session, streams, take, enough.signal, Infinity, process);
    await process();
  } catch (error) {
    if (!enough.signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', ended);
  }
  signal.throwIfAborted();
  if (!enough.signal.aborted) {
    for (const playOut of playOuts) playOut.end();
    for (const sink of sinks) sink.end();
    await flush(true);
  }
  const heard = streams.map((stream, index): HeardStream => {
    const track = tracks.findIndex((one) => one.stream === stream);
    const { counts } = playOuts[track] as PlayOut;
    return { stream, codec: tracks[track]?.codec ?? '', ...counts, cut: cut[index] ?? 0 };
  });
  return { clock, heard };
}
