/** Calls that belong together: legs of one call across a B2BUA or SBC. */

/**
 * What shows that two calls are legs of one. `header`: a header of one names the other's Call-ID, or both have the same
 * value. `session-id`: RFC 7989. `icid`: P-Charging-Vector. `replaces`: Replaces, Join or Target-Dialog names the other's
 * dialog. `media`: both announce the same place for media. `users`: the same users, one call within the other. `user`:
 * joined by the user.
 */
export type LegEvidenceKind = 'header' | 'session-id' | 'icid' | 'replaces' | 'media' | 'users' | 'user';

export interface LegEvidence {
  readonly kind: LegEvidenceKind;
  /** A sentence with frames; quotes the capture. */
  readonly text: string;
  readonly frames: readonly number[];
  /** 0 to 1 */
  readonly confidence: number;
}

/** Two calls (numbers, `a` the older one) that are legs of one. */
export interface LegLink {
  readonly a: number;
  readonly b: number;
  readonly evidence: readonly LegEvidence[];
  /** 0 to 1; what several kinds of evidence say together. */
  readonly confidence: number;
}

/** What the user says about legs: it goes before what was found out. Calls are named by their Call-ID, so that it can be kept. */
export interface LegChoices {
  /** Pairs that belong together. */
  readonly join?: readonly (readonly [string, string])[];
  /** Pairs that do not. Who is still tied by a third stays in the group. */
  readonly cut?: readonly (readonly [string, string])[];
  /** Headers that carry the other leg's Call-ID, or a value that both legs have; besides the usual ones. */
  readonly headers?: readonly string[];
}

/** A call with all calls that belong to it, found over any number of steps. */
export interface LegGroup {
  /** In the order of their start. */
  readonly calls: readonly { readonly id: number; readonly callId: string }[];
  readonly links: readonly LegLink[];
  /** Links that the user cut, in this group or between its calls and others. */
  readonly cut: readonly (readonly [string, string])[];
}
