import { forksOf, type BranchFacts, type ForkFacts } from '../../analysis/paths/forks.ts';
import type { Paths } from '../../analysis/paths/paths.ts';
import { Field } from '../../analysis/transactions.ts';
import { milliseconds } from '../../bytes/time.ts';
import type { Fork, ForkBranch } from '../../contract/paths.ts';
import { refusalWords, type Refusal } from '../../decode/refusals.ts';
import { readMessage } from '../../decode/sip-message.ts';
import type { OpenCapture } from '../open-capture.ts';
import { duration } from './path-words.ts';
import { end } from '../table-columns.ts';

/** Characters of a reason that are quoted. */
const QUOTED = 80;
/** Nanoseconds that an ICMP error takes at most to come back. */
const AT_MOST_LATE = 5e9;

/** Forks as people and programs see them. */
export class ForkRows {
  private readonly open: OpenCapture;
  private readonly paths: Paths;
  /** By ends of the datagram, in the order of the capture. */
  private readonly refusals = new Map<string, Refusal[]>();

  constructor(open: OpenCapture, paths: Paths) {
    this.open = open;
    this.paths = paths;
    for (const refusal of open.session.account.refusals) {
      const key = endsKey(refusal.src, refusal.sport, refusal.dst, refusal.dport);
      const list = this.refusals.get(key);
      if (list === undefined) this.refusals.set(key, [refusal]);
      else list.push(refusal);
    }
  }

  /** The first fork of a path, with those behind its branches; null where there is none. */
  tree(path: number): Fork | null {
    const [first, ...others] = forksOf(this.paths, path);
    return first === undefined ? null : this.fork(path, first, others);
  }

  private fork(path: number, facts: ForkFacts, others: readonly ForkFacts[]): Fork {
    const { open, paths } = this;
    const { nodes } = paths;
    const { messages } = nodes.tables;
    const { addresses } = open.session;
    const [first] = facts.branches;
    const some = first?.node ?? facts.from;
    const row = nodes.row[facts.from === 0 ? some : facts.from] as number;
    const arrived = messages.time.get(row);
    const owners = this.owners(facts, others);
    const { final } = facts;
    const branches = facts.branches.map((branch) =>
      this.branch(path, branch, arrived, owners.get(branch.node) ?? [], others),
    );
    const host =
      facts.from === 0
        ? end(addresses.text(nodes.src(some)), nodes.sport(some))
        : end(addresses.text(nodes.dst(facts.from)), nodes.dport(facts.from));
    const fork = {
      path,
      call: messages.callId.get(row),
      callId: messages.callIds.text(messages.callId.get(row)) ?? '',
      method: messages.methods.text(messages.cseqMethod.get(row)) ?? '',
      cseq: messages.cseqNumber.get(row),
      host,
      frame: facts.from === 0 ? null : messages.frame.get(row),
      ts: open.rows.ts(arrived),
      kind: facts.kind,
      branches,
      finalStatus: final === -1 ? null : messages.status.get(final),
      finalFrame: final === -1 ? null : messages.frame.get(final),
      finalMs: final === -1 ? null : milliseconds(messages.time.get(final) - arrived),
    };
    return { ...fork, explanation: said(fork) };
  }

  /** By branch: the forks that the request came to behind it, without those that are behind one of these. */
  private owners(facts: ForkFacts, others: readonly ForkFacts[]): Map<number, ForkFacts[]> {
    const { parent } = this.paths.links;
    const branches = new Set(facts.branches.map(({ node }) => node));
    const inner = new Set(others.flatMap(({ branches: own }) => own.map(({ node }) => node)));
    const found = new Map<number, ForkFacts[]>();
    for (const other of others) {
      let at = other.from;
      while (at !== 0 && !branches.has(at) && !inner.has(at)) at = parent[at] as number;
      if (!branches.has(at)) continue;
      const list = found.get(at);
      if (list === undefined) found.set(at, [other]);
      else list.push(other);
    }
    return found;
  }

  private branch(
    path: number,
    facts: BranchFacts,
    arrived: number,
    behind: readonly ForkFacts[],
    others: readonly ForkFacts[],
  ): ForkBranch {
    const { open, paths } = this;
    const { nodes } = paths;
    const { messages, transactions } = nodes.tables;
    const { node, final, cancel, ringing } = facts;
    const row = nodes.row[node] as number;
    const began = messages.time.get(row);
    const since = (other: number): number | null =>
      other === -1 ? null : milliseconds(messages.time.get(other) - began);
    const message = readMessage(Uint8Array.from(open.session.lookBack.bytesOf(row)));
    const branch = {
      row,
      frame: messages.frame.get(row),
      ts: open.rows.ts(began),
      dst: open.session.addresses.text(nodes.dst(node)),
      dport: nodes.dport(node),
      requestUri: message.requestUri,
      attempt: facts.attempt,
      startMs: milliseconds(began - arrived) ?? 0,
      ringingMs: since(ringing),
      endMs: since(final),
      outcome: facts.outcome,
      finalStatus: final === -1 ? null : messages.status.get(final),
      finalFrame: final === -1 ? null : messages.frame.get(final),
      won: facts.won,
      passedOn: facts.passedOn,
      sendings: Math.max(1, transactions.get(nodes.transaction(node), Field.Sendings)),
      icmp: this.icmp(node, began),
      cancel:
        cancel === -1
          ? null
          : {
              frame: messages.frame.get(cancel),
              afterMs: since(cancel) ?? 0,
              why: facts.cancelWhy,
              reason: readMessage(Uint8Array.from(open.session.lookBack.bytesOf(cancel))).header('Reason'),
            },
      forks: behind.map((fork) =>
        this.fork(
          path,
          fork,
          others.filter((other) => other !== fork),
        ),
      ),
    };
    return { ...branch, said: branchWords(branch) };
  }

