import { isInDialog } from '../verdict/attempts.ts';
import { Flag } from '../messages.ts';
import type { Tables } from '../tables.ts';
import { Field } from '../transactions.ts';

/**
 * How many hops the deciding request of a call took, as far as the capture shows it: the latest attempt, along its
 * longest way. Every proxy on the way puts a Via on top (RFC 3261 16.6), so it is the difference in their number; a
 * fork to three phones is no longer than a call to one, and each pass of a loop counts. Where only responses are in the
 * capture, theirs say the same. Proxies that hide the Vias are not counted. 1 to 255; 0 for a call of which nothing is known.
 */
export function hopsOf(tables: Tables, call: number): number {
  const { calls } = tables;
  if (calls.deciding(call) === 0) return 0;
  const hops = depth(tables, call, true);
  return hops === 0 ? depth(tables, call, false) : hops;
}

function depth(tables: Tables, call: number, requests: boolean): number {
  const { messages, transactions, calls } = tables;
  const deciding = calls.deciding(call);
  const model = transactions.get(deciding, Field.First) - 1;
  const inDialog = isInDialog(messages, transactions, deciding);
  let fewest = 256;
  let most = -1;
  for (let next = calls.first(call) + 1; next !== 0; next = calls.next.get(next - 1)) {
    const row = next - 1;
    if (((messages.flags.get(row) & Flag.Request) !== 0) !== requests) continue;
    if (messages.cseqNumber.get(row) !== messages.cseqNumber.get(model)) continue;
    if (messages.cseqMethod.get(row) !== messages.cseqMethod.get(model)) continue;
    if (requests && !inDialog && messages.toTag.get(row) !== 0) continue;
    const vias = messages.viaCount.get(row);
    if (vias < fewest) fewest = vias;
    if (vias > most) most = vias;
  }
  return most < 0 ? 0 : Math.min(255, most - fewest + 1);
}
