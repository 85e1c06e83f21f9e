import type { Transport } from '../../decode/packet.ts';
import type { Tables } from '../tables.ts';
import { Reason } from './verdict.ts';
import { Field } from '../transactions.ts';

const MS = 1_000_000;
/** Estimate of the round trip and first retransmission interval (RFC 3261 17.1.1.1), nanoseconds. */
export const T1 = 500 * MS;
/** Longest interval between retransmissions of a request other than INVITE, and of a 2xx to INVITE. */
export const T2 = 4_000 * MS;
/** Timers B, F and H; also how long a 2xx is repeated (13.3.1.4). */
export const GIVE_UP = 64 * T1;
/** Timer C: how long an INVITE may go without a final response after a provisional one (16.6, step 11: more than 3 minutes). */
const TIMER_C = 180_000 * MS;
/**
 * Sendings after which a request counts as unanswered before its timer ran out, and the time they take at the least:
 * the sixth INVITE goes out after 15.5 s (the sixth of another request after 11.5 s), and whoever is there answers
 * within 200 ms, with 100 at least (17.2.1).
 */
const MANY_SENDINGS = 6;
const MANY_TAKE = 11_000 * MS;
/** `Transport.UDP` */
const UDP: Transport = 0;

/**
 * Whether a request without a final response is still waited for at `now` (`Reason.Waiting`), or why not. The capture
 * may end before the timers do: then a sender that has stopped repeating the request has given up.
 */
export function silence(tables: Tables, transaction: number, now: number, invite: boolean): Reason {
  const { messages, transactions, retransmissions } = tables;
  const provisional = transactions.get(transaction, Field.Provisional);
  if (invite && provisional !== 0) {
    return now - messages.time.get(provisional - 1) >= TIMER_C ? Reason.RangTooLong : Reason.Waiting;
  }
  const request = transactions.get(transaction, Field.Request);
  const start = messages.time.get(request === 0 ? transactions.get(transaction, Field.First) - 1 : request - 1);
  if (now - start >= GIVE_UP) return Reason.TimerRanOut;
  const sendings = transactions.get(transaction, Field.Sendings);
  // Over streams a request is sent once; and one that is being worked on may take its time.
  if (provisional !== 0 || request === 0 || messages.transport.get(request - 1) !== UDP) return Reason.Waiting;
  const last = messages.time.get(retransmissions.latestSending(request) - 1);
  // Intervals double, so the next one is at most twice the time that went by from the first sending to the last. Who
  // sends once, or twice at once, has a timer that is not known: no repetition for twice T2 is enough.
  const repeated = last - start;
  if (sendings >= MANY_SENDINGS && repeated >= MANY_TAKE) return Reason.ManySendings;
  const known = repeated >= T1 / 5;
  const due = known && (invite || repeated < T2) ? 2 * repeated : 2 * T2;
  return now - last > due + T1 ? Reason.SenderGaveUp : Reason.Waiting;
}
