/** Listening to RTP streams: what may be asked, and what comes of it. */

/** What is listened to. Times are seconds from its beginning, the arrival of the first packet of all. */
export interface AudioQuery {
  /**
   * One or two channels, left and right. A channel is a stream (`StreamRow.id`) or several that are heard together, such
   * as one after the other with another SSRC. One stream alone that is stereo (L16) becomes both channels.
   */
  readonly streams: readonly (number | readonly number[])[];
  /** Jitter buffer: milliseconds that a packet may be later than the first one was; later ones are dropped. 0 to 500, default 60. */
  readonly bufferMs?: number;
  /** As the sender sent it: every packet at its timestamp, however late it came. Default false. */
  readonly asSent?: boolean;
}

export const audioFormatNames = ['wav', 'ogg'] as const;

export interface AudioExport extends AudioQuery {
  /** `wav`: 16 bits, one or two channels, at the higher of their rates. `ogg`: the packets of one Opus stream as they are (RFC 7845). */
  readonly format: (typeof audioFormatNames)[number];
  /** Only this channel, from 0, but in the time of all. */
  readonly channel?: number;
  /** Only a part, in seconds. */
  readonly part?: { readonly from: number; readonly seconds: number };
}

/** What became of the packets of a stream, on the way to the ear. */
export interface HeardStream {
  /** `StreamRow.id` */
  readonly stream: number;
  readonly codec: string;
  readonly played: number;
  /** Never came. */
  readonly lost: number;
  /** Came too late for the jitter buffer. */
  readonly late: number;
  readonly duplicates: number;
  /** Overlapped by other packets. */
  readonly dropped: number;
  /** Of payloads that the capture did not keep whole. */
  readonly cut: number;
  /** Times the play-out moved: timestamps that jumped, arrivals that drifted away from them. */
  readonly restarts: number;
}

export interface AudioWritten {
  /** Length of what was written, and bytes. */
  readonly seconds: number;
  readonly bytes: number;
  readonly rate: number;
  readonly channels: number;
  readonly streams: readonly HeardStream[];
}

export interface WaveformQuery extends AudioQuery {
  /** At most so many buckets, 1 to 8,192. */
  readonly buckets: number;
}

export interface WaveformChannel {
  readonly streams: readonly number[];
  readonly codec: string;
  /** Of the first stream: who is heard, and the ends it goes from and to, `192.0.2.1:4000`. */
  readonly direction: 'caller-to-callee' | 'callee-to-caller' | null;
  readonly from: string;
  readonly to: string;
  /** How this channel is asked for: Opus as `ogg`, for a browser to decode; its `min` and `max` are empty. */
  readonly format: (typeof audioFormatNames)[number];
  /** Least and greatest sample of each bucket, −32,768 to 32,767. */
  readonly min: readonly number[];
  readonly max: readonly number[];
  /** Of each bucket: 0; 1: packets never came; 2: packets came too late. */
  readonly missing: readonly number[];
}

/** What is to be heard, as a picture. */
export interface Waveform {
  readonly seconds: number;
  /** Samples a second of a WAV. */
  readonly rate: number;
  /** Number of the call that the first stream belongs to. */
  readonly call: number | null;
  /** When it was: from second `at` on time goes on from `ts`. More than one where pauses of ten minutes were made short, or a clock was set. */
  readonly stretches: readonly { readonly at: number; readonly ts: string }[];
  readonly channels: readonly WaveformChannel[];
  readonly heard: readonly HeardStream[];
}

/** Questions about what is to be heard, a part of `Methods`. */
export interface AudioMethods {
  /** What is to be heard of one or two streams, as a WAV or an Ogg; answers in chunks. Streams that cannot be decoded: `capture`, with a sentence. */
  exportAudio: { params: AudioExport; result: AudioWritten };
  /** The same as a picture. */
  waveform: { params: WaveformQuery; result: Waveform };
}
