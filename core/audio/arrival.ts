/** A packet of a stream as it arrived. */
export interface Arrival {
  /** Seconds since the beginning of what is played. Never less than that of the packet before. */
  readonly time: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payloadType: number;
  /** Kept as long as the packet waits. */
  readonly payload: Uint8Array;
}

/** What a payload is for a listener. `event`: RFC 4733; `noise`: RFC 3389; `other`: nothing that can be heard. */
export interface PayloadUse {
  readonly kind: 'sound' | 'noise' | 'event' | 'other';
  /** Samples of a payload, at the rate of the play-out; 0 for all that is no sound. */
  samplesOf(payload: Uint8Array): number;
}

/** What is played, from the beginning on without holes. Counts are samples at the rate of the play-out. */
export interface PlayOutSink {
  /** A payload; `skip` of its `samples` are not heard, since something else was played at their time. */
  sound(payloadType: number, payload: Uint8Array, samples: number, skip: number): void;
  /** Nothing came for that time. */
  gap(samples: number): void;
  /** From now on gaps are filled with this noise; null: with silence. */
  noise(payload: Uint8Array | null): void;
  /** A DTMF event, or more of it: `begins` where it is a new one. */
  tone(event: number, volume: number, samples: number, begins: boolean): void;
  /** Of a stretch of the play-out: packets that never came, or that came too late. */
  mark(from: number, to: number, what: 'lost' | 'late'): void;
}

/** What became of the packets of a stream. */
export interface PlayOutCounts {
  played: number;
  /** Never came. */
  lost: number;
  /** Came when their time was over. */
  late: number;
  duplicates: number;
  /** Overlapped by others, or more than can wait. */
  dropped: number;
  /** Times the play-out began anew: the timestamps jumped, or arrivals drifted away from them. */
  restarts: number;
}
