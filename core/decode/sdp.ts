/**
 * Session descriptions (RFC 8866, RFC 4566 and what is met in the wild): sessions and media sections, with what a
 * section inherits from the session, payload types explained (RFC 3551), direction and packet times. ICE, crypto and
 * other lines are kept as attributes. Nothing throws: lines that break the grammar are faults, and passed over.
 */
import { staticCodec, type Codec } from './sdp-codecs.ts';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface Attribute {
  readonly name: string;
  /** Null for a property (`a=rtcp-mux`). */
  readonly value: string | null;
}

export interface Media {
  /** `audio`, `video`, `image`, `message`, `application`, `text` … */
  readonly type: string;
  /** 0: refused or held back. */
  readonly port: number;
  /** 1 but for `port/count`. */
  readonly portCount: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** Of the `c=` in force for this section, without a multicast TTL; null where there is none. */
  readonly address: string | null;
  /** Its own, else the session's, else sendrecv. */
  readonly direction: Direction;
  readonly ptimeMs: number | null;
  readonly maxptimeMs: number | null;
  readonly rtcpPort: number | null;
  readonly rtcpMux: boolean;
  /** Of RTP sections, in the order of `m=`. */
  readonly codecs: readonly Codec[];
  readonly attributes: readonly Attribute[];
}

export interface SessionDescription {
  /** `o=` as written. */
  readonly origin: string | null;
  readonly sessionName: string | null;
  /** Of the session's own `c=`. */
  readonly address: string | null;
  readonly attributes: readonly Attribute[];
  readonly media: readonly Media[];
  /** Line from 1, and what is wrong with it. */
  readonly faults: readonly { readonly line: number; readonly text: string }[];
}

/** Sections and faults that are kept at most: a hostile body can hold thousands. */
const MAX_MEDIA = 256;
const MAX_FAULTS = 32;

/** A section while it is read. */
interface Section {
  type: string;
  port: number;
  portCount: number;
  protocol: string;
  formats: string[];
  address: string | null;
  attributes: Attribute[];
  line: number;
}

/** Reads a session description, with CRLF, LF or CR at its line ends. */
export function readSdp(text: string): SessionDescription {
  const faults: { line: number; text: string }[] = [];
  const fault = (line: number, what: string): void => {
    if (faults.length < MAX_FAULTS) faults.push({ line, text: what });
  };
  const session: Section = section('', 0);
  const sections: Section[] = [];
  let current = session;
  let origin: string | null = null;
  let sessionName: string | null = null;
  const lines = text.split(/\r\n|\n|\r/u);
  while (lines.length > 0 && (lines.at(-1) ?? '').trim() === '') lines.pop();
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const value = line.slice(2);
    if (!/^[a-z]=/u.test(line)) {
      fault(number, line.trim() === '' ? 'an empty line' : 'not of the form x=…');
      continue;
    }
    switch (line[0]) {
      case 'v':
        if (number !== 1) fault(number, 'v= stands first and only there');
        if (value.trim() !== '0') fault(number, 'the version is not 0');
        break;
      case 'o':
        if (value.trim().split(/\s+/u).length !== 6) fault(number, 'o= has not six fields');
        origin ??= value;
        break;
      case 's':
        sessionName ??= value;
        break;
      case 'c': {
        const address = connectionAddress(value);
        if (address === null) fault(number, 'c= is not a network type, an address type and an address');
        else current.address ??= address;
        break;
      }
      case 'm':
        current = section(value, number);
        if (!readMedia(current, value)) fault(number, 'm= is not a type, a port, a protocol and formats');
        if (sections.length < MAX_MEDIA) sections.push(current);
        else if (sections.length === MAX_MEDIA)
          fault(number, `more than ${MAX_MEDIA} sections: the others are left out`);
        break;
      case 'a':
        readAttribute(current, value);
        break;
      default:
        if (!'uiepbtrzk'.includes(line[0] ?? '')) fault(number, `${line[0] ?? ''}= is not known`);
        break;
    }
  }
  if (lines.length > 0 && !(lines[0] ?? '').startsWith('v=')) fault(1, 'v= is missing');
  const inherited = directionOf(session.attributes);
  if (session.attributes.some(({ name }) => name === 'ptime' || name === 'maxptime')) {
    fault(1, 'a=ptime and a=maxptime belong into a media section; that of the session is not used');
  }
  return {
    origin,
    sessionName,
    address: session.address,
    attributes: session.attributes,
    media: sections.map((media) => finished(media, session.address, inherited, fault)),
    faults: faults.toSorted((a, b) => a.line - b.line),
  };
}

function section(type: string, line: number): Section {
  return { type, port: 0, portCount: 1, protocol: '', formats: [], address: null, attributes: [], line };
}

