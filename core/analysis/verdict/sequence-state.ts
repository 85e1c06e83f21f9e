/** RFC 3550 A.1: a sequence that is so far ahead began anew; one that is not so far behind is late. */
const MAX_DROPOUT = 3000;
const MAX_MISORDER = 1000;

/** To what a missing packet was put down. */
export interface Cause {
  readonly place: number;
  readonly slot: number;
  readonly mark: number;
}

/** What a packet's sequence number says: one object, used again for each packet. */
export interface SequenceNews {
  /** It follows the newest one. */
  next: boolean;
  /** Numbers left out before it. */
  gap: number;
  /** It was taken for lost, or came before its time; `cause` is what its loss was put down to. */
  late: boolean;
  cause: Cause | null;
  duplicate: boolean;
  /** The sequence goes on here, and is none of the one before. */
  restart: boolean;
  /** It is the newest now. */
  newest: boolean;
}

const SEEN = 1;
/** Causes remembered: of 65,536 numbers in a row, at most every other one is missing by itself. */
const CAUSES = 65_536;

/** Which of the last 65,536 sequence numbers came, and to what those that did not were put down. */
export class SequenceState {
  private max = 0;
  private jump = -1;
  /** By sequence number: 0 unknown, 1 seen, else the number of a cause + 2. */
  private readonly states = new Uint32Array(65_536);
  private readonly causes: Cause[] = [];
  private causesSoFar = 0;
  private readonly news: SequenceNews = {
    next: false,
    gap: 0,
    late: false,
    cause: null,
    duplicate: false,
    restart: false,
    newest: false,
  };

  begin(sequence: number): void {
    this.max = sequence;
    this.states.fill(0);
    this.states[sequence] = SEEN;
  }

  next(sequence: number): SequenceNews {
    const { news, states } = this;
    const ahead = (sequence - this.max) & 0xffff;
    const back = (65_536 - ahead) & 0xffff;
    news.next = ahead === 1;
    news.gap = ahead > 1 && ahead < MAX_DROPOUT ? ahead - 1 : 0;
    news.cause = null;
    news.late = false;
    news.duplicate = false;
    news.restart = false;
    news.newest = ahead > 0 && ahead < MAX_DROPOUT;
    if (!news.newest && back < MAX_MISORDER) {
      const state = states[sequence] as number;
      news.duplicate = state === SEEN;
      news.late = !news.duplicate;
      news.cause = state > SEEN ? (this.causes[state - 2] ?? null) : null;
    } else if (!news.newest) {
      // The second in a row shows that the one before was the first of another sequence.
      if (this.jump !== sequence) {
        this.jump = (sequence + 1) & 0xffff;
        return news;
      }
      states.fill(0);
      states[(sequence - 1) & 0xffff] = SEEN;
      this.jump = -1;
      news.restart = true;
      news.newest = true;
    }
    states[sequence] = SEEN;
    if (news.newest) this.max = sequence;
    return news;
  }

  /** Puts the `count` numbers before `sequence` down to a cause. */
  missing(sequence: number, count: number, cause: Cause): void {
    const place = this.causesSoFar % CAUSES;
    this.causesSoFar += 1;
    this.causes[place] = cause;
    const state = place + 2;
    for (let i = 1; i <= count; i++) this.states[(sequence - i) & 0xffff] = state;
  }
}
