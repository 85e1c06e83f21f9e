import { ipText } from '../bytes/ip-text.ts';
import { wireText } from '../bytes/text.ts';

/** Addresses that are kept, names for each, and bytes of a name: beyond, a capture is not told its names. */
const MAX_ADDRESSES = 65_536;
const MAX_NAMES = 16;
const MAX_LENGTH = 255;

const IPV4 = 1;
const IPV6 = 2;

/**
 * Adds the records of a Name Resolution Block, `bytes[start, end)`, to `names`: address text → names. Records of other
 * kinds are passed over; a record that reaches beyond the end is the last one looked at.
 */
export function addNames(
  names: Map<string, string[]>,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  little: boolean,
): void {
  for (let at = start; end - at >= 4;) {
    const kind = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    const from = at + 4;
    const to = from + length;
    if (kind === 0 || to > end) return;
    if (kind === IPV4 && length >= 4) addTo(names, ipText(bytes.subarray(from, from + 4)), bytes, from + 4, to);
    if (kind === IPV6 && length >= 16) addTo(names, ipText(bytes.subarray(from, from + 16)), bytes, from + 16, to);
    at = from + ((length + 3) & ~3);
  }
}

/** Names stand one after the other, each with a zero byte behind it. */
function addTo(names: Map<string, string[]>, address: string, bytes: Uint8Array, start: number, end: number): void {
  let known = names.get(address);
  if (known === undefined) {
    if (names.size >= MAX_ADDRESSES) return;
    known = [];
    names.set(address, known);
  }
  for (let at = start; at < end && known.length < MAX_NAMES;) {
    const zero = bytes.subarray(at, end).indexOf(0);
    const stop = zero === -1 ? end : at + zero;
    const name = wireText(bytes.subarray(at, Math.min(stop, at + MAX_LENGTH)));
    if (name !== '' && !known.includes(name)) known.push(name);
    at = stop + 1;
  }
}
