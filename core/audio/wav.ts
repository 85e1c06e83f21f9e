/** WAV (RIFF): PCM of 16 bits, little-endian. */

const HEADER = 44;
/** Bytes of sound that the header's 32 bits can tell. */
export const MOST_WAV_BYTES = 0xffff_ffff - HEADER + 8;

/** The header of a file with so many bytes of sound, at most `MOST_WAV_BYTES`. */
export function wavHeader(rate: number, channels: number, bytes: number): Uint8Array {
  const header = new Uint8Array(HEADER);
  const view = new DataView(header.buffer);
  const word = (at: number, text: string): void => {
    for (let i = 0; i < 4; i++) header[at + i] = text.codePointAt(i) ?? 0;
  };
  word(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + bytes, true);
  word(8, 'WAVE');
  word(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, bytes, true);
  return header;
}

/** Samples as a WAV has them, whatever this machine's order of bytes. */
export function wavBytes(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  let at = 0;
  for (let i = 0; i < samples.length; i++, at += 2) {
    const sample = samples[i] as number;
    bytes[at] = sample & 0xff;
    bytes[at + 1] = (sample >> 8) & 0xff;
  }
  return bytes;
}
