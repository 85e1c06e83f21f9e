/** Registrations by address of record, and replication between registrars (`sipglass registrations`). */

export const registrationStates = [
  'registered',
  'unregistered',
  'expired',
  'challenged',
  'rejected',
  'timed-out',
  'pending',
  'queried',
] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** A contact bound to an address of record, over the time that the capture shows. */
export interface Binding {
  /** URI as the registrar gave it, or as it was asked for. */
  readonly contact: string;
  readonly from: string;
  /** When it ended or will end; null where that is not known. */
  readonly until: string | null;
  /** `open`: valid at the end of the capture. `listed`: only named in the answer to another REGISTER. */
  readonly ended: 'open' | 'expired' | 'removed';
  /** Seconds granted last, and asked for. */
  readonly expires: number | null;
  readonly asked: number | null;
  readonly refreshes: number;
  /** Frame of the answer that bound it. */
  readonly frame: number;
  readonly q: string | null;
  /** RFC 5626: `+sip.instance` and `reg-id`. */
  readonly instance: string | null;
  readonly regId: string | null;
  /** RFC 5627. */
  readonly pubGruu: string | null;
  readonly tempGruu: string | null;
  /** Path of the request (RFC 3327). */
  readonly path: readonly string[];
  /** Where the REGISTER came from. */
  readonly source: string;
  readonly userAgent: string | null;
  /** Its own REGISTER is in the capture; else it was only listed in an answer. */
  readonly own: boolean;
}

/** What happened, in order. */
export interface RegistrationEvent {
  readonly ts: string;
  readonly frame: number;
  readonly callId: string;
  /** Number of the call (`CallRow.id`). */
  readonly call: number | null;
  readonly what:
    'bound' | 'refreshed' | 'removed' | 'queried' | 'challenged' | 'refused' | 'failed' | 'unanswered' | 'expired';
  readonly status: number | null;
  /** One sentence. */
  readonly explanation: string;
}

export interface Challenge {
  readonly realm: string | null;
  readonly algorithm: string | null;
  readonly qop: string | null;
  /** How often; of these with `stale=true`, and as an answer to credentials that were not stale. */
  readonly count: number;
  readonly stale: number;
  readonly afterCredentials: number;
  /** By 401 (registrar) or 407 (proxy). */
  readonly status: number;
}

export interface RegistrationRow {
  /** Number in the session, from 1. */
  readonly id: number;
  /** `sip:user@host`, the To of the REGISTERs. */
  readonly aor: string;
  readonly state: RegistrationState;
  /** One sentence: what is wrong, else what is. */
  readonly explanation: string;
  /** Where it was sent to on the first hop seen: `ip:port`. */
  readonly registrar: string;
  readonly source: string;
  /** Bindings that are valid at the end of the capture. */
  readonly active: number;
  readonly bindings: readonly Binding[];
  /** REGISTER transactions of the hop nearest to the client. */
  readonly registers: number;
  readonly refreshes: number;
  readonly challenged: number;
  readonly failures: number;
  readonly challenges: readonly Challenge[];
  /** Realms that the client answered for. */
  readonly answeredRealms: readonly string[];
  /** A sentence where the client never answers for the realm it is asked for. */
  readonly realmMismatch: string | null;
  /** From and To differ: a third party registers (in IMS: S-CSCF to application server). */
  readonly thirdParty: boolean;
  /** Who registers, where it is a third party. */
  readonly by: string | null;
  readonly serviceRoute: readonly string[];
  readonly associatedUris: readonly string[];
  /** Call-IDs, the first 20. */
  readonly callIds: readonly string[];
  /** Calls (`CallRow.id`), the first 20; the latest last. */
  readonly calls: readonly number[];
  readonly start: string;
  readonly end: string;
  /** The first 200; `moreEvents` were left out. */
  readonly events: readonly RegistrationEvent[];
  readonly moreEvents: number;
}

/** From one node of a cluster to another (Kamailio DMQ). */
export interface ReplicationRow {
  readonly from: string;
  readonly to: string;
  readonly requests: number;
  readonly answered: number;
  readonly failed: number;
  /** By what is replicated: `usrloc`, `htable`, `dialog`, `notification_peer` … (the user of the Request-URI). */
  readonly kinds: readonly {
    readonly kind: string;
    readonly requests: number;
    readonly bodies: readonly string[];
    readonly bytes: number;
  }[];
  readonly lastStatus: number | null;
  readonly intervalMs: number | null;
  readonly start: string;
  readonly end: string;
}

/** A node of the cluster: what the notifications say of it. */
export interface ReplicationNode {
  readonly node: string;
  readonly status: string | null;
  /** Sends or receives itself in the capture. */
  readonly seen: boolean;
  readonly saidBy: readonly string[];
}

export interface Replication {
  readonly nodes: readonly ReplicationNode[];
  readonly rows: readonly ReplicationRow[];
}

export interface RegistrationsQuery {
  readonly from: number;
  readonly count: number;
  /** Only where this text is in the address of record, a contact or an address; in any case. */
  readonly search?: string;
  readonly states?: readonly RegistrationState[];
}

export interface RegistrationsView {
  readonly rows: readonly RegistrationRow[];
  /** That match, and of all. */
  readonly total: number;
  readonly all: number;
  readonly states: Readonly<Partial<Record<RegistrationState, number>>>;
  readonly replication: Replication;
  readonly start: string | null;
  readonly end: string | null;
  readonly notes: readonly string[];
}
