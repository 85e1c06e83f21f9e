import { nothingFound, type MediaFound } from '../../analysis/streams/media-streams.ts';
import type { PlacesFound } from '../../capture/record-places.ts';
import type { FaultCount } from '../../decode/faults.ts';
import type { OpenedAssociation } from '../../decode/esp-associations.ts';
import type { Refusal } from '../../decode/refusals.ts';
import { nothingSecured, type SecurityAccount } from '../security/security-account.ts';

export type { OpenedAssociation } from '../../decode/esp-associations.ts';

/** An input, read to its end. */
export interface FileAccount {
  readonly name: string;
  readonly format: string;
  readonly packets: number;
  readonly bytes: number;
}

/** What there is to say of a capture besides its messages, once all of it was read. Plain data. */
export interface Account {
  readonly files: readonly FileAccount[];
  /** Of each input: where it can be entered again. */
  readonly places: readonly PlacesFound[];
  readonly media: { readonly packets: number; readonly flows: number; readonly found: MediaFound };
  /** Packets by Outcome. */
  readonly ledger: ArrayLike<number>;
  /** Most frequent first. */
  readonly faults: readonly FaultCount[];
  /** ICMP errors about SIP, the first ones. */
  readonly refusals: readonly Refusal[];
  /** Ways in which packets of security associations were opened, in the order of their numbers, from 1. */
  readonly associations: readonly OpenedAssociation[];
  /** Security associations, and keys for them. */
  readonly security: SecurityAccount;
  /** Sentences about damage, and about limits that were reached and have no line in the ledger. */
  readonly warnings: readonly string[];
}

export const nothingRead: Account = {
  files: [],
  places: [],
  media: { packets: 0, flows: 0, found: nothingFound },
  ledger: [],
  faults: [],
  refusals: [],
  associations: [],
  security: nothingSecured,
  warnings: [],
};
