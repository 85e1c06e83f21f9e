import type { Calls } from './calls.ts';
import type { Messages } from './messages.ts';
import type { Registrations } from './registrations.ts';
import type { Retransmissions } from './retransmissions.ts';
import type { Transactions } from './transactions.ts';

/** What the questions about a call are answered from. */
export interface Tables {
  readonly messages: Messages;
  readonly retransmissions: Retransmissions;
  readonly transactions: Transactions;
  readonly registrations: Registrations;
  readonly calls: Calls;
}
