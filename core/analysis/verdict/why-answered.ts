import { CLEARLY_AFTER } from './answered-state.ts';
import type { Words } from './why-words.ts';
import { Reason } from './verdict.ts';

/** Why a call has its state that was answered with a 2xx in the capture. */
export function whyAnswered(words: Words): string {
  const { verdict } = words;
  const { ack, bye, repeats, lateAck } = verdict;
  const answer = `Answered with ${words.response(verdict.answer)}`;
  const repeated = `${repeats} time${repeats === 1 ? '' : 's'}`;
  const side = verdict.byeFromCaller ? 'caller' : 'called side';
  switch (verdict.reason) {
    case Reason.Acknowledged:
      return `${answer}, acknowledged in ${words.frame(ack)}; there is no BYE for it in the capture`;
    case Reason.AcknowledgedLate:
      return `${acknowledgedLate()}. There is no BYE for it in the capture`;
    case Reason.NoAckYet:
      return `${answer}; the capture ends ${words.since(verdict.answer)} later, before an ACK`;
    case Reason.NoAck:
      return repeats === 0
        ? `${answer}, and no ACK in the ${words.since(verdict.answer)} up to the end of the capture; the answer was not repeated`
        : `${answer}, repeated ${repeated}, and no ACK for it in the capture`;
    case Reason.ByeWithoutAck:
      return `${answer}${repeats === 0 ? '' : `, repeated ${repeated}`}, and never acknowledged: the ${side} sent BYE (${words.frame(bye)})`;
    case Reason.AckLost:
      return `${answer}, which was still being repeated (${repeated}, last in ${words.frame(verdict.proof)}) after the ACK in ${words.frame(ack)}: as far as the capture goes, no ACK arrived`;
    case Reason.AckLostGaveUp:
      return `${answer}, which was repeated ${repeated} after the ACK in ${words.frame(ack)} until the called side gave up: no ACK arrived`;
    default:
      return repeats < CLEARLY_AFTER
        ? `${answer}, acknowledged in ${words.frame(ack)} and ended by the ${side}'s BYE (${words.frame(bye)})`
        : `${acknowledgedLate()}. The ${side}'s BYE (${words.frame(bye)}) ended the call`;
  }

  function acknowledgedLate(): string {
    return lateAck === 0
      ? `${answer}, repeated ${repeated} after the ACK in ${words.frame(ack)}, and then no more`
      : `${answer}, repeated ${repeated}: the ACK in ${words.frame(ack)} did not arrive, the one in ${words.frame(lateAck)} did`;
  }
}
