/** Sequence numbers of RTP (RFC 3550 A.1) without wrapping, and which of the last ones came. */

/** Numbers that are remembered; what is farther behind is taken as new. A power of two. */
const REMEMBERED = 4096;
/** A packet so far behind the newest is an old one; farther, the sequence goes on elsewhere. */
const MISORDERED = 1000;

export class Sequence {
  private newest = -1;
  private played = -1;
  /** By number, in turn: the last one that came. */
  private readonly came = new Float64Array(REMEMBERED).fill(-1);
  /** Likewise those that were counted as lost. */
  private readonly missed = new Float64Array(REMEMBERED).fill(-1);

  /** How far a packet is ahead of the newest; 0 or less: it is out of order. 1 for the first. */
  ahead(sequence: number): number {
    return this.newest < 0 ? 1 : this.number(sequence) - this.newest;
  }

  /** Its number without wrapping. */
  number(sequence: number): number {
    const step = (sequence - this.newest) & 0xffff;
    return this.newest + (step > 0xffff - MISORDERED ? step - 0x1_0000 : step);
  }

  /** Goes on with this number: what lies between is not lost. */
  restart(sequence: number): void {
    // Beyond all that is remembered, and so that nothing of what came counts as a duplicate.
    const next = Math.max(0, this.newest) + REMEMBERED + MISORDERED;
    this.newest = next - (next & 0xffff) + sequence;
    if (this.newest < next) this.newest += 0x1_0000;
    this.played = this.newest - 1;
  }

  has(number: number): boolean {
    return this.came[number & (REMEMBERED - 1)] === number;
  }

  note(number: number): void {
    this.came[number & (REMEMBERED - 1)] = number;
    if (number > this.newest) this.newest = number;
  }

  isNewest(number: number): boolean {
    return number === this.newest;
  }

  /** Whether it was counted as lost, for a later one was played before it came. */
  wasMissed(number: number): boolean {
    return this.missed[number & (REMEMBERED - 1)] === number;
  }

  /** A packet is played: how many before it did not come. */
  play(number: number): number {
    let missed = 0;
    if (number - this.played > REMEMBERED) missed = number - this.played - 1;
    else {
      for (let one = this.played + 1; one < number; one++) {
        if (this.has(one)) continue;
        this.missed[one & (REMEMBERED - 1)] = one;
        missed += 1;
      }
    }
    if (number > this.played) this.played = number;
    return missed;
  }
}
