import { describe, expect, it } from 'vitest';
import { outcome, state } from '../dialogue.ts';

const ANSWERED = `
  0    a>b INVITE 1
  0.01 b>a 100 1
  0.1  b>a 180 1
  2    b>a 200 1
  2.01 a>b ACK 2`;

describe('what became of an INVITE: answered', () => {
  it.each([
    ['in-call 200', ANSWERED],
    ['completed 200', `${ANSWERED}\n 9 a>b BYE 3\n 9.01 b>a 200 3 of=BYE cseq=2`],
    ['completed 200', `${ANSWERED}\n 9 b>a BYE 3 from=t to=f\n`],
    ['unacknowledged 200', '0 a>b INVITE 1\n 1 b>a 200 1\n 2 end'],
    // The ACK may still be on its way when the capture ends.
    ['in-call 200', '0 a>b INVITE 1\n 1 b>a 200 1'],
    ['in-call 200', '0 a>b INVITE 1\n 1 b>a 200 1\n 1.9 end'],
    ['unacknowledged 200', '0 a>b INVITE 1\n 1 b>a 200 1\n 1.5 b>a 200 1'],
    ['unacknowledged 200', '0 a>b INVITE 1\n 1 b>a 200 1\n 1.5 b>a 200 1\n 40 end'],
    // RFC 3261 15: a caller that hangs up instead of sending its ACK has not acknowledged.
    ['unacknowledged 200', '0 a>b INVITE 1\n 1 b>a 200 1\n 1.1 a>b BYE 3\n 1.2 b>a 200 3 of=BYE cseq=2'],
    // A re-INVITE that is refused leaves the call as it was, and so does an INFO.
    ['in-call 200', `${ANSWERED}\n 5 a>b INVITE 4 cseq=3 to=t\n 5.1 b>a 488 4 cseq=3\n 5.2 a>b ACK 4 cseq=3`],
    ['completed 200', `${ANSWERED}\n 5 a>b INFO 4 cseq=3\n 5.1 b>a 500 4 of=INFO cseq=3\n 6 b>a BYE 9 from=t to=f`],
  ])('%s', (expected, text) => expect(state(text)).toBe(expected));

  it('says who hung up, and names the frame that proves it', () => {
    const told = outcome(`${ANSWERED}\n 9 b>a BYE 3 from=t to=f`);
    expect(told).toMatchObject({ proof: 6, ringingMs: 100, answerMs: 2000 });
    expect(told.why).toBe(
      "Answered with 200 (frame 4), acknowledged in frame 5 and ended by the called side's BYE (frame 6).",
    );
  });
});

describe('what became of an INVITE: not answered', () => {
  it.each([
    ['calling -', '0 a>b INVITE 1'],
    ['calling -', '0 a>b INVITE 1\n 0.1 b>a 100 1\n 60 end'],
    ['ringing -', '0 a>b INVITE 1\n 0.1 b>a 180 1\n 60 end'],
    ['ringing -', '0 a>b INVITE 1\n 0.1 b>a 183 1\n 60 end'],
    ['calling -', '0 a>b INVITE 1\n 0.1 b>a 199 1\n 60 end'],
    ['timed-out -', '0 a>b INVITE 1\n 0.1 b>a 180 1\n 200 end'],
    ['timed-out -', '0 a>b INVITE 1 over=TCP\n 32 end'],
    ['calling -', '0 a>b INVITE 1 over=TCP\n 31 end'],
    // Over UDP it would have been repeated: who does not has given up.
    ['timed-out -', '0 a>b INVITE 1\n 9 end'],
    ['calling -', '0 a>b INVITE 1\n 0.5 a>b INVITE 1\n 1.5 end'],
    ['timed-out -', '0 a>b INVITE 1\n 0.5 a>b INVITE 1\n 3 end'],
    ['calling -', [0, 0.01, 0.02, 0.03, 0.04, 0.05].map((at) => `${at} a>b INVITE 1`).join('\n')],
    ['timed-out -', [0, 0.5, 1.5, 3.5, 7.5, 15.5].map((at) => `${at} a>b INVITE 1`).join('\n')],
    ['timed-out 408', '0 a>b INVITE 1\n 1 b>a 408 1'],
    ['rejected 400', '0 a>b INVITE 1\n 1 b>a 400 1'],
    ['rejected 480', '0 a>b INVITE 1\n 1 b>a 480 1'],
    ['rejected 603', '0 a>b INVITE 1\n 1 b>a 603 1'],
    ['busy 486', '0 a>b INVITE 1\n 1 b>a 486 1'],
    ['busy 600', '0 a>b INVITE 1\n 1 b>a 600 1'],
    ['failed 503', '0 a>b INVITE 1\n 1 b>a 503 1'],
    ['diverted 302', '0 a>b INVITE 1\n 1 b>a 302 1'],
    ['rejected 407', '0 a>b INVITE 1\n 1 b>a 407 1\n 1.1 a>b ACK 1 mf=70'],
    // The final response was lost from the capture; the ACK on the INVITE's own branch says that there was one.
    ['rejected -', '0 a>b INVITE 1\n 1.1 a>b ACK 1'],
  ])('%s', (expected, text) => expect(state(text)).toBe(expected));
});

