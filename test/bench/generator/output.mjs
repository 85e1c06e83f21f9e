import { closeSync, openSync, writeSync } from 'node:fs';

/** Seconds since 1970 of time 0 of every bench capture. */
const EPOCH = 1_760_000_000;
const BUFFER = 8 << 20;
/** Ethernet + IPv4 without options + UDP. */
export const HEADERS = 14 + 20 + 8;

/**
 * One end of a UDP flow.
 * @typedef {object} Endpoint
 * @property {string} host dotted address, as SIP and SDP write it
 * @property {number} address the same as a 32-bit number
 * @property {number} port
 */

/** @param {string} host dotted IPv4 address @param {number} port @returns {Endpoint} */
export function endpoint(host, port) {
  const address = host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { host, address, port };
}

/** Folds a sum of 16-bit words into the Internet checksum (RFC 1071). @param {number} sum @returns {number} */
function fold(sum) {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 65536);
  return ~folded & 0xffff;
}

/** Sum of the 16-bit words of some bytes, padded with 0. @param {Uint8Array} bytes @param {number} from @param {number} to */
function sumWords(bytes, from, to) {
  let sum = 0;
  let at = from;
  for (; at + 1 < to; at += 2) sum += (bytes[at] << 8) | bytes[at + 1];
  if (at < to) sum += bytes[at] << 8;
  return sum;
}

/** Writes a classic pcap (microseconds, little endian, Ethernet) through one big buffer. */
export class Output {
  /** @param {string} path */
  constructor(path) {
    this.file = openSync(path, 'w');
    this.buffer = Buffer.alloc(BUFFER);
    this.view = new DataView(this.buffer.buffer, this.buffer.byteOffset, BUFFER);
    this.at = 0;
    this.written = 0;
    this.packets = 0;
    this.ipId = 1;
    const { view } = this;
    view.setUint32(0, 0xa1b2c3d4, true);
    view.setUint16(4, 2, true);
    view.setUint16(6, 4, true);
    view.setUint32(16, 262144, true);
    view.setUint32(20, 1, true);
    this.at = 24;
  }

  /** Makes room for one record and writes its header; returns where the frame begins. @param {number} timeUs @param {number} length */
  record(timeUs, length) {
    if (this.at + 16 + length > BUFFER) this.flush();
    const { view, at } = this;
    const seconds = Math.floor(timeUs / 1e6);
    view.setUint32(at, EPOCH + seconds, true);
    view.setUint32(at + 4, Math.floor(timeUs - seconds * 1e6), true);
    view.setUint32(at + 8, length, true);
    view.setUint32(at + 12, length, true);
    this.at = at + 16 + length;
    this.packets++;
    return at + 16;
  }

  /** One UDP datagram holding text. @param {number} timeUs @param {Endpoint} from @param {Endpoint} to @param {string} text ASCII */
  text(timeUs, from, to, text) {
    const frame = this.record(timeUs, HEADERS + text.length);
    this.buffer.write(text, frame + HEADERS, text.length, 'latin1');
    const pseudo = writeHeaders(this.view, frame, from, to, text.length, this.ipId++ & 0xffff);
    const sum = pseudo + sumWords(this.buffer, frame + HEADERS, frame + HEADERS + text.length);
    this.view.setUint16(frame + 40, fold(sum) || 0xffff);
  }

  flush() {
    let from = 0;
    while (from < this.at) from += writeSync(this.file, this.buffer, from, this.at - from);
    this.written += this.at;
    this.at = 0;
  }

  close() {
    this.flush();
    closeSync(this.file);
  }
}

/**
 * Ethernet, IPv4 and UDP headers; the UDP checksum is left 0.
 * @param {DataView} view @param {number} frame @param {Endpoint} from @param {Endpoint} to
 * @param {number} payload bytes after the UDP header @param {number} id IPv4 identification
 * @returns {number} sum of the words that the UDP checksum covers so far (pseudo header, ports, length)
 */
