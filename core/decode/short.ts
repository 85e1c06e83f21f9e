import type { FaultKind } from './faults.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';

/**
 * A header did not fit. Where the capture kept less than the packet had (snaplen), that is why, and no fault of the
 * sender's; else the packet is malformed, and the fault is noted.
 */
export function shortPacket(packet: Packet, fault: FaultKind): void {
  if (packet.missing > 0) {
    packet.outcome = Outcome.CutBySnaplen;
    return;
  }
  packet.faults.note(fault, packet.frame);
  packet.outcome = Outcome.Malformed;
}
