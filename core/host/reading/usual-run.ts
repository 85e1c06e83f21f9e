import type { MediaProgram } from '../../analysis/streams/media-program.ts';
import type { Input } from '../../capture/input.ts';
import { Outcome } from '../../decode/ledger.ts';
import type { Packet } from '../../decode/packet.ts';
import type { Tally } from './drive.ts';

/**
 * Reads on from a packet of media over those behind it that hold media as well, and are of the usual form and known to
 * the program, in order of time and kept whole, as far as the window reaches. Whatever else comes is left where it is,
 * for the long way. Of inputs whose records are all of one form, and whose window the program reaches.
 */
export function usualRun(input: Input, packet: Packet, tally: Tally, program: MediaProgram): void {
  const { reader, window } = input;
  const { layout } = reader;
  const { base } = tally;
  if (layout === null || base === null || !program.memory.holds(window.bytes)) return;
  window.at = program.run(layout, base, tally.end, tally.packets, window.bytes, window.at, window.end);
  const packets = program.ran;
  input.packets += packets;
  packet.frame += packets;
  packet.ledger.add(Outcome.Media, packets);
  tally.packets += packets;
  tally.bytes += program.wire;
  tally.end = program.latest;
}
