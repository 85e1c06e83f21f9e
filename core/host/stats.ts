import { Flag } from '../analysis/messages.ts';
import { stateNames } from '../analysis/verdict.ts';
import { epochText } from '../bytes/time.ts';
import type { Stats } from '../contract/model.ts';
import { outcomeTexts } from '../decode/ledger.ts';
import { transportNames } from '../decode/packet.ts';
import type { Session } from './session.ts';

/** Counts of everything in the session, the ledger of packets last. `mask`, by row, narrows what is counted of SIP. */
export function statsOf(session: Session, mask: Uint8Array | null = null): Stats {
  const { analysis, tally, inputs, ledger, faults, flows } = session;
  const { messages } = analysis;
  const methods = new Float64Array(messages.methods.size);
  const statuses = new Float64Array(1000);
  const transports = new Float64Array(transportNames.length);
  let retransmissions = 0;
  let copies = 0;
  const touched = mask === null ? null : new Uint8Array(analysis.calls.count + 1);
  let matched = 0;
  for (let row = 0; row < messages.count; row++) {
    if (mask !== null && mask[row] !== 1) continue;
    matched += 1;
    if (touched !== null) touched[messages.callId.get(row)] = 1;
    const flags = messages.flags.get(row);
    if ((flags & Flag.Copy) === Flag.Copy) copies += 1;
    else if ((flags & Flag.Retransmission) === Flag.Retransmission) retransmissions += 1;
    if ((flags & Flag.Request) === Flag.Request) bump(methods, messages.method.get(row));
    else bump(statuses, messages.status.get(row));
    bump(transports, messages.transport.get(row));
  }
  const states = new Float64Array(stateNames.length);
  let calls = 0;
  for (let call = 1; call <= analysis.calls.count; call++) {
    if (touched !== null && touched[call] !== 1) continue;
    calls += 1;
    bump(states, analysis.judge(call).state);
  }
  const when = (ns: number): string | null =>
    Number.isNaN(ns) ? null : epochText(tally.base ?? 0, ns, tally.decimals);
  return {
    files: inputs.inputs.map(({ name, reader, packets, window }) => ({
      name,
      format: reader.format,
      packets,
      bytes: window.read,
    })),
    packets: tally.packets,
    bytes: tally.bytes,
    start: when(tally.start),
    end: when(tally.end),
    messages: matched,
    retransmissions,
    copies,
    calls,
    methods: counted(methods, (id) => messages.methods.text(id) ?? ''),
    statuses: counted(statuses, String),
    transports: counted(transports, (id) => transportNames[id] ?? ''),
    states: counted(states, (id) => stateNames[id] ?? ''),
    media: { packets: flows.packets, flows: flows.count },
    ledger: outcomeTexts
      .map(({ code, text, lost }, outcome) => ({ code, text, packets: ledger.counts[outcome] ?? 0, lost }))
      .filter(({ packets }) => packets > 0)
      .sort((a, b) => b.packets - a.packets),
    faults: faults
      .list()
      .map(({ kind, count, frames }) => ({ protocol: kind.protocol, code: kind.code, text: kind.text, count, frames })),
    warnings: session.warnings,
  };
}

function bump(counts: Float64Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

/** Counts above 0 by name, the most frequent first; equal ones in the order of their numbers. */
function counted(counts: Float64Array, name: (id: number) => string): Record<string, number> {
  const entries = [...counts.entries()].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  return Object.fromEntries(entries.map(([id, count]) => [name(id), count]));
}
