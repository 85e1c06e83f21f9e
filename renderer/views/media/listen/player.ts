import { sentenceOf } from '../../message/answer.ts';
import { PIECE_SECONDS, type Piece } from './pieces.ts';

/** Seconds between the order to play and the first sample, so that no beginning is lost. */
const HEAD_START = 0.03;
/** Milliseconds between two looks at where the sound is: about 16 a second. */
const BEAT = 60;

export interface PlayerState {
  /** It plays, or would if the next piece were there. */
  readonly playing: boolean;
  readonly waiting: boolean;
  /** Seconds from the beginning. */
  readonly position: number;
  /** Why it does not play, one sentence. */
  readonly problem: string | null;
}

/** What a player plays. */
export interface Sound {
  readonly seconds: number;
  readonly channels: number;
  readonly pieces: { readonly count: number; get(index: number): Promise<Piece> };
}

/**
 * Plays pieces one after the other through Web Audio, each channel with a gain of its own. The device is opened with the
 * first press of the button, as browsers want it.
 */
export class Player {
  private state: PlayerState;
  private readonly sound: Sound;
  private readonly open: () => AudioContext;
  private readonly listeners = new Set<() => void>();
  private context: AudioContext | null = null;
  private gains: GainNode[] = [];
  private master: GainNode | null = null;
  private nodes: AudioBufferSourceNode[] = [];
  private readonly muted: boolean[];
  private volume = 1;
  /** Grows with each start and stop: what was on its way then is for nobody. */
  private run = 0;
  /** Time of the device at which second 0 is, or would have been, heard. */
  private origin = 0;
  /** The last piece that has its time. */
  private scheduled = -1;
  /** The piece that is on its way. */
  private fetching = -1;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(sound: Sound, open: () => AudioContext, position = 0) {
    this.sound = sound;
    this.open = open;
    this.muted = Array.from({ length: sound.channels }, () => false);
    this.state = {
      playing: false,
      waiting: false,
      position: Math.min(position, sound.seconds),
      problem: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly now = (): PlayerState => this.state;

  toggle(): void {
    if (this.state.playing) this.pause();
    else this.play();
  }

  play(): void {
    const { position } = this.state;
    // At its end it begins again.
    void this.begin(position >= this.sound.seconds - 0.01 ? 0 : position);
  }

  pause(): void {
    if (!this.state.playing) return;
    const position = this.place();
    this.stop();
    this.tell({ playing: false, waiting: false, position });
  }

  /** Goes to a second, and plays on from there if it played. */
  seek(seconds: number): void {
    const position = Math.max(0, Math.min(this.sound.seconds, seconds));
    if (this.state.playing && position < this.sound.seconds) void this.begin(position);
    else {
      this.stop();
      this.tell({ playing: false, waiting: false, position });
    }
  }

  /** @param volume 0 to 1 */
  setVolume(volume: number): void {
    this.volume = volume;
    this.applyGains();
  }

  setMuted(channel: number, muted: boolean): void {
    this.muted[channel] = muted;
    this.applyGains();
  }

  /** Lets go of the device. It can be played again. */
  close(): void {
    this.stop();
    const { context } = this;
    this.context = null;
    this.master = null;
    this.gains = [];
    if (this.state.playing) this.tell({ playing: false, waiting: false });
    // A device that fails to close is gone too.
    context?.close().catch(() => undefined);
  }

  private async begin(position: number): Promise<void> {
    this.stop();
    this.run += 1;
    const { run } = this;
    this.tell({ playing: true, waiting: true, position, problem: null });
    try {
      const context = this.device();
      const index = Math.min(this.sound.pieces.count - 1, Math.floor(position / PIECE_SECONDS));
      const [piece] = await Promise.all([this.sound.pieces.get(index), context.resume()]);
      if (run !== this.run) return;
      this.origin = context.currentTime + HEAD_START - position;
      this.schedule(piece, index, position);
      this.tell({ waiting: false });
      this.timer = setInterval(() => this.beat(), BEAT);
      this.prepare(run);
    } catch (error) {
      if (run === this.run) this.fail(error);
    }
  }

  /** Has the next piece ready before this one ends. */
  private prepare(run: number): void {
    const next = this.scheduled + 1;
    if (next >= this.sound.pieces.count || this.fetching === next) return;
    this.fetching = next;
    const get = async (): Promise<void> => {
      try {
        const piece = await this.sound.pieces.get(next);
        if (run !== this.run) return;
        const start = next * PIECE_SECONDS;
        // It came too late: the sound waited, and goes on from there.
        if (this.elapsed() > start - HEAD_START) void this.begin(start);
        else this.schedule(piece, next, start);
      } catch (error) {
        if (run === this.run) this.fail(error);
      }
    };
    void get();
  }

  private schedule(piece: Piece, index: number, from: number): void {
    const context = this.device();
    const when = Math.max(context.currentTime, this.origin + from);
    for (const [channel, buffer] of piece.entries()) {
      const gain = this.gains[channel];
      if (gain === undefined) continue;
      const node = context.createBufferSource();
      node.buffer = buffer;
      node.connect(gain);
      node.start(when, from - index * PIECE_SECONDS);
      this.nodes.push(node);
    }
    // Of pieces that are over, only the last one's nodes are kept.
    this.nodes = this.nodes.slice(-2 * this.sound.channels);
    this.scheduled = index;
  }

  private beat(): void {
    const { seconds } = this.sound;
    const elapsed = this.elapsed();
    if (elapsed >= seconds) {
      this.stop();
      this.tell({ playing: false, waiting: false, position: seconds });
      return;
    }
    const there = (this.scheduled + 1) * PIECE_SECONDS;
    // Once the last piece that has its time is heard, the next one is fetched.
    if (elapsed >= this.scheduled * PIECE_SECONDS) this.prepare(this.run);
    this.tell({ position: this.place(), waiting: elapsed >= there && there < seconds });
  }

  private elapsed(): number {
    return this.context === null ? 0 : this.context.currentTime - this.origin;
  }

  /** Where the sound is: not before it began, and not beyond what is there. */
  private place(): number {
    if (this.timer === null) return this.state.position;
    const there = Math.min(this.sound.seconds, (this.scheduled + 1) * PIECE_SECONDS);
    return Math.max(0, Math.min(there, this.elapsed()));
  }

  private stop(): void {
    this.run += 1;
    this.scheduled = -1;
    this.fetching = -1;
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    for (const node of this.nodes) {
      node.stop();
      node.disconnect();
    }
    this.nodes = [];
  }

  private fail(error: unknown): void {
    this.stop();
    this.tell({ playing: false, waiting: false, problem: sentenceOf(error) });
  }

  private device(): AudioContext {
    if (this.context !== null) return this.context;
    const context = this.open();
    const { channels } = this.sound;
    this.context = context;
    this.master = context.createGain();
    this.master.connect(context.destination);
    // One channel is heard on both sides, two are left and right.
    const merger = channels > 1 ? context.createChannelMerger(channels) : null;
    merger?.connect(this.master);
    this.gains = Array.from({ length: channels }, (_, channel) => {
      const gain = context.createGain();
      if (merger === null) gain.connect(this.master as GainNode);
      else gain.connect(merger, 0, channel);
      return gain;
    });
    this.applyGains();
    return context;
  }

  private applyGains(): void {
    for (const [channel, gain] of this.gains.entries()) gain.gain.value = this.muted[channel] === true ? 0 : 1;
    if (this.master !== null) this.master.gain.value = this.volume;
  }

  private tell(change: Partial<PlayerState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
