import type { FrontOptions } from './front.ts';
import type { Account, OpenedAssociation } from './account.ts';
import type { Batched } from './batch.ts';
import type { Tally } from './drive.ts';

/** What a thread is told to read. */
export interface Order {
  /** An open regular file: descriptors are the process's, not the thread's. It stays open until the thread has ended. */
  readonly fd: number;
  readonly name: string;
  readonly size: number;
  /** Name of its format. */
  readonly format: string;
  readonly how: FrontOptions;
  /** A shared 32-bit number: how many batches were taken, so that their memory may be used again. */
  readonly taken: SharedArrayBuffer;
}

/** What has changed since the news before. */
export interface News {
  readonly tally: Pick<Tally, 'base' | 'packets' | 'bytes' | 'start' | 'end' | 'decimals'>;
  /** Bytes of the file that were read. */
  readonly read: number;
  /** Addresses that were given the next numbers. */
  readonly addresses: readonly Uint8Array[];
  /** Security associations that were opened. */
  readonly associations: readonly OpenedAssociation[];
}

/** What a thread says. After `account` or `failure` it says nothing more. */
export interface Report {
  readonly news: News;
  readonly batch?: Batched;
  readonly account?: Account;
  /** The sentence of a CaptureError. */
  readonly failure?: string;
}
