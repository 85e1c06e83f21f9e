import type { NodePair, Replicated } from '../../analysis/registrar/replication.ts';
import type { Replication, ReplicationRow } from '../../contract/registrations.ts';
import { endText } from '../end-text.ts';
import type { Session } from '../session.ts';

/** Replication as it is told. */
export function replicationView(session: Session, { pairs, nodes }: Replicated): Replication {
  const rows = pairs.map((pair) => rowOf(session, pair));
  const seen = new Set(rows.flatMap(({ from, to }) => [from, to]));
  const named = nodes.map(({ uri, status, saidBy }) => {
    const node = uri.replace(/^sips?:/iu, '');
    return { node, status, seen: seen.has(node), saidBy: [...saidBy] };
  });
  const names = new Set(named.map(({ node }) => node));
  const others = [...seen].filter((node) => !names.has(node));
  return { nodes: [...named, ...others.map((node) => ({ node, status: null, seen: true, saidBy: [] }))], rows };
}

function rowOf(session: Session, pair: NodePair): ReplicationRow {
  const { tally, analysis } = session;
  const { messages } = analysis;
  const { firstRow, lastRow } = pair;
  const transport = messages.transport.get(firstRow);
  const gaps = pair.beats
    .map((time, index) => (index === 0 ? 0 : time - (pair.beats[index - 1] as number)))
    .slice(1)
    .sort((a, b) => a - b);
  const middle = gaps[gaps.length >> 1];
  return {
    from: endText(session, messages.src.get(firstRow), messages.sport.get(firstRow), transport),
    to: endText(session, messages.dst.get(firstRow), messages.dport.get(firstRow), transport),
    requests: pair.requests,
    answered: pair.answered,
    failed: pair.failed,
    kinds: [...pair.kinds.values()]
      .map(({ kind, requests, bytes, bodies }) => ({ kind, requests, bytes, bodies: [...bodies] }))
      .sort((a, b) => b.requests - a.requests),
    lastStatus: pair.lastStatus === 0 ? null : pair.lastStatus,
    intervalMs: middle === undefined ? null : Math.round(middle / 1e6),
    start: tally.when(messages.time.get(firstRow)) ?? '',
    end: tally.when(messages.time.get(lastRow)) ?? '',
  };
}
