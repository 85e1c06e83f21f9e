import { detect } from '../../capture/formats.ts';

/** Where an IP header is looked for: behind any usual link header, and tags. */
const MAX_LINK_HEADER = 64;
/** An ESP packet of so many bytes is longer than one with voice. */
const LONGER_THAN_VOICE = 300;
const ESP = 50;
const UDP = 17;
/** Port of ESP in UDP (RFC 3948). */
const NAT_TRAVERSAL = 4500;

/**
 * How many packets at the beginning of a capture, of which `sample` is a piece, are ESP with more in them than voice: SIP,
 * as far as one can tell without a key. A guess: nothing but speed may depend on it.
 */
export function protectedMessages(sample: Uint8Array): number {
  const reader = detect(sample)?.open();
  if (reader === undefined) return 0;
  const view = new DataView(sample.buffer, sample.byteOffset, sample.length);
  let found = 0;
  for (let at = 0; at < sample.length;) {
    const used = reader.next(sample, view, at, sample.length);
    if (used <= 0) break;
    at += used;
    const { packet, captured, dataAt } = reader;
    if (packet && captured >= LONGER_THAN_VOICE && isEsp(view, dataAt, dataAt + captured)) found += 1;
  }
  return found;
}

/** Whether there is an IP header near the beginning whose length fits the packet, with ESP behind it. */
function isEsp(view: DataView, start: number, end: number): boolean {
  for (let at = start; at < start + MAX_LINK_HEADER; at++) {
    const first = view.getUint8(at);
    if (first === 0x45 && view.getUint16(at + 2) === end - at) return names(view, view.getUint8(at + 9), at + 20);
    if (first >>> 4 === 6 && view.getUint16(at + 4) === end - at - 40) {
      return names(view, view.getUint8(at + 6), at + 40);
    }
  }
  return false;
}

function names(view: DataView, protocol: number, at: number): boolean {
  if (protocol === ESP) return true;
  return protocol === UDP && (view.getUint16(at) === NAT_TRAVERSAL || view.getUint16(at + 2) === NAT_TRAVERSAL);
}