describe('what became of an INVITE: tried again', () => {
  it.each([
    ['calling -', '0 a>b INVITE 1\n 1 b>a 407 1\n 1.1 a>b ACK 1\n 1.2 a>b INVITE 2 cseq=2'],
    ['busy 486', '0 a>b INVITE 1\n 1 b>a 407 1\n 1.1 a>b ACK 1\n 1.2 a>b INVITE 2 cseq=2\n 2 b>a 486 2 cseq=2'],
    ['ringing -', '0 a>b INVITE 1\n 1 b>a 302 1\n 1.1 a>b ACK 1\n 1.2 a>c INVITE 2 cseq=2\n 2 c>a 180 2 cseq=2'],
    // Some clients answer a challenge with the same CSeq.
    ['rejected 403', '0 a>b INVITE 1\n 1 b>a 401 1\n 1.1 a>b ACK 1\n 1.2 a>b INVITE 2\n 2 b>a 403 2'],
    // One Call-ID for everything, as scanners do it: the latest counts.
    ['rejected 403', '0 a>b INVITE 1\n 0.1 b>a 404 1\n 1 a>b INVITE 2 from=g\n 1.1 b>a 403 2 from=g'],
  ])('%s', (expected, text) => expect(state(text)).toBe(expected));

  it('counts times from the first INVITE, challenge included', () => {
    const told = outcome(
      '0 a>b INVITE 1\n 1 b>a 407 1\n 2 a>b INVITE 2 cseq=2\n 3 b>a 180 2 cseq=2\n 4 b>a 200 2 cseq=2',
    );
    expect(told).toMatchObject({ ringingMs: 3000, answerMs: 4000 });
  });
});

describe('what became of an INVITE: cancelled', () => {
  const RINGS = '0 a>b INVITE 1\n 1 b>a 180 1\n';

  it.each([
    ['cancelled 487', `${RINGS} 2 a>b CANCEL 1\n 2.1 b>a 200 1 of=CANCEL\n 2.2 b>a 487 1\n 2.3 a>b ACK 1`],
    ['cancelled 487', `${RINGS} 2.2 b>a 487 1`],
    ['cancelled -', `${RINGS} 2 a>b CANCEL 1`],
    // The other end says something else once it has accepted the CANCEL.
    ['cancelled 480', `${RINGS} 2 a>b CANCEL 1\n 2.1 b>a 200 1 of=CANCEL\n 2.2 b>a 480 1`],
    // They crossed: the callee was busy before it saw the CANCEL.
    ['busy 486', `${RINGS} 2 a>b CANCEL 1\n 2.1 b>a 486 1\n 2.2 b>a 200 1 of=CANCEL`],
    // The 200 wins the race (9.1).
    ['in-call 200', `${RINGS} 2 a>b CANCEL 1\n 2.1 b>a 200 1\n 2.2 a>b ACK 9\n 2.3 b>a 481 1 of=CANCEL`],
    // BYE in an early dialog (15).
    ['cancelled -', `${RINGS} 2 a>b BYE 3`],
    ['cancelled 487', `${RINGS} 2 a>b BYE 3\n 2.1 b>a 200 3 of=BYE cseq=2\n 2.2 b>a 487 1`],
  ])('%s', (expected, text) => expect(state(text)).toBe(expected));
});

describe('what became of an INVITE: the sentence says what came before', () => {
  const RINGS = '0 a>b INVITE 1\n 1 b>a 180 1\n';

  it.each([
    ['It rang for a while', `${RINGS} 9 b>a 480 1`, 'answered with 480 (frame 3) after ringing for 8.0 s.'],
    [
      'CANCEL without an answer',
      `${RINGS} 7 a>b CANCEL 1\n 9 b>a 408 1`,
      'The caller had sent CANCEL 2.0 s before (frame 3).',
    ],
    [
      'the proxy gave up',
      '0 a>p INVITE 1\n 0 p>b INVITE 2,1\n 7 p>b CANCEL 2\n 7.1 b>p 487 2,1\n 7.2 p>a 408 1',
      'CANCEL had been sent on another hop (frame 3).',
    ],
    ['hung up before the answer', `${RINGS} 2 a>b BYE 3\n 2.2 b>a 487 1`, 'The caller hung up by BYE (frame 3)'],
    ['483', '0 a>b INVITE 1\n 1 b>a 483 1', 'Perhaps a loop.'],
    [
      'what the proxy tried',
      '0 a>p INVITE 1\n 0 p>b INVITE 2,1\n 1 b>p 503 2,1\n 1 p>c INVITE 3,1\n 5 p>a 500 1 to=u',
      'Sent on to 2 places: 503, no answer.',
    ],
  ])('%s', (_about, text, words) => expect(outcome(text).why).toContain(words));
});

