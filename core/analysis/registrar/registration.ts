import { Bindings, type KeptBinding } from './bindings.ts';
import type { Answer, Asked, Wish } from './exchange.ts';

/** Events of one address of record that are kept; the rest is counted. */
export const MOST_EVENTS = 200;
/** Kinds of challenges, realms, Call-IDs and nonces that are kept of it. */
const MOST_KINDS = 20;

export type What =
  'bound' | 'refreshed' | 'removed' | 'queried' | 'challenged' | 'refused' | 'failed' | 'unanswered' | 'expired';

export interface KeptEvent {
  readonly time: number;
  /** Of the message that shows it: the response, or the request that got none. */
  readonly row: number;
  readonly what: What;
  readonly status: number;
  readonly detail: string;
}

export interface KeptChallenge {
  readonly realm: string | null;
  readonly algorithm: string | null;
  readonly qop: string | null;
  readonly status: number;
  count: number;
  stale: number;
  afterCredentials: number;
}

/** All REGISTERs for one address of record (and by one third party). */
export class Registration {
  readonly bindings = new Bindings();
  readonly events: KeptEvent[] = [];
  readonly challenges: KeptChallenge[] = [];
  readonly answeredRealms = new Set<string>();
  readonly calls = new Set<number>();
  moreEvents = 0;
  registers = 0;
  refreshes = 0;
  challenged = 0;
  failures = 0;
  /** Challenges that no credentials followed, in a row; and refusals of credentials. */
  unansweredChallenges = 0;
  refused = 0;
  /** Somebody waits for an answer. */
  pending = false;
  /** Realms asked for and answered do not fit. */
  wrongRealm: { readonly asked: string; readonly given: string } | null = null;
  last: What | null = null;
  lastStatus = 0;
  lastRow = 0;
  /** Wanted nothing but to know. */
  onlyQueries = true;
  serviceRoute: readonly string[] = [];
  associated: readonly string[] = [];
  readonly aor: string;
  /** Null where From and To are the same. */
  readonly by: string | null;
  /** Row of the first and of the latest request. */
  readonly firstRow: number;
  latestRow: number;

  private readonly nonces: string[] = [];

  constructor(wish: Wish, row: number) {
    this.aor = wish.aor;
    this.by = wish.by === wish.aor || wish.by === '' ? null : wish.by;
    this.firstRow = this.latestRow = row;
  }

  /** A REGISTER with what came back for it. */
  exchange(wish: Wish, what: Result): void {
    this.registers += 1;
    this.latestRow = what.request;
    if (this.calls.size < MOST_KINDS) this.calls.add(what.call);
    if (wish.contacts.length > 0 || wish.all) this.onlyQueries = false;
    if (wish.answer !== null) {
      this.unansweredChallenges = 0;
      if (wish.answer.realm !== null && this.answeredRealms.size < MOST_KINDS)
        this.answeredRealms.add(wish.answer.realm);
    }
    this.expire(what.time);
    this.pending = what.answer === null && !what.silent;
    if (what.answer === null) {
      if (what.silent) this.fails('unanswered', what, 'no answer');
      return;
    }
    if (what.status >= 200 && what.status < 300) this.accepted(wish, what.answer, what);
    else if (what.status === 401 || what.status === 407) this.challenge(wish, what.answer, what);
    else this.fails('failed', what, what.answer.minExpires === null ? '' : `Min-Expires ${what.answer.minExpires} s`);
  }

  /** Ends what has expired by `time`. */
  expire(time: number): void {
    for (const { until, contact, row } of this.bindings.expire(time))
      this.note({ time: until, row, what: 'expired', status: 0, detail: contact.uri });
  }

