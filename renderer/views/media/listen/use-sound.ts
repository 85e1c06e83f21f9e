import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import type { AudioQuery, Waveform } from '../../../../core/contract/audio.ts';
import { useCapture } from '../../../state/capture.ts';
import { useListening } from '../../../state/listening.ts';
import { useAnswer, type Answer } from '../../message/answer.ts';
import { peaksOf, type OpusPeaks } from './opus-peaks.ts';
import { Pieces } from './pieces.ts';
import { Player, type PlayerState } from './player.ts';
import { momentOf } from './sound-words.ts';

/** Milliseconds between two questions while the jitter buffer is being changed. */
const SPACING = 200;
/** Rates that every browser gives a device; others are brought to its own. */
const LEAST_RATE = 8000;
const MOST_RATE = 96_000;

/** What is to be heard, with a picture of so many buckets. */
export function useWaveform(query: AudioQuery, buckets: number): Answer<Waveform> {
  return useAnswer(
    buckets < 1 ? null : JSON.stringify([query, buckets]),
    (client, signal) => client.ask('waveform', { ...query, buckets }, { signal }),
    SPACING,
  );
}

/** A player of a sound; null until the sound is known. While the page shows it, the rest of the page can follow it. */
export function usePlayer(query: AudioQuery, sound: Waveform | null): Player | null {
  const client = useCapture((state) => state.client);
  const player = useMemo(() => {
    if (client === null || sound === null) return null;
    const { rate, seconds, channels } = sound;
    const known = rate >= LEAST_RATE && rate <= MOST_RATE;
    return new Player(
      { seconds, channels: channels.length, pieces: new Pieces(client, query, sound) },
      () => new AudioContext(known ? { sampleRate: rate } : {}),
    );
  }, [client, query, sound]);
  const before = useRef({ streams: '', position: 0, playing: false });
  useEffect(() => {
    if (player === null || sound === null) return undefined;
    const heard = JSON.stringify(query.streams);
    // The same with another jitter buffer goes on where it was.
    if (before.current.streams === heard) player.seek(before.current.position);
    if (before.current.streams === heard && before.current.playing) player.play();
    const tell = (): void => {
      const { playing, position } = player.now();
      useListening.setState({ playing, at: momentOf(sound, position) });
    };
    useListening.setState({ streams: sound.channels.flatMap(({ streams }) => streams), call: sound.call });
    tell();
    const forget = player.subscribe(tell);
    return () => {
      forget();
      const { position, playing } = player.now();
      before.current = { streams: heard, position, playing };
      player.close();
      useListening.setState(useListening.getInitialState(), true);
    };
  }, [player, sound, query]);
  return player;
}

const nothing: PlayerState = { playing: false, waiting: false, position: 0, problem: null };
const never = (): (() => void) => () => undefined;

export function usePlayerState(player: Player | null): PlayerState {
  return useSyncExternalStore(player?.subscribe ?? never, player?.now ?? (() => nothing));
}

/** The picture of the channels that only a browser decodes; it grows while they are decoded. */
export function useOpusPeaks(query: AudioQuery, sound: Waveform | null, buckets: number): OpusPeaks | null {
  const client = useCapture((state) => state.client);
  const [peaks, setPeaks] = useState<OpusPeaks | null>(null);
  useEffect(() => {
    if (client === null || sound === null || buckets < 1) return undefined;
    if (sound.channels.every(({ format }) => format === 'wav')) return undefined;
    const stop = new AbortController();
    void peaksOf(new Pieces(client, query, sound), sound, buckets, setPeaks, stop.signal);
    return () => {
      stop.abort();
      setPeaks(null);
    };
  }, [client, query, sound, buckets]);
  return peaks;
}

/** Pixels that an element is wide; 0 until it has been measured. */
export function useWidth(of: RefObject<HTMLElement | null>, present: boolean): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = of;
    if (current === null || !present) return undefined;
    const measure = (): void => setWidth(Math.floor(current.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [of, present]);
  return width;
}
