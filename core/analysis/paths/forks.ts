import { Method } from '../method.ts';
import type { Paths } from './paths.ts';
import { Field } from '../transactions.ts';

/**
 * Where a request was sent to several places (RFC 3261 16.6, 16.7), and what became of each branch. Branches of one try
 * run side by side; the next try begins when all of the last have ended or were given up: by a final response, by CANCEL,
 * or because nothing more was sent on them.
 */
export interface ForkFacts {
  /** The node that reached the host that forks; 0 where that was not captured. */
  readonly from: number;
  readonly kind: 'parallel' | 'serial' | 'mixed';
  readonly branches: readonly BranchFacts[];
  /** Row of the final response on the caller's side; -1 where there is none. */
  readonly final: number;
}

export type Outcome = 'answered' | 'cancelled' | 'redirected' | 'rejected' | 'timed-out' | 'pending';
export type CancelWhy = 'answered-elsewhere' | 'refused-elsewhere' | 'caller' | 'timeout' | 'unknown';

export interface BranchFacts {
  readonly node: number;
  /** From 1. */
  readonly attempt: number;
  readonly outcome: Outcome;
  /** Rows, -1 where there is none. */
  readonly ringing: number;
  readonly final: number;
  readonly cancel: number;
  readonly cancelWhy: CancelWhy;
  readonly won: boolean;
  readonly passedOn: boolean;
}

/** Branches of one fork that are told. */
export const MOST_BRANCHES = 256;
/** Nanoseconds: branches that begin within this time of each other are sent at once, whatever else. */
const AT_ONCE = 50e6;
/** What one host does at once may come in any order within this time. */
const SLACK = 10e6;
/** How long a branch without final response may still get one: 64 times T1 (RFC 3261 17.1.1.2). */
const TIMER_B = 32e9;

/** The forks of a path, in the order in which the request came to them. */
export function forksOf(paths: Paths, path: number): ForkFacts[] {
  const roots = paths.rootsOf(path);
  const found: ForkFacts[] = [];
  if (roots.length > 1) found.push(forkAt(paths, 0, roots));
  for (const node of paths.nodesOf(path)) {
    const branches = branchesOf(paths, node);
    if (branches.length > 1) found.push(forkAt(paths, node, branches));
  }
  return found;
}

/** Whether any host sent the request of this path to more than one place. */
export function isForked(paths: Paths, path: number): boolean {
  if (paths.sibling[paths.first[path] as number] !== 0) return true;
  return paths.nodesOf(path).some((node) => branchesOf(paths, node).length > 1);
}

/** What follows a node. The same message behind a NAT is no branch of its own, nor is one sent on under the same branch. */
function branchesOf(paths: Paths, node: number): number[] {
  const all = paths.childrenOf(node);
  if (all.length < 2) return [];
  const method = paths.nodes.tables.transactions.get(paths.nodes.transaction(node), Field.Method);
  return method === Method.CANCEL || method === Method.ACK ? [] : all;
}

/** What is known of a branch before it is compared with the others. */
interface Course {
  readonly node: number;
  readonly start: number;
  readonly final: number;
  readonly status: number;
  readonly ringing: number;
  readonly cancel: number;
  /** When it ended or was given up: final response, CANCEL; NaN where neither was. */
  readonly end: number;
  /** The last time its request was sent. */
  readonly last: number;
  /** A provisional response came: who gives it up has to send CANCEL (9.1). */
  readonly heard: boolean;
}

function forkAt(paths: Paths, from: number, nodes: readonly number[]): ForkFacts {
  const { messages } = paths.nodes.tables;
  const courses = nodes
    .slice(0, MOST_BRANCHES)
    .map((node) => courseOf(paths, node))
    .sort((a, b) => a.start - b.start);
  const attempts = attemptsOf(courses);
  const final = from === 0 ? -1 : paths.finalOf(from);
  const passed = final === -1 ? null : { status: messages.status.get(final), toTag: messages.toTag.get(final) };
  const isPassed = ({ final: own }: Course): boolean =>
    own !== -1 &&
    passed !== null &&
    messages.status.get(own) === passed.status &&
    messages.toTag.get(own) === passed.toTag;
  const answered = courses.filter(({ status }) => status >= 200 && status < 300);
  // Where the caller's side was not captured, the first 2xx is the one that is passed on at once (16.7, step 5).
  const winner = answered.find(isPassed) ?? (final === -1 ? earliest(messages.time, answered) : undefined);
  const callerCancel = from === 0 ? -1 : cancelOf(paths, from);
  const now = paths.nodes.tables.messages.count === 0 ? 0 : messages.time.get(messages.count - 1);
  return {
    from,
    kind: kindOf(attempts),
    final,
    branches: courses.map((course, at): BranchFacts => {
      const { node, ringing, cancel, status } = course;
      const attempt = attempts[at] ?? 1;
      const given = attempts.some((other) => other > attempt) || final !== -1 || now - course.start > TIMER_B;
      const outcome = outcomeOf(status, cancel !== -1, given);
      return {
        node,
        attempt,
        outcome,
        ringing,
        final: course.final,
        cancel,
        cancelWhy: cancel === -1 ? 'unknown' : whyCancelled(paths, course, callerCancel, courses),
        won: course === winner,
        passedOn: status < 300 ? course === winner : isPassed(course),
      };
    }),
  };
}

