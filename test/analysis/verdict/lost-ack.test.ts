import { describe, expect, it } from 'vitest';
import { outcome, state } from '../dialogue.ts';

/** Sendings of a 2xx without ACK (RFC 3261 13.3.1.4): T1 doubling up to T2, for 64*T1. */
const TIMES = [0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5];

/** The 200 goes out `sendings` times from second 1 on; the caller acknowledges each of them. */
function repeated(sendings: number): string {
  const times = TIMES.slice(0, sendings).map((at) => `${1 + at} b>a 200 1\n ${1.01 + at} a>b ACK 2`);
  return ['0 a>b INVITE 1', ...times].join('\n');
}

describe('an ACK that is in the capture and was lost behind it', () => {
  it('one repetition may have crossed the ACK', () => {
    expect(state(repeated(2))).toBe('in-call 200');
  });

  it('as long as the 200 goes on, the call is not acknowledged', () => {
    const told = outcome(repeated(5));
    expect(told.state).toBe('unacknowledged');
    expect(told.why).toContain('still being repeated (4 times, last in frame 10) after the ACK in frame 3');
  });

  it('when a repetition that was due does not come, the ACK has arrived', () => {
    expect(state(`${repeated(5)}\n 20 end`)).toBe('in-call 200');
    expect(state(`${repeated(5)}\n 11 a>b BYE 3`)).toBe('completed 200');
  });

  it('the called side gives up after 64*T1', () => {
    expect(state(`${repeated(11)}\n 80 end`)).toBe('unacknowledged 200');
    expect(state(`${repeated(11)}\n 33 b>a BYE 3 from=t to=f`)).toBe('unacknowledged 200');
  });

  it('says which ACK arrived in the end, also where the call went on', () => {
    const said = 'repeated 4 times: the ACK in frame 3 did not arrive, the one in frame 11 did';
    expect(outcome(`${repeated(5)}\n 20 end`).why).toContain(said);
    expect(outcome(`${repeated(5)}\n 11 a>b BYE 3`)).toMatchObject({ state: 'completed', proof: 12 });
    expect(outcome(`${repeated(5)}\n 11 a>b BYE 3`).why).toContain(said);
    // One that crossed the ACK is not worth a word.
    expect(outcome(`${repeated(2)}\n 11 a>b BYE 3`).why).not.toContain('repeated');
  });

  it('does not name an ACK that is not in the capture', () => {
    const told = outcome('0 a>b INVITE 1\n 1 b>a 200 1\n 1.1 a>b ACK 2\n 1.5 b>a 200 1\n 2.5 b>a 200 1\n 9 a>b BYE 3');
    expect(told.why).toContain('repeated 2 times after the ACK in frame 3, and then no more');
  });

  it('a 200 that is acknowledged late is an ordinary call', () => {
    expect(state('0 a>b INVITE 1\n 1 b>a 200 1\n 1.5 b>a 200 1\n 2.5 b>a 200 1\n 2.6 a>b ACK 2')).toBe('in-call 200');
  });
});
