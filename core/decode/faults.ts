/** A kind of fault, declared once by the decoder that finds it. */
export interface FaultKind {
  /** Protocol as in the list of decoders: `ipv4`, `sip`. */
  readonly protocol: string;
  /** For programs: `length-beyond-packet`. */
  readonly code: string;
  /** For people, one sentence: which field lied, and what is done about it. */
  readonly text: string;
}

/** How often a fault was seen, and where first. */
export interface FaultCount {
  readonly kind: FaultKind;
  count: number;
  /** The first few frames it was seen in, at most FRAMES_KEPT. */
  readonly frames: number[];
}

const FRAMES_KEPT = 10;

/** Faults of a session, counted by kind: broken traffic is data. Memory is bounded by the number of kinds. */
export class Faults {
  private readonly byKind = new Map<FaultKind, FaultCount>();

  note(kind: FaultKind, frame: number): void {
    const known = this.byKind.get(kind);
    if (known === undefined) {
      this.byKind.set(kind, { kind, count: 1, frames: [frame] });
      return;
    }
    known.count += 1;
    if (known.frames.length < FRAMES_KEPT) known.frames.push(frame);
  }

  /** Most frequent first; equal counts by protocol and code, so that two runs print the same. */
  list(): FaultCount[] {
    return [...this.byKind.values()].sort(
      (a, b) => b.count - a.count || compare(a.kind.protocol, b.kind.protocol) || compare(a.kind.code, b.kind.code),
    );
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
