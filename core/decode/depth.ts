import { Outcome } from './ledger.ts';
import { MAX_DEPTH, type Packet } from './packet.ts';

/**
 * Counts one more tunnel or shim. Every decoder that can stand within itself, by whatever way round, asks here first,
 * so that a packet of nothing but tags or tunnels ends. False where it is too deep; then the outcome is written.
 */
export function deeper(packet: Packet): boolean {
  if (++packet.depth <= MAX_DEPTH) return true;
  packet.outcome = Outcome.TooDeep;
  return false;
}
