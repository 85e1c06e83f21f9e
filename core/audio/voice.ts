import type { PlayOutSink } from './arrival.ts';
import { ComfortNoise } from './comfort-noise.ts';
import type { SoundDecoder } from './decoder.ts';
import { DtmfTone } from './dtmf.ts';
import { Resampler } from './resampler.ts';
import { Samples } from './samples.ts';

export interface VoiceOptions {
  /** Of the play-out: the highest of the decoders'. */
  readonly rate: number;
  /** Of the samples that come out. */
  readonly outputRate: number;
  readonly decoders: ReadonlyMap<number, SoundDecoder>;
}

/** The samples of one stream: decodes what its play-out hands on, fills what is missing, and brings all to one rate. */
export class Voice implements PlayOutSink {
  readonly output = new Samples();
  /** Told of each stretch with missing packets, in samples of the output. */
  onMark: (from: number, to: number, what: 'lost' | 'late') => void = () => undefined;

  private readonly options: VoiceOptions;
  private readonly noises = new ComfortNoise();
  private readonly tones: DtmfTone;
  private readonly resampler: Resampler | null;
  private isNoisy = false;
  private decoded = new Int16Array(4096);

  constructor(options: VoiceOptions) {
    this.options = options;
    this.tones = new DtmfTone(options.rate);
    this.resampler = options.rate === options.outputRate ? null : new Resampler(options.rate, options.outputRate);
  }

  sound(payloadType: number, payload: Uint8Array, samples: number, skip: number): void {
    const decoder = this.options.decoders.get(payloadType);
    if (decoder === undefined) {
      this.gap(samples - skip);
      return;
    }
    const own = decoder.samplesOf(payload.length);
    const decoded = this.room(Math.max(own, samples));
    decoder.decode(payload, decoded);
    if (own !== samples) stretch(decoded, own, samples);
    this.emit(decoded.subarray(skip, samples));
  }

  gap(samples: number): void {
    const made = this.room(samples);
    if (this.isNoisy) this.noises.write(made, 0, samples);
    else made.fill(0, 0, samples);
    this.emit(made.subarray(0, samples));
  }

  noise(payload: Uint8Array | null): void {
    this.isNoisy = payload !== null;
    if (payload !== null) this.noises.take(payload);
  }

  tone(event: number, volume: number, samples: number, begins: boolean): void {
    if (begins) this.tones.begin(event, volume);
    const made = this.room(samples);
    this.tones.write(made, 0, samples);
    this.emit(made.subarray(0, samples));
  }

  mark(from: number, to: number, what: 'lost' | 'late'): void {
    const { rate, outputRate } = this.options;
    this.onMark(Math.round((from / rate) * outputRate), Math.round((to / rate) * outputRate), what);
  }

  /** At the end: what the filter still holds back. */
  end(): void {
    if (this.resampler !== null) this.output.push(this.resampler.finish());
  }

  private emit(samples: Int16Array): void {
    this.output.push(this.resampler === null ? samples : this.resampler.push(samples, samples.length));
  }

  private room(samples: number): Int16Array {
    if (this.decoded.length < samples) this.decoded = new Int16Array(2 * samples);
    return this.decoded;
  }
}

/** Makes `count` samples of the first `own`, in place: for the odd packet of another rate, such as a codec changed to and fro. */
function stretch(samples: Int16Array, own: number, count: number): void {
  for (let i = count - 1; i >= 0; i--) {
    const position = (i * own) / count;
    const whole = Math.floor(position);
    const low = samples[whole] as number;
    const high = samples[Math.min(own - 1, whole + 1)] as number;
    samples[i] = Math.round(low + (position - whole) * (high - low));
  }
}