  /** The first ICMP error about the request of a node while it was sent. */
  private icmp(node: number, began: number): ForkBranch['icmp'] {
    const { nodes } = this.paths;
    const key = endsKey(nodes.src(node), nodes.sport(node), nodes.dst(node), nodes.dport(node));
    const { messages, retransmissions } = nodes.tables;
    const last = messages.time.get(retransmissions.latestSending((nodes.row[node] as number) + 1) - 1) + AT_MOST_LATE;
    const list = this.refusals.get(key) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.time ?? 0) < began) low = middle + 1;
      else high = middle;
    }
    const found = list[low];
    if (found === undefined || found.time > last) return null;
    return { frame: found.frame, afterMs: milliseconds(found.time - began) ?? 0, what: refusalWords(found) };
  }
}

/** Of a datagram: `from`, `to`. */
function endsKey(src: number, sport: number, dst: number, dport: number): string {
  return `${src} ${sport} ${dst} ${dport}`;
}

const cancelWords = {
  'answered-elsewhere': 'another branch had answered',
  'refused-elsewhere': 'another branch had refused for all',
  caller: 'the caller had cancelled',
  timeout: 'it took too long',
  unknown: 'why does not show',
} as const;

type Worded = Omit<ForkBranch, 'said'>;

/** `127.0.0.3:5080 was cancelled after 401 ms, since another branch had answered; it rang after 103 ms.` */
function branchWords(branch: Worded): string {
  const who = end(branch.dst, branch.dport);
  const rang = branch.ringingMs === null ? '' : `; it rang after ${duration(branch.ringingMs)}`;
  const after = branch.endMs === null ? '' : ` after ${duration(branch.endMs)}`;
  const passed = branch.passedOn && !branch.won ? ', and that was passed on to the caller' : '';
  const icmp = branch.icmp === null ? '' : `; ICMP said: ${branch.icmp.what} (frame ${branch.icmp.frame})`;
  const sent = branch.sendings > 1 ? `, sent ${branch.sendings} times` : '';
  switch (branch.outcome) {
    case 'answered':
      return `${who} answered ${branch.finalStatus ?? ''}${after}${branch.won ? ', and the caller got it' : ', but the caller got another answer'}${rang}.`;
    case 'cancelled': {
      const { cancel } = branch;
      if (cancel === null) return `${who} ended with ${branch.finalStatus ?? 487}${after}${rang}.`;
      const reason = cancel.reason === null ? '' : ` (“${cut(cancel.reason)}”)`;
      return `${who} was cancelled after ${duration(cancel.afterMs)}, since ${cancelWords[cancel.why]}${reason}${rang}.`;
    }
    case 'redirected':
    case 'rejected':
      return `${who} answered ${branch.finalStatus ?? ''}${after}${passed}${rang}.`;
    case 'timed-out':
      return `${who} gave no final response${sent}${rang}${icmp}.`;
    default:
      return `${who} had not answered when the capture ended${sent}${rang}${icmp}.`;
  }
}

function said(fork: Omit<Fork, 'explanation'>): string {
  const { host, branches, kind, finalStatus, finalMs } = fork;
  const tries = branches.at(-1)?.attempt ?? 1;
  const how =
    kind === 'parallel'
      ? `${branches.length} places at once`
      : kind === 'serial'
        ? `${branches.length} places, one after the other`
        : `${branches.length} places in ${tries} tries`;
  const winner = branches.find(({ won }) => won);
  const passed = branches.find(({ passedOn, won }) => passedOn && !won);
  const got = finalMs === null ? '' : ` after ${duration(finalMs)}`;
  if (winner !== undefined)
    return `${host} sent it to ${how}; ${end(winner.dst, winner.dport)} answered${kind === 'serial' ? '' : ' first'} and won${got}.`;
  if (finalStatus === null) return `${host} sent it to ${how}; no final response went back to the caller.`;
  return passed === undefined
    ? `${host} sent it to ${how}; none was answered, and it said ${finalStatus} itself${got}.`
    : `${host} sent it to ${how}; none was answered, and the ${finalStatus} of ${end(passed.dst, passed.dport)} went to the caller${got}.`;
}

function cut(text: string): string {
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
