import { Flag } from '../analysis/messages.ts';
import { talkOf } from '../analysis/verdict/talk.ts';
import { stateNames } from '../analysis/verdict/verdict.ts';
import { epochText, milliseconds } from '../bytes/time.ts';
import type { CallRow, MessageRow } from '../contract/model.ts';
import { transportNames } from '../decode/packet.ts';
import { faultCodes } from '../decode/sip-faults.ts';
import { SipHead } from '../decode/sip-head.ts';
import { Summarizer } from '../decode/sip-summary.ts';
import { protectionOf } from './security/protection.ts';
import { Reasons } from './reasons.ts';
import type { Session } from './session.ts';

const NOTHING: readonly string[] = [];

/** Makes the rows that people and programs see, from the session's columns and the messages' bytes. */
export class Rows {
  private readonly session: Session;
  private readonly head = new SipHead();
  private readonly summarizer = new Summarizer();
  private readonly reasons: Reasons;

  constructor(session: Session) {
    this.session = session;
    this.reasons = new Reasons(session);
  }

  /** Epoch seconds of a time of the session, with the capture's decimals. */
  ts(ns: number): string {
    const { base, decimals } = this.session.tally;
    return epochText(base ?? 0, ns, decimals);
  }

  /** The message in `row`; its bytes are read again. */
  message(row: number): MessageRow {
    const { analysis, addresses, associations, lookBack } = this.session;
    const { messages, retransmissions } = analysis;
    const bytes = lookBack.bytesOf(row);
    this.head.scan(bytes, 0, bytes.length);
    const summary = this.summarizer.summary(bytes, this.head);
    const flags = messages.flags.get(row);
    const cseqMethod = messages.methods.text(messages.cseqMethod.get(row));
    const faults = messages.faults.get(row);
    return {
      frame: messages.frame.get(row),
      ts: this.ts(messages.time.get(row)),
      src: addresses.text(messages.src.get(row)),
      sport: messages.sport.get(row),
      dst: addresses.text(messages.dst.get(row)),
      dport: messages.dport.get(row),
      transport: transportNames[messages.transport.get(row)] ?? 'UDP',
      protection: protectionOf(associations, messages.association.get(row)),
      method: messages.methods.text(messages.method.get(row)),
      status: messages.status.get(row) || null,
      reason: summary.reason,
      requestUri: summary.requestUri,
      cseq: cseqMethod === null ? null : { number: messages.cseqNumber.get(row), method: cseqMethod },
      callId: messages.callIds.text(messages.callId.get(row)),
      fromTag: messages.tags.text(messages.fromTag.get(row)),
      toTag: messages.tags.text(messages.toTag.get(row)),
      branches: summary.branches,
      from: summary.from,
      to: summary.to,
      contentType: summary.contentType,
      bodyLength: summary.bodyLength,
      retransmissionOf: this.frameOf(retransmissions.retransmissionOf(row)),
      copyOf: this.frameOf(retransmissions.copyOf(row)),
      decrypted: (flags & Flag.Decrypted) !== 0,
      faults: faults === 0 ? NOTHING : faultCodes(faults),
      call: messages.callId.get(row) || null,
      row,
    };
  }

  /** A call by number, from 1. */
  call(call: number): CallRow {
    const { analysis, addresses, lookBack } = this.session;
    const { messages, calls } = analysis;
    const verdict = analysis.judge(call);
    const first = calls.first(call);
    const last = calls.last(call);
    const bytes = lookBack.bytesOf(first);
    this.head.scan(bytes, 0, bytes.length);
    const { from, to } = this.summarizer.summary(bytes, this.head);
    const began = verdict.began === 0 ? null : messages.time.get(verdict.began - 1);
    const after = (row: number): number | null =>
      began === null || row === 0 ? null : milliseconds(messages.time.get(row - 1) - began);
    const talk = talkOf(analysis, verdict);
    return {
      id: call,
      callId: messages.callIds.text(call) ?? '',
      method: messages.methods.text(analysis.methodOf(call)),
      from,
      to,
      src: addresses.text(messages.src.get(first)),
      sport: messages.sport.get(first),
      dst: addresses.text(messages.dst.get(first)),
      dport: messages.dport.get(first),
      start: this.ts(messages.time.get(first)),
      end: this.ts(messages.time.get(last)),
      messages: calls.messages(call),
      state: stateNames[verdict.state],
      finalStatus: verdict.status === 0 ? null : verdict.status,
      ringingMs: after(verdict.ringing),
      answerMs: after(verdict.answer),
      durationMs: Number.isNaN(talk) ? null : milliseconds(talk),
      hops: analysis.hopsOf(call),
      legs: NOTHING,
      findings: 0,
      partial: verdict.partial,
      provenBy: this.frameOf(verdict.proof),
      why: analysis.why(verdict, this.reasons.begin()),
      retransmissions: calls.retransmissions(call),
      copies: calls.copies(call),
    };
  }

  /** Frame of row + 1; null for 0. */
  private frameOf(row: number): number | null {
    return row === 0 ? null : this.session.analysis.messages.frame.get(row - 1);
  }
}
