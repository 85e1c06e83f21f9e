import { existsSync } from 'node:fs';
import { Analysis } from '../../core/analysis/index.ts';
import { stateNames, type Verdict } from '../../core/analysis/verdict/verdict.ts';
import { openInputs } from '../../core/capture/inputs.ts';
import { Addresses } from '../../core/decode/addresses.ts';
import { Faults } from '../../core/decode/faults.ts';
import { Fragments } from '../../core/decode/fragments.ts';
import { protocols } from '../../core/decode/index.ts';
import { Ledger } from '../../core/decode/ledger.ts';
import { Packet, type SipSink } from '../../core/decode/packet.ts';
import { Routes } from '../../core/decode/protocol.ts';
import { SipHead } from '../../core/decode/sip-head.ts';
import { drive, Tally } from '../../core/host/reading/drive.ts';

/** Third-party captures; tests that need them skip with one line where they are not there. */
const SHARED = '../shared/captures';

export const haveShared = existsSync(SHARED);
if (!haveShared) {
  process.stdout.write(`skipped: ${SHARED} is not there, the verdicts on its captures were not checked\n`);
}

export function lab(name: string): string {
  return `${SHARED}/lab/${name}.pcap`;
}

export function corpus(name: string): string {
  return `${SHARED}/corpus/captures/${name}`;
}

/** The analyses of a whole capture; `waiting`: see EarlyStates. */
export async function read(path: string, waiting?: number): Promise<{ analysis: Analysis; addresses: Addresses }> {
  const inputs = await openInputs([path], { spool: false });
  const analysis = new Analysis(() => 0, waiting);
  const addresses = new Addresses();
  const tally = new Tally();
  const head = new SipHead();
  const sink: SipSink = {
    sip: (packet, at, end, transport) => {
      head.scan(packet.bytes, at, end);
      analysis.add(packet, head, at, end, transport);
    },
  };
  const packet = new Packet({
    routes: new Routes(protocols),
    addresses,
    ledger: new Ledger(),
    faults: new Faults(),
    fragments: new Fragments(),
    sink,
    mediaSink: { media: () => undefined },
  });
  await drive(inputs, packet, { tally, signal: new AbortController().signal, betweenChunks: () => undefined });
  await inputs.close();
  analysis.finish(tally.end);
  return { analysis, addresses };
}

/** What became of a call, in words. */
export interface Told {
  readonly callId: string;
  readonly method: string | null;
  readonly state: string;
  readonly status: number | null;
  readonly partial: boolean;
  readonly hops: number;
  readonly messages: number;
  readonly retransmissions: number;
  readonly copies: number;
  readonly why: string;
  /** Frame that proves it. */
  readonly proof: number | null;
  readonly ringingMs: number | null;
  readonly answerMs: number | null;
}

export function tell(analysis: Analysis, call: number): Told {
  const { messages, calls } = analysis;
  const verdict = analysis.judge(call);
  return {
    callId: messages.callIds.text(call) ?? '',
    method: messages.methods.text(analysis.methodOf(call)),
    state: stateNames[verdict.state],
    status: verdict.status || null,
    partial: verdict.partial,
    hops: analysis.hopsOf(call),
    messages: calls.messages(call),
    retransmissions: calls.retransmissions(call),
    copies: calls.copies(call),
    why: analysis.why(verdict),
    proof: verdict.proof === 0 ? null : messages.frame.get(verdict.proof - 1),
    ringingMs: after(analysis, verdict, verdict.ringing),
    answerMs: after(analysis, verdict, verdict.answer),
  };
}

export function tellAll(analysis: Analysis): Told[] {
  return Array.from({ length: analysis.calls.count }, (_, index) => tell(analysis, index + 1));
}

function after(analysis: Analysis, verdict: Verdict, row: number): number | null {
  if (row === 0 || verdict.began === 0) return null;
  return (analysis.messages.time.get(row - 1) - analysis.messages.time.get(verdict.began - 1)) / 1e6;
}
