import { ContractError } from '../../contract/api.ts';
import type { KeyChange } from '../../contract/security.ts';
import type { Agreement } from '../../ipsec/agreement.ts';
import type { KnownPair } from '../../ipsec/pairs.ts';
import { nothingKnown, type Known } from '../../ipsec/ring.ts';
import { knownPair, typedKeysOf, type TypedKey } from './typed-keys.ts';

/** In what the keys that are known differ from those before. */
export interface KeyDifference {
  /** Those that are new, and those that are gone. */
  readonly keys: readonly TypedKey[];
  /** Whether keys in the capture count, before and now. */
  readonly auto: { readonly from: boolean; readonly to: boolean };
}

/** The keys of a capture that the user knows, and whether those in the capture count. */
export class CaptureKeys {
  typed: readonly TypedKey[] = [];
  auto = true;
  private next = 1;

  /** Takes other keys than before and says what differs. Throws ContractError `bad-request`, and then nothing has changed. */
  change({ keep = [], add = {}, auto = this.auto }: KeyChange): KeyDifference {
    const kept = new Set(keep);
    const stays = this.typed.filter(({ id }) => kept.has(id));
    if (stays.length < kept.size) throw new ContractError('not-found', 'a key that was to stay is not there');
    const added = typedKeysOf(add, this.next);
    const gone = this.typed.filter((key) => !stays.includes(key));
    const from = this.auto;
    this.next += added.length;
    this.typed = [...stays, ...added];
    this.auto = auto;
    return { keys: [...gone, ...added], auto: { from, to: auto } };
  }

  /** What a reading is to know from the start; `learnt` is what another one found in the capture. */
  known(
    learnt: { readonly pairs: readonly KnownPair[]; readonly agreements: readonly Agreement[] } = nothingKnown,
  ): Known {
    const pairs = this.typed.map(knownPair).filter((pair) => pair !== null);
    return {
      associations: this.typed.map(({ association }) => association).filter((one) => one !== null),
      pairs: [...pairs, ...(this.auto ? learnt.pairs.filter(({ kind }) => kind !== 'user') : [])],
      agreements: learnt.agreements,
      auto: this.auto,
    };
  }
}
