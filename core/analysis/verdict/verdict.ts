/** Number of a state; `stateNames` has the words. */
export const State = {
  calling: 0,
  ringing: 1,
  inCall: 2,
  completed: 3,
  cancelled: 4,
  rejected: 5,
  busy: 6,
  failed: 7,
  timedOut: 8,
  diverted: 9,
  unacknowledged: 10,
  pending: 11,
  registered: 12,
  unregistered: 13,
  challenged: 14,
} as const;
export type State = (typeof State)[keyof typeof State];

/** By State, as the command prints them. */
export const stateNames = [
  'calling',
  'ringing',
  'in-call',
  'completed',
  'cancelled',
  'rejected',
  'busy',
  'failed',
  'timed-out',
  'diverted',
  'unacknowledged',
  'pending',
  'registered',
  'unregistered',
  'challenged',
] as const;

/** Why a state was given: what `why` makes a sentence of. */
export const Reason = {
  /** A final response says so. */
  Final: 0,
  /** No final response yet, and there may still come one. */
  Waiting: 1,
  /** 64*T1 went by without a final response (Timer B or F). */
  TimerRanOut: 2,
  /** Timer C went by after a provisional response. */
  RangTooLong: 3,
  /** Sent so often that it would have been answered. */
  ManySendings: 4,
  /** The sender stopped repeating it. */
  SenderGaveUp: 5,
  CancelUnanswered: 6,
  /** 487, or another final response after an accepted CANCEL. */
  Cancelled: 7,
  EarlyBye: 8,
  /** ACK for a final response that the capture does not have. */
  FinalNotCaptured: 9,
  Acknowledged: 10,
  /** The 2xx was repeated after the ACK, and then no more. */
  AcknowledgedLate: 11,
  /** ACK for a 2xx that the capture does not have. */
  AnswerNotCaptured: 12,
  NoAck: 13,
  ByeWithoutAck: 14,
  /** The 2xx is still being repeated although there is an ACK. */
  AckLost: 15,
  AckLostGaveUp: 16,
  Bye: 17,
  /** Only a part of the dialog is in the capture. */
  InDialog: 18,
  Registered: 19,
  Unregistered: 20,
  /** REGISTER that only asked for the bindings. */
  Queried: 21,
  Challenged: 22,
  CredentialsRefused: 23,
  /** A 2xx, and the capture ends before an ACK was due. */
  NoAckYet: 24,
} as const;
export type Reason = (typeof Reason)[keyof typeof Reason];

/**
 * What became of a call, as of a moment. One object is used again for many calls. Fields that name rows hold row + 1,
 * and 0 where there is none.
 */
export class Verdict {
  call = 0;
  state: State = State.pending;
  reason: Reason = Reason.Waiting;
  /** Final status that decided, 0 where none did. */
  status = 0;
  /** The message that proves the state; 0 where the absence of one does. */
  proof = 0;
  /** The beginning is not in the capture. */
  partial = false;
  /** The transaction that decided. */
  transaction = 0;
  /** The same request on the hop nearest to the caller, where another hop decided because that one shows no answer; else 0. */
  asked = 0;
  /** What another hop shows and the one nearest to the caller does not: the message that decided, or with `!byAnother` one that did not. */
  elsewhere = 0;
  /** Another hop than the one nearest to the caller decided. */
  byAnother = false;
  /** First request on the hop nearest to the caller: times count from here. 0 where it is not in the capture. */
  began = 0;
  /** First response 180 to 189 to the request that decided. */
  ringing = 0;
  /** 2xx to an INVITE. */
  answer = 0;
  /** First ACK for it. */
  ack = 0;
  /** Times the 2xx was repeated after that ACK. */
  repeats = 0;
  /** First ACK after the last repetition, where there were several: the one that arrived. */
  lateAck = 0;
  bye = 0;
  /** The BYE came from the side that had called. */
  byeFromCaller = false;
  /** Nobody asked for `now`: the same comes out as of any time after the call's last message. */
  isTimeless = true;
  /** Holds doubles, and so begins as one (see sighting.ts). */
  private time = -0;

  /** Nanoseconds since the session's base up to which the capture was looked at. */
  get now(): number {
    this.isTimeless = false;
    return this.time;
  }

  reset(call: number, now: number): void {
    this.call = call;
    this.time = now;
    this.isTimeless = true;
    this.state = State.pending;
    this.reason = Reason.Waiting;
    this.began = 0;
    this.partial = false;
    this.consider(0);
  }

  /** Forgets what was found out about another transaction: `transaction` is to decide. */
  consider(transaction: number): void {
    this.transaction = transaction;
    this.status = this.proof = this.ringing = this.answer = 0;
    this.ack = this.repeats = this.lateAck = this.bye = 0;
    this.asked = this.elsewhere = 0;
    this.byeFromCaller = this.byAnother = false;
  }

  /** Writes the state, why, and the row + 1 that proves it. */
  decide(state: State, reason: Reason, proof: number, status = 0): void {
    this.state = state;
    this.reason = reason;
    this.proof = proof;
    this.status = status;
  }
}
