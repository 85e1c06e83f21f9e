import { mayHaveStopped, type Doubt } from './doubt.ts';
import { Mode } from './mode.ts';
import type { History, SentCalls, Stretch } from './history.ts';
import type { IsGood } from './thresholds.ts';
import type { Words } from './words.ts';

/** Transitions of one destination that are kept; its flags go on being followed. */
export const MOST_TRANSITIONS = 2000;
/** Of a beat: a prober of which so much was seen behind a probe was there when the next one was due, or nearly. */
const NEARLY_DUE = 0.9;
/** Probing that begins this many beats after a call failed, and without a beat this many nanoseconds, began because of it. */
const BEATS_AFTER_FAILURE = 2;
const AFTER_FAILURE = 120_000_000_000;

export type Letter = 'A' | 'T' | 'I';

export interface Transition {
  /** Nanoseconds since the session's base. */
  readonly time: number;
  /** Row of the message that shows it. */
  readonly row: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string;
}

/** What a prober is known to do. */
export interface Habits {
  readonly probing: number;
  readonly inactive: number;
  readonly isGood: IsGood;
  readonly mode: Mode;
  /** A failed call takes a destination out, also one that is probed. */
  readonly marks: boolean;
  /** A failed call that probing begins with makes a destination inactive at once: it takes several good answers to come back. */
  readonly marksInactive: boolean;
  /** The prober probes others by a beat: then a single probe is the first of more. */
  readonly keepsBeat: boolean;
  readonly doubt: Doubt;
  /** Its last message. */
  readonly lastSeen: number;
}

/** A destination's flags over time. */
export interface Course {
  readonly transitions: readonly Transition[];
  /** Transitions that were left out. */
  readonly more: number;
  /** As of the moment asked for. */
  readonly letter: Letter | null;
  readonly probed: boolean | null;
  readonly reason: string;
  /** Calls sent while it was trying or inactive. */
  readonly callsWhileFailing: number;
}

/**
 * Follows one destination: outcomes of probes, calls that were sent there, and where probing began and stopped.
 * @param at the moment that `letter` and `probed` are as of
 */
export function courseOf(history: History, calls: SentCalls, habits: Habits, words: Words, at: number): Course {
  const walk = new Walk(history, calls, habits, words, at);
  walk.go();
  return walk.course();
}

/** Places of the calls that failed, by when they did. */
function failedCalls({ failed }: SentCalls): Uint32Array {
  const places = Uint32Array.from(failed.keys()).filter((at) => !Number.isNaN(failed[at]));
  return places.sort((a, b) => (failed[a] as number) - (failed[b] as number));
}

interface AsOf {
  readonly letter: Letter | null;
  readonly probed: boolean | null;
  readonly reason: string;
}

class Walk {
  private readonly history: History;
  private readonly calls: SentCalls;
  private readonly habits: Habits;
  private readonly words: Words;
  private readonly at: number;
  /** Calls by when they failed; none where that changes nothing. */
  private readonly failures: Uint32Array;

  private letter: Letter | null = null;
  private probed: boolean | null = null;
  /** Failures, or good ones while inactive, in a row. */
  private run = 0;
  private readonly transitions: Transition[] = [];
  private more = 0;
  private flags: string | null = null;
  private reason = 'Nothing that tells was seen yet';
  /** What `reason` was said of, and what came since that changed nothing yet. */
  private told: Letter | null = null;
  private toldProbed: boolean | null = null;
  private progress = '';
  private whileFailing = 0;
  private asked: AsOf | null = null;

  constructor(history: History, calls: SentCalls, habits: Habits, words: Words, at: number) {
    this.history = history;
    this.calls = calls;
    this.habits = habits;
    this.words = words;
    this.at = at;
    this.failures = habits.marks ? failedCalls(calls) : new Uint32Array(0);
  }

  /** Four lists, each in order of time, are gone through side by side. */
  go(): void {
    const { history, calls } = this;
    const { stretches } = history;
    let probe = 0;
    let call = 0;
    let stretch = 0;
    let failure = 0;
    let open: Stretch | null = null;
    for (;;) {
      const probeAt = probe < history.count ? (history.known[probe] as number) : Number.POSITIVE_INFINITY;
      const callAt = call < calls.count ? (calls.time[call] as number) : Number.POSITIVE_INFINITY;
      const next = stretches[stretch];
      const beginAt = open === null && next !== undefined ? this.beginOf(next) : Number.POSITIVE_INFINITY;
      const stopAt: number = open === null ? Number.POSITIVE_INFINITY : this.stopOf(open);
      const failedAt = this.failureAt(failure);
      const time = Math.min(probeAt, callAt, beginAt, stopAt, failedAt);
      if (time === Number.POSITIVE_INFINITY) break;
      this.passed(time);
      if (beginAt === time && next !== undefined) {
        open = next;
        this.begins(next, time);
      } else if (probeAt === time) {
        this.outcome(probe, time, open);
        probe += 1;
      } else if (stopAt === time && open !== null) {
        this.stops(open, time);
        open = null;
        stretch += 1;
      } else if (failedAt === time) {
        this.takenOut(this.failures[failure] as number, time);
        failure += 1;
      } else {
        this.called(call, time);
        call += 1;
      }
    }
    this.passed(Number.POSITIVE_INFINITY);
  }

