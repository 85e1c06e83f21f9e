/** Values of `Packet.sipPorts`. */
export const SipPort = {
  None: 0,
  /** A port SIP is usually on: what is not SIP there has a line of its own in the ledger. */
  Usual: 1,
  /** The user said that SIP is spoken here: a message whose first line is broken is taken all the same. */
  Forced: 2,
} as const;

/** SipPort by port number: 5060 and 5061 (RFC 3261 19.1.2), and 5080, which SIP servers on one host with another use. */
export function usualSipPorts(): Uint8Array {
  const ports = new Uint8Array(65_536);
  for (const port of [5060, 5061, 5080]) ports[port] = SipPort.Usual;
  return ports;
}
