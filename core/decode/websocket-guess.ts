import type { Packet } from './packet.ts';
import { isToken, looksLikeSip } from './sip-start.ts';
import { FrameHeader, Opcode, unmask } from './websocket-frame.ts';

/** No SIP message is shorter. */
const LEAST = 32;
/** Bytes of a payload that are looked at for a start line. */
const LOOKED_AT = 4096;
const MAX_GUESSED = 64 << 10;

const header = new FrameHeader();
const opened = new Uint8Array(LOOKED_AT);
/**
 * The end of the empty block that ends each compressed message and is not sent (RFC 7692 7.2.2), and another empty
 * block, marked as the last one: without it inflating would complain that the stream does not end.
 */
export const DEFLATE_TAIL = Uint8Array.of(0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff);

/**
 * Whether `packet.bytes[at, end)` begins with a WebSocket frame (RFC 6455 5.2) that holds the beginning of a SIP
 * message: for streams whose upgrade the capture lacks.
 */
export function guessedWebSocket(packet: Packet, at: number, end: number): boolean {
  const { bytes } = packet;
  if (header.read(bytes, at, end) !== 1) return false;
  const { opcode, payloadLength, masked } = header;
  if ((opcode !== Opcode.Text && opcode !== Opcode.Binary) || payloadLength < LEAST) return false;
  const from = at + header.length;
  const to = Math.min(end, from + payloadLength);
  if (header.compressed) return guessedCompressed(packet, from, from + payloadLength, end);
  if (to - from < LEAST) return false;
  if (!masked) return looksLikeSip(bytes, from, to);
  unmask(bytes, from - 4, from, from + 4, opened, 0);
  for (let i = 0; i < 3; i++) if (!isToken(opened[i] as number)) return false;
  const last = Math.min(to, from + LOOKED_AT);
  unmask(bytes, from - 4, from, last, opened, 0);
  return looksLikeSip(opened, 0, last - from);
}

/** A whole compressed frame, opened as if it were the first of its direction. */
function guessedCompressed(packet: Packet, from: number, to: number, end: number): boolean {
  if (packet.inflateRaw === null || to > end || !header.fin || to - from > MAX_GUESSED) return false;
  const compressed = new Uint8Array(to - from + DEFLATE_TAIL.length);
  if (header.masked) unmask(packet.bytes, from - 4, from, to, compressed, 0);
  else compressed.set(packet.bytes.subarray(from, to));
  compressed.set(DEFLATE_TAIL, to - from);
  const plain = packet.inflateRaw(compressed, null, MAX_GUESSED);
  return plain !== null && looksLikeSip(plain, 0, plain.length);
}