  course(): Course {
    const { transitions, more, whileFailing } = this;
    const { letter, probed, reason } = this.asked ?? this.asOfNow();
    return { transitions, more, letter, probed, reason, callsWhileFailing: whileFailing };
  }

  private passed(time: number): void {
    if (this.asked === null && time > this.at) this.asked = this.asOfNow();
  }

  private asOfNow(): AsOf {
    const { letter, probed, reason, progress } = this;
    return { letter, probed, reason: progress === '' ? reason : `${reason}. ${progress}` };
  }

  /** A stretch of probing begins with its first probe, or with the failed call that made the prober look. */
  private beginOf(stretch: Stretch): number {
    const sent = this.history.sent[stretch.first] as number;
    const failed = this.failedBefore(stretch);
    return failed < 0 ? sent : (this.calls.failed[failed] as number);
  }

  /** The call whose failure began the stretch; -1 where there is none. */
  private failedBefore(stretch: Stretch): number {
    const { history, calls } = this;
    const sent = history.sent[stretch.first] as number;
    const beat = Number.isNaN(history.beat) ? AFTER_FAILURE : BEATS_AFTER_FAILURE * history.beat;
    const since = stretch.first === 0 ? Number.NEGATIVE_INFINITY : (history.sent[stretch.first - 1] as number);
    let low = 0;
    let high = calls.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((calls.time[middle] as number) < sent) low = middle + 1;
      else high = middle;
    }
    for (let call = low - 1, steps = 0; call >= 0 && steps < 64; call--, steps++) {
      const failed = calls.failed[call] as number;
      if (failed > since && failed <= sent && sent - failed <= beat) return call;
    }
    return -1;
  }

  /** When it is known that no further probe comes: with the last outcome where that is how the mode works, else when the next one was due. */
  private stopOf(stretch: Stretch): number {
    if (!stretch.ended) return Number.POSITIVE_INFINITY;
    const { history } = this;
    const known = history.known[stretch.last] as number;
    if (this.endsByItself(stretch)) return known;
    const beat = Number.isNaN(history.beat) ? 0 : history.beat;
    return Math.max(Number.isFinite(known) ? known : 0, (history.sent[stretch.last] as number) + beat);
  }

  /** Whether probing ended because of what the last probe said. */
  private endsByItself(stretch: Stretch): boolean {
    const { mode, isGood } = this.habits;
    const status = this.history.status[stretch.last] as number;
    if (status === 0) return false;
    if (mode === Mode.AfterFailures) return true;
    return mode === Mode.Inactive && isGood(status);
  }

  private begins(stretch: Stretch, time: number): void {
    const { history, habits, words, calls } = this;
    const single = stretch.first === stretch.last && !stretch.ended && !habits.keepsBeat;
    this.probed = single && Number.isNaN(history.beat) ? null : true;
    const call = this.failedBefore(stretch);
    if (call >= 0) {
      const why = `${words.failedCall(calls.number[call] as number)}, and probing began after it`;
      this.run = habits.marksInactive ? habits.probing - 1 : 0;
      if (habits.marksInactive && habits.probing > 1) this.letter = 'T';
      this.fails(words.rowOf(calls.number[call] as number), time, why);
      return;
    }
    const row = history.row[stretch.first] as number;
    if (habits.mode === Mode.Inactive) {
      this.letter = 'I';
      this.run = 0;
      this.say(time, row, 'Probing began, and this prober probes only what is inactive');
      return;
    }
    if (this.letter !== null) this.say(time, row, 'Probing began');
  }

  private stops(stretch: Stretch, time: number): void {
    const { history, habits, words } = this;
    const row = history.row[stretch.last] as number;
    if (this.endsByItself(stretch)) return;
    this.probed = false;
    const silent = habits.lastSeen <= (history.sent[stretch.last] as number) + NEARLY_DUE * history.beat;
    if (silent) {
      this.forget(time, row, 'The prober was not seen any more');
      return;
    }
    const later = this.callAfter(time);
    if (later >= 0 && this.letter === 'A') {
      this.say(time, row, `No longer probed, and calls still go there (next in ${words.frame(words.rowOf(later))})`);
      return;
    }
    this.forget(
      time,
      row,
      'No longer probed, and no call was sent there since: disabled (D), removed or not marked any more, which can’t be seen from outside',
    );
  }

  /** A call that this destination was the first choice for, at or behind `time`; -1 where there is none. */
  private callAfter(time: number): number {
    const { calls } = this;
    for (let call = calls.count - 1; call >= 0 && (calls.time[call] as number) >= time; call--)
      if (calls.first[call] === 1) return calls.number[call] as number;
    return -1;
  }

  private called(call: number, time: number): void {
    const { calls, words, history } = this;
    if (this.letter === 'T' || this.letter === 'I') this.whileFailing += 1;
    if (this.letter !== null || (calls.first[call] !== 1 && history.count > 0)) return;
    // Whether it is probed shows only later.
    this.letter = 'A';
    const [soon] = history.stretches;
    const { mode } = this.habits;
    // Who probes only what is inactive does not show whether this one is marked for it.
    if (history.count === 0) this.probed = mode === Mode.Inactive ? null : false;
    else if (this.probed === null && soon !== undefined) {
      const first = history.sent[soon.first] as number;
      const due = Number.isNaN(history.beat) ? 0 : 1.5 * history.beat;
      const always = mode !== Mode.Inactive && mode !== Mode.AfterFailures;
      this.probed = always && first - time <= due && this.failedBefore(soon) < 0;
    }
    const why =
      this.probed === true
        ? ''
        : this.probed === null && history.count === 0
          ? '; this prober probes only what is inactive, so whether it is to be probed does not show'
          : '; it is not probed';
    this.say(time, words.rowOf(calls.number[call] as number), `A call was sent there${why}`);
  }

  private failureAt(at: number): number {
    return at < this.failures.length
      ? (this.calls.failed[this.failures[at] as number] as number)
      : Number.POSITIVE_INFINITY;
  }

  private takenOut(call: number, time: number): void {
    const { calls, words, letter } = this;
    if (letter === 'I') return;
    const number = calls.number[call] as number;
    this.letter = 'I';
    this.run = 0;
    this.say(time, words.rowOf(number), `${words.failedCall(number)}, and this prober takes a destination out then`);
  }

  private outcome(probe: number, time: number, stretch: Stretch | null): void {
    const { history, habits, words } = this;
    const status = history.status[probe] as number;
    const row = history.row[probe] as number;
    if (stretch !== null && stretch.ended && probe === stretch.last && this.endsByItself(stretch)) this.probed = false;
    const what = words.probe(row, status, history.silent[probe] === 1);
    if (!habits.isGood(status)) {
      this.fails(row, time, what);
      return;
    }
    if (this.letter === 'I') {
      this.run += 1;
      if (this.run < habits.inactive) {
        this.progress = `${what} since: ${this.run} of ${habits.inactive} good ones in a row that are needed`;
        return;
      }
    }
    if (habits.mode === Mode.Inactive && probe === stretch?.last) this.probed = false;
    this.letter = 'A';
    const needed = this.run > 1 ? `, the ${ordinal(this.run)} good one in a row` : '';
    this.run = 0;
    const doubted =
      probe === stretch?.last && this.probed === true && mayHaveStopped(history, stretch, habits.isGood, habits.doubt);
    if (doubted) this.probed = null;
    const goesOn =
      this.probed === false
        ? '; probing stops with it'
        : doubted
          ? '; whether probing goes on does not show, as no further probe was due before the end'
          : '';
    this.say(time, row, `${what}${needed}${goesOn}`);
  }

  private fails(row: number, time: number, what: string): void {
    const { habits } = this;
    if (this.letter === 'I') {
      this.run = 0;
      this.say(time, row, what);
      return;
    }
    this.run = this.letter === 'T' ? this.run + 1 : 1;
    this.letter = this.run >= habits.probing ? 'I' : 'T';
    const count =
      habits.probing === 1
        ? ''
        : this.letter === 'I'
          ? `: ${this.run} failures in a row`
          : `: ${this.run} of ${habits.probing} failures in a row`;
    if (this.letter === 'I') this.run = 0;
    this.say(time, row, `${what}${count}${this.probed === false ? '; probing stops with it' : ''}`);
  }

  private forget(time: number, row: number, reason: string): void {
    this.letter = null;
    this.run = 0;
    this.say(time, row, reason);
  }

  private say(time: number, row: number, reason: string): void {
    const { letter, probed } = this;
    const to = letter === null || probed === null ? null : `${letter}${probed ? 'P' : 'X'}`;
    if (letter !== this.told || probed !== this.toldProbed) {
      this.reason = reason;
      this.told = letter;
      this.toldProbed = probed;
    }
    this.progress = '';
    if (to === this.flags) return;
    const transition = { time, row, from: this.flags, to, reason };
    this.flags = to;
    if (this.transitions.length < MOST_TRANSITIONS) this.transitions.push(transition);
    else this.more += 1;
  }
}

function ordinal(count: number): string {
  const last = count % 100 > 10 && count % 100 < 14 ? 0 : count % 10;
  return `${count}${['th', 'st', 'nd', 'rd'][last] ?? 'th'}`;
}
