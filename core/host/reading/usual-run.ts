import type { Input } from '../../capture/input.ts';
import { Outcome } from '../../decode/ledger.ts';
import type { Packet } from '../../decode/packet.ts';
import { usualMedia } from '../../decode/usual-media.ts';
import type { Tally } from './drive.ts';

/** Bytes of a record in front of the packet. */
const HEADER = 16;

/**
 * Reads on from a packet of media over those behind it that are of the usual form (`usual-media.ts`), in order of time
 * and kept whole, as far as the window reaches: what is the same from one to the next, or only counts, is put down once
 * at the end. Whatever else comes is left where it is, for the long way. Of inputs whose records are all of one form.
 */
export function usualRun(input: Input, packet: Packet, tally: Tally): void {
  const { reader, window } = input;
  const { layout } = reader;
  const { base } = tally;
  if (layout === null || base === null) return;
  const { little, longest, scale, linkType } = layout;
  const { view, end } = window;
  const origin = input.positionOf(0);
  let { at } = window;
  let latest = tally.end;
  let wire = 0;
  let { frame } = packet;
  packet.begin();
  packet.linkType = linkType;
  packet.missing = 0;
  while (end - at > HEADER) {
    const captured = view.getUint32(at + 8, little);
    if (captured > longest || end - at - HEADER < captured || view.getUint32(at + 12, little) !== captured) break;
    const parts = view.getUint32(at + 4, little) * scale;
    const time = (view.getUint32(at, little) - base) * 1e9 + parts;
    if (parts >= 1e9 || !(time >= latest)) break;
    const start = at + HEADER;
    packet.frame = frame + 1;
    packet.time = time;
    packet.start = start;
    packet.end = start + captured;
    packet.position = origin + start;
    if (!usualMedia(packet, start, start + captured)) break;
    latest = time;
    frame += 1;
    wire += captured;
    at = start + captured;
  }
  const packets = frame - tally.packets;
  input.packets += packets;
  packet.frame = frame;
  tally.packets = frame;
  tally.bytes += wire;
  tally.end = latest;
  packet.ledger.add(Outcome.Media, packets);
  window.at = at;
}
