import type { TrackSink } from './run.ts';

/** Measures how long an Opus stream is, and where of it packets are missing. */
export class OpusMeter implements TrackSink {
  /** Whether a packet was stereo. */
  stereo = false;

  private readonly share: number;
  private readonly onMark: (from: number, to: number, what: 'lost' | 'late') => void;
  private own = 0;

  /** @param rate of the samples that are counted; the play-out's are 48,000 a second. */
  constructor(rate: number, onMark: (from: number, to: number, what: 'lost' | 'late') => void) {
    this.share = rate / 48_000;
    this.onMark = onMark;
  }

  get samples(): number {
    return Math.ceil(this.own * this.share);
  }

  sound(_payloadType: number, payload: Uint8Array, samples: number, skip: number): void {
    // RFC 6716 3.1: the bit behind the configuration.
    if (((payload[0] as number) & 4) !== 0) this.stereo = true;
    this.own += samples - skip;
  }

  gap(samples: number): void {
    this.own += samples;
  }

  noise(): void {
    // Of no length.
  }

  tone(_event: number, _volume: number, samples: number): void {
    this.own += samples;
  }

  mark(from: number, to: number, what: 'lost' | 'late'): void {
    this.onMark(Math.round(from * this.share), Math.round(to * this.share), what);
  }

  end(): void {
    // Nothing is held back.
  }
}