describe('what became of an INVITE: the hop nearest to the caller decides', () => {
  it('a gateway that fails is not the call: the second one answers', () => {
    const told = outcome(`
      0    a>p INVITE 1
      0.01 p>a 100 1
      0.02 p>g INVITE 2,1
      0.1  g>p 503 2,1
      0.11 p>g ACK 2
      0.2  p>h INVITE 3,1
      0.5  h>p 200 3,1 to=h
      0.51 p>a 200 1 to=h
      0.6  a>p ACK 4 to=h
      0.61 p>h ACK 5,4 to=h`);
    expect(told).toMatchObject({ state: 'in-call', status: 200, proof: 9, hops: 2 });
  });

  it('a fork: one branch answers, the others are cancelled', () => {
    expect(
      state(`
        0    a>p INVITE 1
        0.01 p>b INVITE 2,1
        0.01 p>c INVITE 3,1
        0.1  b>p 180 2,1 to=b
        0.1  p>a 180 1 to=b
        1    c>p 200 3,1 to=c
        1    p>a 200 1 to=c
        1.1  p>b CANCEL 2
        1.2  b>p 487 2,1 to=b
        1.3  a>p ACK 4 to=c
        5    c>p BYE 5 from=c to=f`),
    ).toBe('completed 200');
  });

  it('the INVITE from the caller may be captured after the one behind the proxy', () => {
    expect(state('0 p>g INVITE 2,1\n 0.001 a>p INVITE 1\n 0.1 g>p 486 2,1\n 0.101 p>a 480 1')).toBe('rejected 480');
  });

  it('a proxy that hides the Vias is told by Max-Forwards', () => {
    expect(state('0 p>g INVITE 2 mf=69\n 0.001 a>p INVITE 1 mf=70\n 0.1 g>p 486 2\n 0.101 p>a 480 1')).toBe(
      'rejected 480',
    );
  });

  it('a proxy that answers the challenge itself does not make a new attempt', () => {
    expect(
      state(`
        0   a>p INVITE 1
        0.1 p>g INVITE 2,1
        0.2 g>p 407 2,1
        0.3 p>g INVITE 3,1 cseq=2
        0.4 g>p 486 3,1 cseq=2
        0.5 p>a 486 1`),
    ).toBe('busy 486');
  });

  it.each([
    // Only the far side of the proxy is in the capture: its branches are weighed as it does (16.7).
    [
      'in-call 200',
      '0 p>b INVITE 2,1\n 0 p>c INVITE 3,1\n 1 c>p 200 3,1 to=c\n 1.1 p>b CANCEL 2\n 1.2 b>p 487 2,1\n 1.3 p>c ACK 4 to=c',
    ],
    ['busy 486', '0 p>b INVITE 2,1\n 1 b>p 503 2,1\n 1.1 p>c INVITE 3,1\n 2 c>p 486 3,1'],
    ['ringing -', '0 p>b INVITE 2,1\n 1 b>p 503 2,1\n 1.1 p>c INVITE 3,1\n 2 c>p 180 3,1'],
    ['rejected 603', '0 p>b INVITE 2,1\n 0 p>c INVITE 3,1\n 1 b>p 404 2,1\n 2 c>p 603 3,1'],
    [
      'cancelled 487',
      '0 p>b INVITE 2,1\n 0 p>c INVITE 3,1\n 1 p>b CANCEL 2\n 1 p>c CANCEL 3\n 2 b>p 487 2,1\n 2 c>p 487 3,1',
    ],
    // No answer timer: the proxy cancels the first branch and tries the next.
    ['busy 486', '0 p>b INVITE 2,1\n 1 p>b CANCEL 2\n 1.1 b>p 487 2,1\n 1.2 p>c INVITE 3,1\n 2 c>p 486 3,1'],
  ])('a fork whose near side is not in the capture: %s', (expected, text) => expect(state(text)).toBe(expected));

  it('responses without any Via belong to the request that went the other way', () => {
    expect(
      state(`
        0   a>p INVITE 1
        0.1 p>g INVITE 2,1
        0.2 g>p 200 2
        0.3 p>a 200 -
        0.4 a>p ACK 3`),
    ).toBe('in-call 200');
  });
});