/** `m=<media> <port>[/<count>] <proto> <fmt> …`; false where it breaks that, and what could be read stays. */
function readMedia(media: Section, value: string): boolean {
  const [type = '', port = '', protocol = '', ...formats] = value.trim().split(/\s+/u);
  const ports = /^(?<port>\d{1,5})(?:\/(?<count>\d{1,5}))?$/u.exec(port)?.groups;
  const number = Number(ports?.port ?? -1);
  media.type = type;
  media.port = Math.min(Math.max(number, 0), 65_535);
  media.portCount = Math.max(1, Number(ports?.count ?? 1));
  media.protocol = protocol;
  media.formats = formats;
  return number >= 0 && number <= 65_535 && formats.length > 0;
}

function readAttribute(current: Section, value: string): void {
  const colon = value.indexOf(':');
  if (colon === -1) current.attributes.push({ name: value.trim(), value: null });
  else current.attributes.push({ name: value.slice(0, colon).trim(), value: value.slice(colon + 1).trim() });
}

/** The address of `IN IP4 224.2.1.1/127`, without what stands behind a slash; null where that is none. */
export function connectionAddress(value: string): string | null {
  const fields = value.trim().split(/\s+/u);
  const address = (fields[2] ?? '').split('/')[0] ?? '';
  return fields.length === 3 && address !== '' ? address : null;
}

function finished(
  media: Section,
  sessionAddress: string | null,
  inherited: Direction | null,
  fault: (line: number, text: string) => void,
): Media {
  const { attributes } = media;
  const first = (name: string): string | null => attributes.find((attribute) => attribute.name === name)?.value ?? null;
  const rtcp = /^\d{1,5}/u.exec(first('rtcp') ?? '');
  return {
    type: media.type,
    port: media.port,
    portCount: media.portCount,
    protocol: media.protocol,
    formats: media.formats,
    address: media.address ?? sessionAddress,
    direction: directionOf(attributes) ?? inherited ?? 'sendrecv',
    ptimeMs: milliseconds(first('ptime')),
    maxptimeMs: milliseconds(first('maxptime')),
    rtcpPort: rtcp === null ? null : Number(rtcp[0]),
    rtcpMux: attributes.some(({ name }) => name === 'rtcp-mux'),
    codecs: /(?:^|\/)RTP\//iu.test(media.protocol) ? codecsOf(media, fault) : [],
    attributes,
  };
}

const directions = new Set<string>(['sendrecv', 'sendonly', 'recvonly', 'inactive']);

/** The direction that attributes say; null where none does. */
export function directionOf(attributes: readonly Attribute[]): Direction | null {
  const found = attributes.find(({ name, value }) => value === null && directions.has(name));
  return found === undefined ? null : (found.name as Direction);
}

/** Decimals are met in the wild (`ptime:2.5` for Opus) and read. */
function milliseconds(value: string | null): number | null {
  return value !== null && /^\d{1,5}(?:\.\d{1,3})?$/u.test(value) ? Number(value) : null;
}

function codecsOf(media: Section, fault: (line: number, text: string) => void): Codec[] {
  const maps = new Map<number, Codec>();
  const parameters = new Map<number, string>();
  for (const { name, value } of media.attributes) {
    if (value === null) continue;
    if (name === 'fmtp') {
      const payloadType = leadingNumber(value);
      if (payloadType >= 0 && !parameters.has(payloadType)) parameters.set(payloadType, value.replace(/^\d+\s*/u, ''));
    } else if (name === 'rtpmap') {
      const codec = rtpmap(value);
      if (codec === null)
        fault(media.line, `a=rtpmap:${value.slice(0, 40)} is not a payload type, a name and a clock rate`);
      else if (!maps.has(codec.payloadType)) maps.set(codec.payloadType, codec);
    }
  }
  const codecs: Codec[] = [];
  for (const format of media.formats) {
    if (!/^\d{1,3}$/u.test(format) || Number(format) > 127) {
      fault(media.line, `${format.slice(0, 20)} is not a payload type`);
      continue;
    }
    const payloadType = Number(format);
    const known = maps.get(payloadType) ?? staticCodec(payloadType);
    if (known === null) fault(media.line, `payload type ${payloadType} has no a=rtpmap`);
    const codec = known ?? { payloadType, name: '', clockRate: 0, channels: 1, parameters: null };
    codecs.push({ ...codec, parameters: parameters.get(payloadType) ?? null });
  }
  return codecs;
}

/** `<payload type> <name>/<clock rate>[/<channels>]` */
function rtpmap(value: string): Codec | null {
  const found = /^(?<type>\d{1,3})\s+(?<name>[^\s/]+)\/(?<clock>\d{1,9})(?:\/(?<channels>\d{1,3}))?/u.exec(
    value,
  )?.groups;
  if (found === undefined) return null;
  return {
    payloadType: Number(found.type),
    name: found.name ?? '',
    clockRate: Number(found.clock),
    channels: Number(found.channels ?? 1),
    parameters: null,
  };
}

function leadingNumber(value: string): number {
  const found = /^\d{1,3}(?=\s)/u.exec(value);
  return found === null ? -1 : Number(found[0]);
}
