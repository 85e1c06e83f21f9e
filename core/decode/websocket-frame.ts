/** Frames of the WebSocket protocol (RFC 6455 5.2). */

export const Opcode = { Continuation: 0, Text: 1, Binary: 2, Close: 8, Ping: 9, Pong: 10 } as const;

/** Bytes of the longest header: two, a length of eight, a masking key of four. */
export const MAX_FRAME_HEADER = 14;

/** Header of one frame; used again for each. */
export class FrameHeader {
  fin = false;
  /** Reserved bit 1: the message is compressed (RFC 7692 6). */
  compressed = false;
  opcode = 0;
  masked = false;
  /** Bytes of the header. */
  length = 0;
  payloadLength = 0;

  /** Reads the header at `at`: 1 if it is whole, 0 if bytes are missing, -1 if it is none (5.2, 5.5). */
  read(bytes: Uint8Array, at: number, end: number): number {
    if (end - at < 2) return 0;
    const first = bytes[at] as number;
    const second = bytes[at + 1] as number;
    this.fin = (first & 0x80) !== 0;
    this.compressed = (first & 0x40) !== 0;
    this.opcode = first & 0x0f;
    this.masked = (second & 0x80) !== 0;
    const short = second & 0x7f;
    if ((first & 0x30) !== 0 || (this.opcode & 7) > 2) return -1;
    if (this.opcode >= 8 && (short > 125 || !this.fin || this.compressed)) return -1;
    const wide = short < 126 ? 0 : short === 126 ? 2 : 8;
    this.length = 2 + wide + (this.masked ? 4 : 0);
    if (end - at < this.length) return 0;
    this.payloadLength = short;
    if (wide > 0) {
      let length = 0;
      for (let i = 0; i < wide; i++) length = length * 256 + (bytes[at + 2 + i] as number);
      if (length > Number.MAX_SAFE_INTEGER) return -1;
      this.payloadLength = length;
    }
    return 1;
  }
}

/** Copies the payload `from[at, end)`, unmasked with the key at `key` (RFC 6455 5.3), to `to[place …]`. */
export function unmask(from: Uint8Array, key: number, at: number, end: number, to: Uint8Array, place: number): void {
  const offset = place - at;
  for (let next = at; next < end; next++)
    to[next + offset] = (from[next] as number) ^ (from[key + ((next - at) & 3)] as number);
}
