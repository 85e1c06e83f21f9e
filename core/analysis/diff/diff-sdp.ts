/** What changed between two session descriptions, by meaning: addresses, ports, codecs and their order, direction, attributes. */
import type { Codec } from '../../decode/sdp-codecs.ts';
import type { Attribute, Media, SessionDescription } from '../../decode/sdp.ts';
import { diffList, type Change } from './diff-list.ts';

/** Attributes that are told apart as codecs and direction. */
const told = new Set(['rtpmap', 'fmtp', 'sendrecv', 'sendonly', 'recvonly', 'inactive']);

/** Adds to `changes` what turns the description `a` into `b`; what stands for itself is called `SDP o=`, `SDP audio 1: port` … */
export function diffSdp(a: SessionDescription, b: SessionDescription, changes: Change[]): void {
  field('SDP o=', a.origin, b.origin, changes);
  field('SDP s=', a.sessionName, b.sessionName, changes);
  field('SDP c=', a.address, b.address, changes);
  attributes('SDP', a.attributes, b.attributes, changes);
  const namesA = names(a.media);
  const namesB = names(b.media);
  // Sections keep their places in offer and answer (RFC 3264 6), so they are compared place by place.
  for (let i = 0; i < Math.max(a.media.length, b.media.length); i++) {
    const before = a.media[i];
    const after = b.media[i];
    if (before !== undefined && after !== undefined && before.type === after.type) {
      const moved = a.address !== b.address && before.address === a.address && after.address === b.address;
      diffMedia(namesB[i] ?? '', before, after, moved, changes);
      continue;
    }
    if (before !== undefined)
      changes.push({ header: namesA[i] ?? '', kind: 'removed', before: line(before), after: null });
    if (after !== undefined) changes.push({ header: namesB[i] ?? '', kind: 'added', before: null, after: line(after) });
  }
}

/** `SDP audio 1`: numbers count sections of a type. */
function names(media: readonly Media[]): string[] {
  const counts = new Map<string, number>();
  return media.map(({ type }) => {
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return `SDP ${type} ${count}`;
  });
}

function line({ type, port, protocol, formats }: Media): string {
  return [type, port, protocol, ...formats].join(' ');
}

/** @param told the address changed as the session's did, which was said there */
function diffMedia(name: string, a: Media, b: Media, addressTold: boolean, changes: Change[]): void {
  field(`${name}: port`, ports(a), ports(b), changes);
  field(`${name}: protocol`, a.protocol, b.protocol, changes);
  if (!addressTold) field(`${name}: c=`, a.address, b.address, changes);
  field(`${name}: direction`, a.direction, b.direction, changes);
  if (a.codecs.length === 0 && b.codecs.length === 0) {
    diffList(`${name}: formats`, a.formats, b.formats, 'never', changes);
  } else diffCodecs(name, a.codecs, b.codecs, changes);
  attributes(`${name}:`, a.attributes, b.attributes, changes);
}

function ports({ port, portCount }: Media): string {
  return portCount === 1 ? String(port) : `${port}/${portCount}`;
}

function diffCodecs(name: string, a: readonly Codec[], b: readonly Codec[], changes: Change[]): void {
  diffList(`${name}: codec`, a.map(codecName), b.map(codecName), 'never', changes);
  const before = new Map(a.map((codec) => [codecName(codec), codec]));
  const seen = new Set<string>();
  for (const codec of b) {
    const encoding = codecName(codec);
    const other = before.get(encoding);
    if (other === undefined || seen.has(encoding)) continue;
    seen.add(encoding);
    field(`${name}: payload type of ${encoding}`, String(other.payloadType), String(codec.payloadType), changes);
    field(`${name}: a=fmtp of ${encoding}`, other.parameters, codec.parameters, changes);
  }
}

/** `opus/48000/2`; the payload type where nobody says what it is. */
function codecName({ name, clockRate, channels, payloadType }: Codec): string {
  if (name === '') return `payload type ${payloadType}`;
  return channels === 1 ? `${name}/${clockRate}` : `${name}/${clockRate}/${channels}`;
}

function attributes(prefix: string, a: readonly Attribute[], b: readonly Attribute[], changes: Change[]): void {
  const before = byName(a);
  const after = byName(b);
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    diffList(`${prefix} a=${name}`, before.get(name) ?? [], after.get(name) ?? [], 'in order', changes);
  }
}

function byName(list: readonly Attribute[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, value } of list) {
    if (told.has(name)) continue;
    const values = found.get(name);
    if (values === undefined) found.set(name, [value ?? '']);
    else values.push(value ?? '');
  }
  return found;
}

function field(header: string, before: string | null, after: string | null, changes: Change[]): void {
  if (before === after) return;
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
  changes.push({ header, kind, before, after });
}
