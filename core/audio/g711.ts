/** ITU-T G.711: a byte is a sample of 14 bits (µ-law, table 2) or 13 bits (A-law, table 1); both as 16 bits. */
import type { SoundDecoder } from './decoder.ts';

/** µ-law: sign, three bits of exponent, four of mantissa, all inverted; 33 steps of bias. */
function fromMuLaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code >>> 4) & 7)) - 0x84;
  return (code & 0x80) === 0 ? magnitude : -magnitude;
}

/** A-law: every other bit inverted; the sign bit is set for positive samples. */
function fromALaw(byte: number): number {
  const code = byte ^ 0x55;
  const exponent = (code >>> 4) & 7;
  const steps = ((code & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? steps : (steps + 0x100) << (exponent - 1);
  return (code & 0x80) === 0 ? -magnitude : magnitude;
}

const muLaw = Int16Array.from({ length: 256 }, (_, byte) => fromMuLaw(byte));
const aLaw = Int16Array.from({ length: 256 }, (_, byte) => fromALaw(byte));

/** G.711 of one of both laws. RFC 3551 gives it 8000 Hz; SDP may say another rate, and several channels in turn. */
export class G711Decoder implements SoundDecoder {
  readonly rate: number;
  private readonly table: Int16Array;
  private readonly channels: number;
  private readonly channel: number;

  constructor(law: 'A' | 'µ', rate: number, channels: number, channel: number) {
    this.rate = rate;
    this.table = law === 'A' ? aLaw : muLaw;
    this.channels = channels;
    this.channel = channel;
  }

  samplesOf(bytes: number): number {
    return Math.floor(bytes / this.channels);
  }

  decode(payload: Uint8Array, out: Int16Array): number {
    const { table, channels } = this;
    const samples = this.samplesOf(payload.length);
    let at = this.channel;
    for (let i = 0; i < samples; i++, at += channels) {
      out[i] = table[payload[at] as number] as number;
    }
    return samples;
  }

  reset(): void {
    // Each byte stands for itself.
  }
}
