import type { Answer, Contact, Wish } from './exchange.ts';

/** Bindings of one address of record that are kept. */
export const MOST_BINDINGS = 100;
const SECOND = 1_000_000_000;

export interface KeptBinding {
  contact: Contact;
  readonly from: number;
  /** NaN where nothing says it. */
  until: number;
  ended: 'open' | 'expired' | 'removed';
  asked: number | null;
  refreshes: number;
  readonly row: number;
  path: readonly string[];
  readonly sourceRow: number;
  userAgent: string | null;
  own: boolean;
}

/** What an accepted REGISTER did. */
export interface Effect {
  readonly bound: readonly KeptBinding[];
  readonly refreshed: readonly KeptBinding[];
  readonly removed: readonly KeptBinding[];
}

/** Contacts bound to one address of record, over time (RFC 3261 10.3; RFC 5626 for instances). */
export class Bindings {
  readonly list: KeptBinding[] = [];
  /** Bindings that were not kept. */
  left = 0;

  get active(): KeptBinding[] {
    return this.list.filter(({ ended }) => ended === 'open');
  }

  /** Ends what has expired by `time`; returns what did. */
  expire(time: number): KeptBinding[] {
    const over = this.active.filter(({ until }) => until <= time);
    for (const binding of over) binding.ended = 'expired';
    return over;
  }

  /**
   * Takes in a 2xx: it lists all bindings there are (step 8). Where it lists none, what was asked for counts.
   * @param row of the response
   * @param request its row
   */
  accept(wish: Wish, answer: Answer, time: number, row: number, request: number): Effect {
    const bound: KeptBinding[] = [];
    const refreshed: KeptBinding[] = [];
    const removed: KeptBinding[] = [];
    const remove = (binding: KeptBinding): void => {
      binding.ended = 'removed';
      binding.until = time;
      removed.push(binding);
    };
    const wanted = wish.contacts.filter(({ expires }) => expires !== 0);
    const listed = answer.contacts.filter(({ expires }) => expires !== 0);
    const unwanted = wish.contacts.filter(({ expires }) => expires === 0);
    if (wish.all) for (const binding of this.active) remove(binding);
    for (const contact of unwanted) {
      const known = this.find(contact);
      if (known !== undefined) remove(known);
    }
    const silent = answer.contacts.length === 0;
    for (const contact of silent ? wanted : listed) {
      const own = silent ? contact : ownOf(contact, wanted, listed);
      const seconds = contact.expires ?? own?.expires ?? null;
      const known = this.find(contact);
      if (known !== undefined) {
        // What was only listed and not asked for keeps its time, which the list says.
        known.until = seconds === null ? known.until : time + seconds * SECOND;
        known.contact = { ...contact, expires: seconds };
        if (own === undefined) continue;
        known.asked = own.expires;
        known.own = true;
        known.path = wish.path;
        known.userAgent = wish.userAgent;
        known.refreshes += 1;
        refreshed.push(known);
        continue;
      }
      if (this.list.length >= MOST_BINDINGS) {
        this.left += 1;
        continue;
      }
      const binding: KeptBinding = {
        contact: { ...contact, expires: seconds },
        from: time,
        until: seconds === null ? Number.NaN : time + seconds * SECOND,
        ended: 'open',
        asked: own?.expires ?? null,
        refreshes: 0,
        row,
        path: own === undefined ? [] : wish.path,
        sourceRow: request,
        userAgent: own === undefined ? null : wish.userAgent,
        own: own !== undefined,
      };
      this.list.push(binding);
      bound.push(binding);
    }
    if (!silent) {
      const named = new Set(listed.map(keyOf));
      for (const binding of this.active) if (!named.has(keyOf(binding.contact))) remove(binding);
    }
    return { bound, refreshed, removed };
  }

  private find(contact: Contact): KeptBinding | undefined {
    const key = keyOf(contact);
    return this.list.find((binding) => binding.ended === 'open' && keyOf(binding.contact) === key);
  }
}

/** The contact that was asked for and that the registrar lists as this one: by URI or instance; or the only one, rewritten by somebody in between. */
function ownOf(listed: Contact, wanted: readonly Contact[], all: readonly Contact[]): Contact | undefined {
  const same = wanted.find((one) => one.uri === listed.uri || keyOf(one) === keyOf(listed));
  if (same !== undefined) return same;
  return wanted.length === 1 && all.length === 1 ? wanted[0] : undefined;
}

function keyOf({ uri, instance, regId }: Contact): string {
  return instance !== null && regId !== null ? `${instance} ${regId}` : uri;
}
