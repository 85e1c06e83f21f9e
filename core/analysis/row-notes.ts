/**
 * What the analyses keep of each message, in `Messages.notes`: one record, so that what they need to know of an earlier
 * message lies together. Each field is written by the analysis it is named under. Rows are row + 1, 0 is none.
 */
export const Note = {
  /** Transactions: number of the one it belongs to, 0 where none. */
  Transaction: 0,
  /** Calls: the next message of the call, 0 at its end. */
  NextOfCall: 1,
  /** Retransmissions: the message that it repeats. */
  Repeats: 2,
  /** On a first sending: the message before it in the transaction. On a retransmission: the sending before it, 0 where that is the first. */
  Before: 3,
  /** On a first sending: the latest one, where there are others. */
  LatestSending: 4,
  /** Of a provisional response other than 100. */
  Digest: 5,
  Surroundings: 6,
  /** IPv4 identification, 0 where there is none (IPv6) or the sender leaves it 0 (RFC 6864). */
  IpId: 7,
} as const;

/** Numbers in a record. */
export const NOTES = 8;
