import { transportNames } from '../../decode/packet.ts';
import type { SipMessage } from '../../decode/sip-message.ts';
import { paramValue } from '../../decode/sip-values.ts';
import { ipAddress } from '../ip-address.ts';
import type { Session } from '../session.ts';
import { end } from '../table-columns.ts';

/**
 * Where a response went other than its top Via says (RFC 3261 18.2.2, RFC 3581 4), in a sentence; null where it went as
 * it should, or that can't be told (a name that has to be looked up, another transport: over a stream it goes back on the
 * connection). Without `received` it goes to sent-by; one that goes back to where the request came from all the same is
 * told too: through a NAT that works, otherwise it may not.
 * @param request of the same hop and its row, null where that was not captured
 */
export function strayAnswer(
  { analysis, addresses }: Session,
  row: number,
  response: SipMessage,
  request: SipMessage | null,
  asked: number,
): string | null {
  const { messages } = analysis;
  const [via] = response.vias;
  const transport = transportNames[messages.transport.get(row)];
  if (via === undefined || transport !== 'UDP' || !/^UDP$/iu.test(via.transport)) return null;
  const dst = addresses.text(messages.dst.get(row));
  const dport = messages.dport.get(row);
  const maddr = paramValue(via.params, 'maddr');
  const named = maddr ?? via.received ?? via.host;
  const address = ipAddress(named);
  const port = maddr === null && via.rport !== null ? via.rport : (via.port ?? 5060);
  const there = end(dst, dport);
  if (dport === port && (address === null || address === dst)) return null;
  if (address === null && dport !== port && request === null) return null;
  const says = end(address ?? named, port);
  const source =
    request !== null && dst === addresses.text(messages.src.get(asked)) && dport === messages.sport.get(asked);
  return source
    ? `frame ${messages.frame.get(row)}: the response went back to ${there}, where the request came from; its Via says ${says}`
    : `frame ${messages.frame.get(row)}: the response went to ${there}; its Via says ${says}`;
}
