/**
 * Diameter (RFC 6733), as far as it holds keys of IMS: Multimedia-Auth-Answers of the Cx interface (TS 29.228, TS 29.229
 * 6.1.8), in which the HSS gives authentication vectors with CK and IK to the S-CSCF.
 */
import { wireText } from '../bytes/text.ts';
import type { Packet } from './packet.ts';

/** Version, length, flags, command code, application, hop-by-hop and end-to-end identifiers (RFC 6733 3.). */
export const DIAMETER_HEADER = 20;
/** Longer ones are no answers about authentication. */
export const MAX_DIAMETER = 64 << 10;
/** AVPs that are looked at in a message, and vectors that are taken out of it. */
const MAX_AVPS = 4096;
const MAX_VECTORS = 32;

const MULTIMEDIA_AUTH = 303;
const VENDOR_3GPP = 10_415;
const USER_NAME = 1;
const PUBLIC_IDENTITY = 601;
const SIP_AUTHENTICATE = 609;
const SIP_AUTH_DATA_ITEM = 612;
const CONFIDENTIALITY_KEY = 625;
const INTEGRITY_KEY = 626;

/** Keys that the HSS gave for a subscriber. Byte ranges are copies. */
export interface AuthVector {
  /** User-Name and Public-Identity; '' where the message has none. */
  readonly impi: string;
  readonly impu: string;
  /** RAND and AUTN (SIP-Authenticate), with which the nonce of the challenge begins; empty where missing. */
  readonly challenge: Uint8Array;
  readonly ck: Uint8Array | null;
  readonly ik: Uint8Array | null;
}

/**
 * Whether a Diameter message can begin at `at`: version 1, a length that is a multiple of four, flags of which the last four
 * are zero, a command code that is registered or of a vendor. At least 20 bytes.
 */
export function looksLikeDiameter(view: DataView, at: number, end: number): boolean {
  if (end - at < DIAMETER_HEADER || view.getUint8(at) !== 1) return false;
  const length = diameterLength(view, at);
  const command = view.getUint32(at + 4) & 0xff_ffff;
  return (
    length >= DIAMETER_HEADER &&
    (length & 3) === 0 &&
    (view.getUint8(at + 4) & 0x0f) === 0 &&
    ((command >= 257 && command < 400) || (command >= 8_388_608 && command < 8_389_000))
  );
}

/** Bytes of the message whose header is at `at`. */
export function diameterLength(view: DataView, at: number): number {
  return view.getUint32(at) & 0xff_ffff;
}

/** Whether the message at `at` is a Multimedia-Auth-Answer. */
export function isAuthAnswer(view: DataView, at: number): boolean {
  return (view.getUint8(at + 4) & 0x80) === 0 && (view.getUint32(at + 4) & 0xff_ffff) === MULTIMEDIA_AUTH;
}

/** The authentication vectors with keys in the Multimedia-Auth-Answer `bytes[at, end)`; what is cut or broken is left out. */
export function readAuthVectors(bytes: Uint8Array, at: number, end: number): AuthVector[] {
  if (end - at < DIAMETER_HEADER) return [];
  const reader = new AvpReader(bytes);
  let impi = '';
  let impu = '';
  const items: number[] = [];
  reader.begin(at + DIAMETER_HEADER, end);
  while (reader.next()) {
    const { code, vendor, dataAt, dataEnd } = reader;
    if (code === USER_NAME && vendor === 0) impi = wireText(bytes.subarray(dataAt, dataEnd));
    else if (vendor !== VENDOR_3GPP) continue;
    else if (code === PUBLIC_IDENTITY) impu ||= wireText(bytes.subarray(dataAt, dataEnd));
    else if (code === SIP_AUTH_DATA_ITEM && items.length < 2 * MAX_VECTORS) items.push(dataAt, dataEnd);
  }
  const vectors: AuthVector[] = [];
  for (let i = 0; i < items.length; i += 2) {
    const vector = readItem(reader, bytes, items[i] as number, items[i + 1] as number, impi, impu);
    if (vector !== null) vectors.push(vector);
  }
  return vectors;
}

/** Hands the keys of the message `packet.bytes[at, end)`, if it is one that has any, to whoever learns. */
export function learnVectors(packet: Packet, at: number, end: number): void {
  const { ring, bytes, view } = packet;
  if (ring === null || !looksLikeDiameter(view, at, end) || !isAuthAnswer(view, at)) return;
  if (diameterLength(view, at) > end - at) return;
  for (const vector of readAuthVectors(bytes, at, at + diameterLength(view, at))) ring.learnVector(packet, vector);
}

/** A SIP-Auth-Data-Item (TS 29.229 6.3.13); null where it holds no keys. */
function readItem(
  reader: AvpReader,
  bytes: Uint8Array,
  at: number,
  end: number,
  impi: string,
  impu: string,
): AuthVector | null {
  let challenge = new Uint8Array(0);
  let ck: Uint8Array | null = null;
  let ik: Uint8Array | null = null;
  reader.begin(at, end);
  while (reader.next()) {
    if (reader.vendor !== VENDOR_3GPP) continue;
    const { code, dataAt, dataEnd } = reader;
    if (code === SIP_AUTHENTICATE) challenge = bytes.slice(dataAt, dataEnd);
    else if (code === CONFIDENTIALITY_KEY && dataEnd - dataAt === 16) ck = bytes.slice(dataAt, dataEnd);
    else if (code === INTEGRITY_KEY && dataEnd - dataAt === 16) ik = bytes.slice(dataAt, dataEnd);
  }
  return ck === null && ik === null ? null : { impi, impu, challenge, ck, ik };
}

/** Goes from one attribute-value pair to the next (RFC 6733 4.1). */
class AvpReader {
  code = 0;
  vendor = 0;
  dataAt = 0;
  dataEnd = 0;
  private readonly view: DataView;
  private at = 0;
  private end = 0;
  private left = MAX_AVPS;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  begin(at: number, end: number): void {
    this.at = at;
    this.end = end;
  }

  /** False where there is no further pair that is whole. */
  next(): boolean {
    const { view, at, end } = this;
    if (end - at < 8 || this.left-- <= 0) return false;
    const length = view.getUint32(at + 4) & 0xff_ffff;
    const hasVendor = (view.getUint8(at + 4) & 0x80) !== 0;
    const header = hasVendor ? 12 : 8;
    if (length < header || length > end - at) return false;
    this.code = view.getUint32(at);
    this.vendor = hasVendor ? view.getUint32(at + 8) : 0;
    this.dataAt = at + header;
    this.dataEnd = at + length;
    this.at = at + ((length + 3) & ~3);
    return true;
  }
}
