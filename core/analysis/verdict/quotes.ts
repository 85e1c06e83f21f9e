/**
 * Words of the capture that a sentence may quote. The tables hold numbers; who can read messages again brings these.
 * Rows count from 0. What is returned is one line without control characters, '' where there is nothing.
 */
export interface Quotes {
  /** Reason phrase of a response: `Busy Here`. */
  phrase(row: number): string;
  /** Value of a header. */
  header(row: number, name: 'Reason' | 'Warning' | 'Retry-After'): string;
  /** Who sent a message, and to whom: `192.0.2.1:5060`. */
  sender(row: number): string;
  receiver(row: number): string;
}

export const noQuotes: Quotes = { phrase: () => '', header: () => '', sender: () => '', receiver: () => '' };