function writeHeaders(view, frame, from, to, payload, id) {
  // Locally administered addresses: 02:00 and the IPv4 address.
  view.setUint16(frame, 0x0200);
  view.setUint32(frame + 2, to.address);
  view.setUint16(frame + 6, 0x0200);
  view.setUint32(frame + 8, from.address);
  view.setUint16(frame + 12, 0x0800);
  view.setUint32(frame + 14, 0x45000000 + 28 + payload);
  view.setUint32(frame + 18, id * 65536 + 0x4000);
  view.setUint32(frame + 22, 0x40110000);
  view.setUint32(frame + 26, from.address);
  view.setUint32(frame + 30, to.address);
  let addresses = 0;
  for (let at = 26; at < 34; at += 2) addresses += view.getUint16(frame + at);
  view.setUint16(frame + 24, fold(0x4500 + 28 + payload + id + 0x4000 + 0x4011 + addresses));
  view.setUint16(frame + 34, from.port);
  view.setUint16(frame + 36, to.port);
  view.setUint32(frame + 38, (8 + payload) * 65536);
  return addresses + 17 + (8 + payload) * 2 + from.port + to.port;
}

const RTP_HEADER = 12;
const PAYLOAD = 160;
const VARIANTS = 256;

/** 256 different 20 ms of G.711-like bytes with the sum of each, shared by all streams: copying beats computing. */
const VOICE = Array.from({ length: VARIANTS }, (_, variant) => {
  const bytes = new Uint8Array(PAYLOAD);
  for (let i = 0; i < PAYLOAD; i++) bytes[i] = 0x80 | (Math.imul(variant * PAYLOAD + i + 1, 0x9e3779b1) >>> 25);
  return { bytes, sum: sumWords(bytes, 0, PAYLOAD) };
});

/** The fixed part of the packets of one RTP stream; only sequence, timestamp, marker, IP id and voice change. */
export class RtpTemplate {
  /** @param {Endpoint} from @param {Endpoint} to @param {number} payloadType @param {number} ssrc */
  constructor(from, to, payloadType, ssrc) {
    this.frame = new Uint8Array(HEADERS + RTP_HEADER);
    const view = new DataView(this.frame.buffer);
    const pseudo = writeHeaders(view, 0, from, to, RTP_HEADER + PAYLOAD, 0);
    view.setUint8(HEADERS, 0x80);
    view.setUint8(HEADERS + 1, payloadType);
    view.setUint32(HEADERS + 8, ssrc);
    this.ipSum = ~view.getUint16(24) & 0xffff;
    this.udpSum = pseudo + sumWords(this.frame, HEADERS, HEADERS + RTP_HEADER);
  }

  /**
   * Appends one packet of this stream.
   * @param {Output} output @param {number} timeUs @param {number} sequence @param {number} timestamp @param {boolean} marker
   */
  write(output, timeUs, sequence, timestamp, marker) {
    const frame = output.record(timeUs, HEADERS + RTP_HEADER + PAYLOAD);
    const voice = VOICE[(sequence * 37) & (VARIANTS - 1)];
    const { buffer, view } = output;
    buffer.set(this.frame, frame);
    buffer.set(voice.bytes, frame + HEADERS + RTP_HEADER);
    view.setUint16(frame + 18, sequence);
    view.setUint16(frame + 24, fold(this.ipSum + sequence));
    view.setUint16(frame + HEADERS + 2, sequence);
    view.setUint32(frame + HEADERS + 4, timestamp);
    let sum = this.udpSum + sequence + (timestamp >>> 16) + (timestamp & 0xffff) + voice.sum;
    if (marker) {
      view.setUint8(frame + HEADERS + 1, view.getUint8(frame + HEADERS + 1) | 0x80);
      sum += 0x80;
    }
    view.setUint16(frame + 40, fold(sum) || 0xffff);
  }
}
