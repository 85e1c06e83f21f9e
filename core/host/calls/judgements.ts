import { talkOf } from '../../analysis/verdict/talk.ts';
import { Turns } from '../kept.ts';
import type { Session } from '../session.ts';

/** Calls between two looks at whether somebody else waits. */
const STEP = 4096;

/** What became of each call, as columns by call number (0 is no call). Times are nanoseconds, NaN where there is none. */
export interface Judgements {
  /** How many calls were judged; further ones came later. */
  readonly count: number;
  /** Numbers in `stateNames`. */
  readonly state: Uint8Array;
  /** Final status, 0 where none. */
  readonly status: Uint16Array;
  readonly partial: Uint8Array;
  readonly ringing: Float64Array;
  readonly answer: Float64Array;
  readonly talk: Float64Array;
}

/** Judges all calls as of now. */
export async function judgeAll(session: Session, signal: AbortSignal): Promise<Judgements> {
  const { analysis } = session;
  const { time } = analysis.messages;
  const { count } = analysis.calls;
  const turns = new Turns(signal);
  const judged = {
    count,
    state: new Uint8Array(count + 1),
    status: new Uint16Array(count + 1),
    partial: new Uint8Array(count + 1),
    ringing: new Float64Array(count + 1),
    answer: new Float64Array(count + 1),
    talk: new Float64Array(count + 1),
  };
  const { state, status, partial, ringing, answer, talk } = judged;
  for (let call = 1; call <= count; call++) {
    if (call % STEP === 0) await turns.next();
    const verdict = analysis.judge(call);
    state[call] = verdict.state;
    status[call] = verdict.status;
    partial[call] = verdict.partial ? 1 : 0;
    const began = verdict.began === 0 ? Number.NaN : time.get(verdict.began - 1);
    ringing[call] = verdict.ringing === 0 ? Number.NaN : time.get(verdict.ringing - 1) - began;
    answer[call] = verdict.answer === 0 ? Number.NaN : time.get(verdict.answer - 1) - began;
    talk[call] = talkOf(analysis, verdict);
  }
  return judged;
}
