/**
 * What is kept of each Call-ID, in `Messages.callRecords`: one record, since each message asks for most of it. Rows are
 * row + 1, 0 is none.
 */
export const OfCall = {
  /** Calls: its first and last message, and how many there are. */
  First: 0,
  Last: 1,
  Messages: 2,
  Retransmissions: 3,
  Copies: 4,
  /** See attempts.ts. */
  Deciding: 5,
  Began: 6,
  /** Rank of the deciding transaction, so that it need not be looked at for each new one. */
  Rank: 7,
  /** Transactions: the one opened last. */
  LastTransaction: 8,
  /** EarlyStates. */
  Early: 9,
  /** Calls: packet of the last message. */
  LastFrame: 10,
} as const;

/** Numbers in a record. */
export const CALL_FIELDS = 11;
