import { describe, expect, it } from 'vitest';
import { outcome, state } from './dialogue.ts';

describe('calls whose beginning is not in the capture', () => {
  it.each([
    ['completed 200 partial', '0 a>b BYE 1 to=t\n 0.1 b>a 200 1 of=BYE cseq=2'],
    ['completed - partial', '0 a>b BYE 1 to=t'],
    ['in-call - partial', '0 a>b ACK 1'],
    ['in-call - partial', '0 a>b INVITE 1 to=t cseq=5\n 0.1 b>a 488 1 cseq=5'],
    ['completed - partial', '0 a>b INVITE 1 to=t cseq=5\n 0.1 b>a 200 1 cseq=5\n 1 b>a BYE 2 from=t to=f'],
    ['cancelled - partial', '0 a>b CANCEL 1'],
    ['ringing - partial', '0 a>b PRACK 1'],
    ['ringing - partial', '0 b>a 180 1'],
    ['busy 486 partial', '0 b>a 486 1'],
    ['in-call 200 partial', '0 b>a 200 1\n 0.1 a>b ACK 2'],
    ['registered 200 partial', '0 b>a 200 1 of=REGISTER'],
    // An ACK of its own or a BYE say that there was a 2xx which the capture does not have.
    ['in-call -', '0 a>b INVITE 1\n 1 a>b ACK 2'],
    ['completed -', '0 a>b INVITE 1\n 1 a>b ACK 2\n 5 a>b BYE 3'],
    ['completed -', '0 a>b INVITE 1\n 5 b>a BYE 3 from=t to=f'],
  ])('%s', (expected, text) => expect(state(text)).toBe(expected));

  it('a session stays one, whatever part of it was seen first', () => {
    expect(outcome('0 a>b BYE 1').method).toBe('INVITE');
    expect(outcome('0 a>b INFO 1').method).toBe('INVITE');
    expect(outcome('0 b>a 180 1').method).toBe('INVITE');
    expect(outcome('0 a>b NOTIFY 1').method).toBe('NOTIFY');
  });

  it('has no times, and a sentence that says so', () => {
    const told = outcome('0 a>b BYE 1');
    expect(told).toMatchObject({ ringingMs: null, answerMs: null });
    expect(told.why).toBe('The capture begins within the call (frame 1); BYE in frame 1 ended it.');
  });
});