  private accepted(wish: Wish, answer: Answer, what: Result): void {
    this.unansweredChallenges = this.refused = 0;
    this.wrongRealm = null;
    if (answer.serviceRoute.length > 0) this.serviceRoute = answer.serviceRoute;
    if (answer.associated.length > 0) this.associated = answer.associated;
    const { bound, refreshed, removed } = this.bindings.accept(wish, answer, what.time, what.row, what.request);
    const own = (list: readonly KeptBinding[]): KeptBinding[] => list.filter((binding) => binding.own);
    const names = (list: readonly KeptBinding[]): string => list.map(({ contact }) => contact.uri).join(', ');
    const base = { time: what.time, row: what.row, status: what.status };
    this.refreshes += refreshed.length > 0 ? 1 : 0;
    const query = wish.contacts.length === 0 && !wish.all;
    if (query) this.note({ ...base, what: 'queried', detail: names(this.bindings.active) });
    else if (removed.length > 0 || wish.all || wish.contacts.every(({ expires }) => expires === 0))
      this.note({ ...base, what: 'removed', detail: names(removed) });
    if (own(bound).length > 0) this.note({ ...base, what: 'bound', detail: granted(own(bound)) });
    if (refreshed.length > 0) this.note({ ...base, what: 'refreshed', detail: granted(refreshed) });
  }

  private challenge(wish: Wish, answer: Answer, what: Result): void {
    const { status } = what;
    this.challenged += 1;
    const stale = answer.asked.some((asked) => asked.stale);
    // With a nonce of another time, from before the capture, the client could not know better.
    const nonce = wish.answer?.nonce ?? null;
    const refused =
      wish.answer !== null && !stale && (nonce === null || this.nonces.includes(nonce) || this.refused > 0);
    for (const asked of answer.asked) {
      this.count(asked, status, refused);
      if (asked.nonce !== null) {
        this.nonces.push(asked.nonce);
        if (this.nonces.length > MOST_KINDS) this.nonces.shift();
      }
    }
    const realms = answer.asked.flatMap(({ realm }) => realm ?? []);
    const given = wish.answer?.realm ?? null;
    const detail = `${realms.map((realm) => `realm “${realm}”`).join(', ')}${stale ? ', stale nonce' : ''}`;
    if (!refused) {
      if (wish.answer === null) this.unansweredChallenges += 1;
      this.note({ time: what.time, row: what.row, what: 'challenged', status, detail });
      return;
    }
    this.refused += 1;
    if (given !== null && realms.length > 0 && !realms.includes(given))
      this.wrongRealm = { asked: realms.join(', '), given };
    this.fails('refused', what, detail);
  }

  private count(asked: Asked, status: number, refused: boolean): void {
    let kind = this.challenges.find(
      (one) =>
        one.realm === asked.realm &&
        one.algorithm === asked.algorithm &&
        one.qop === asked.qop &&
        one.status === status,
    );
    if (kind === undefined) {
      if (this.challenges.length >= MOST_KINDS) return;
      const { realm, algorithm, qop } = asked;
      kind = { realm, algorithm, qop, status, count: 0, stale: 0, afterCredentials: 0 };
      this.challenges.push(kind);
    }
    kind.count += 1;
    if (asked.stale) kind.stale += 1;
    if (refused) kind.afterCredentials += 1;
  }

  private fails(what: What, { time, row, status }: Result, detail: string): void {
    this.failures += 1;
    this.note({ time, row, what, status, detail });
  }

  private note(event: KeptEvent): void {
    this.last = event.what;
    this.lastStatus = event.status;
    this.lastRow = event.row;
    if (this.events.length < MOST_EVENTS) this.events.push(event);
    else this.moreEvents += 1;
  }
}

/** What came back for a REGISTER. */
export interface Result {
  readonly call: number;
  /** Row of the request, and of what shows the result (the response, else the request). */
  readonly request: number;
  readonly row: number;
  /** Of the response; of the request, where there is none. */
  readonly time: number;
  /** 0 without an answer. */
  readonly status: number;
  readonly answer: Answer | null;
  /** No answer will come any more. */
  readonly silent: boolean;
}

function granted(bindings: readonly KeptBinding[]): string {
  return bindings
    .map(({ contact, asked }) => {
      const span = contact.expires === null ? '' : ` for ${contact.expires} s`;
      const less =
        asked !== null && contact.expires !== null && asked !== contact.expires ? ` (asked: ${asked} s)` : '';
      return `${contact.uri}${span}${less}`;
    })
    .join(', ');
}