function courseOf(paths: Paths, node: number): Course {
  const { messages, transactions, retransmissions } = paths.nodes.tables;
  const row = paths.nodes.row[node] as number;
  const transaction = paths.nodes.transaction(node);
  const final = paths.finalOf(node);
  const cancel = cancelOf(paths, node);
  const ends = [final, cancel].filter((one) => one !== -1).map((one) => messages.time.get(one));
  return {
    node,
    start: messages.time.get(row),
    final,
    status: final === -1 ? 0 : messages.status.get(final),
    ringing: transactions.get(transaction, Field.Ringing) - 1,
    cancel,
    end: ends.length === 0 ? Number.NaN : Math.min(...ends),
    last: messages.time.get(retransmissions.latestSending(row + 1) - 1),
    heard: transactions.get(transaction, Field.Provisional) !== 0,
  };
}

/** Row of the CANCEL of a node's transaction, -1 where there is none. */
function cancelOf({ nodes }: Paths, node: number): number {
  const { transactions } = nodes.tables;
  const related = transactions.get(nodes.transaction(node), Field.Related);
  return related === 0 ? -1 : transactions.get(related, Field.Request) - 1;
}

/**
 * Which try each branch is part of. A branch that begins later than the others of the try begins a new one where all of
 * those have ended, or where nothing more was sent on those without an end: a proxy that waits would send again (17.1.1.2).
 */
function attemptsOf(courses: readonly Course[]): number[] {
  const attempts: number[] = [];
  let attempt = 0;
  let current: Course[] = [];
  for (const course of courses) {
    const began = current[0]?.start ?? Number.NaN;
    const isOver = (other: Course): boolean =>
      other.end <= course.start + SLACK || (Number.isNaN(other.end) && !other.heard && other.last < course.start);
    const later = course.start - began > AT_ONCE || current.some(({ end }) => end <= course.start);
    if (current.length === 0 || (later && current.every(isOver))) {
      attempt += 1;
      current = [];
    }
    current.push(course);
    attempts.push(attempt);
  }
  return attempts;
}

function kindOf(attempts: readonly number[]): ForkFacts['kind'] {
  const tries = attempts.at(-1) ?? 1;
  if (tries === 1) return 'parallel';
  return tries === attempts.length ? 'serial' : 'mixed';
}

function outcomeOf(status: number, cancelled: boolean, given: boolean): Outcome {
  if (status >= 200 && status < 300) return 'answered';
  if (status === 487 || (cancelled && status === 0)) return 'cancelled';
  if (status >= 300 && status < 400) return 'redirected';
  if (status >= 400) return 'rejected';
  return given ? 'timed-out' : 'pending';
}

function whyCancelled(paths: Paths, course: Course, callerCancel: number, courses: readonly Course[]): CancelWhy {
  const { time } = paths.nodes.tables.messages;
  const at = time.get(course.cancel) + SLACK;
  const ended = (least: number, most: number): boolean =>
    courses.some(
      ({ node, final, status }) =>
        node !== course.node && final !== -1 && status >= least && status <= most && time.get(final) <= at,
    );
  if (ended(200, 299)) return 'answered-elsewhere';
  if (callerCancel !== -1 && time.get(callerCancel) <= at) return 'caller';
  // A 6xx is for all branches (16.7, step 5).
  if (ended(600, 699)) return 'refused-elsewhere';
  return callerCancel === -1 ? 'timeout' : 'unknown';
}

function earliest(time: { get(row: number): number }, courses: readonly Course[]): Course | undefined {
  let first: Course | undefined;
  for (const course of courses) {
    if (course.final === -1) continue;
    if (first === undefined || time.get(course.final) < time.get(first.final)) first = course;
  }
  return first;
}
