import { buildLadder } from '../../ladder/ladder.ts';
import { Turns } from '../kept.ts';
import { ladderInput } from './ladder-input.ts';
import type { OpenCapture } from '../open-capture.ts';

/** Messages laid out at a time: a few milliseconds, so that a question that comes meanwhile hardly waits. */
const ROUND = 300;
/** What is laid out in all. Code that runs as often as that has been compiled: a ladder of 10,000 messages then takes half the time. */
const MESSAGES = 6000;
const MOST_ROUNDS = 60;
/** Calls between two looks at whether somebody else waits. */
const STEP = 4096;
/** Pixels, as of a window. */
const ROOM = 1000;

/**
 * Lays out the begin of the longest call some times and throws it away: the first ladder that somebody opens would else
 * run on code that has not been compiled yet. Lets others have their turn; stops when `signal` says so.
 */
export async function warmLadders(open: OpenCapture, signal: AbortSignal): Promise<void> {
  const { calls } = open.session.analysis;
  const turns = new Turns(signal);
  let longest = 1;
  for (let call = 1; call <= calls.count; call++) {
    if (call % STEP === 0) await turns.next();
    if (calls.messages(call) > calls.messages(longest)) longest = call;
  }
  if (calls.count === 0) return;
  let laidOut = 0;
  for (let round = 0; round < MOST_ROUNDS && laidOut < MESSAGES; round++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (signal.aborted) return;
    const input = ladderInput(open.session, open.rows, [longest], ROUND);
    laidOut += input.messages.length;
    buildLadder({ ...input, hosts: [] }, { room: ROOM });
  }
}
