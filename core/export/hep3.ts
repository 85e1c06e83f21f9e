/**
 * Writes HEP version 3 ("EEP", github.com/sipcapture/HEP): `HEP3`, the length of all in two bytes, then chunks of
 * vendor 0, type and length (its own 6 bytes included). Homer and its agents take it.
 */

/** What one packet of HEP tells. */
export interface HepOut {
  /** 4 or 16 bytes; both of the same length. */
  readonly src: Uint8Array;
  readonly dst: Uint8Array;
  readonly sport: number;
  readonly dport: number;
  /** Of IP: 17 UDP, 6 TCP, 132 SCTP. */
  readonly protocol: number;
  /** Seconds since 1970, and microseconds 0 to 999,999. */
  readonly seconds: number;
  readonly micros: number;
  /** 1: SIP, 5: RTCP. */
  readonly type: 1 | 5;
  /** Number of the agent that captured. */
  readonly agent: number;
  /** At most 65,000 bytes; what is longer can't be told by HEP. */
  readonly payload: Uint8Array;
}

/** Payload that still fits with all chunks around it. */
export const MOST_PAYLOAD = 65_000;

const HEADER = 6;
const CHUNK = 6;
/** `ipproto_family`: AF_INET and AF_INET6 as HEP numbers them. */
const V4 = 2;
const V6 = 10;

/** The packet; null where the payload does not fit, or addresses are of different kinds. */
export function hep3(out: HepOut): Uint8Array | null {
  const { src, dst, payload } = out;
  if (payload.length > MOST_PAYLOAD || src.length !== dst.length || (src.length !== 4 && src.length !== 16))
    return null;
  const wide = src.length === 16;
  const length =
    HEADER +
    2 * (CHUNK + 1) +
    2 * (CHUNK + src.length) +
    2 * (CHUNK + 2) +
    3 * (CHUNK + 4) +
    (CHUNK + 1) +
    CHUNK +
    payload.length;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x48_45_50_33);
  view.setUint16(4, length);
  let at = HEADER;
  const begin = (type: number, size: number): number => {
    view.setUint16(at + 2, type);
    view.setUint16(at + 4, CHUNK + size);
    const value = at + CHUNK;
    at = value + size;
    return value;
  };
  view.setUint8(begin(1, 1), wide ? V6 : V4);
  view.setUint8(begin(2, 1), out.protocol);
  bytes.set(src, begin(wide ? 5 : 3, src.length));
  bytes.set(dst, begin(wide ? 6 : 4, dst.length));
  view.setUint16(begin(7, 2), out.sport);
  view.setUint16(begin(8, 2), out.dport);
  view.setUint32(begin(9, 4), out.seconds);
  view.setUint32(begin(10, 4), out.micros);
  view.setUint8(begin(11, 1), out.type);
  view.setUint32(begin(12, 4), out.agent);
  bytes.set(payload, begin(15, payload.length));
  return bytes;
}
