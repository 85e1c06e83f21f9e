import { describe, expect, it } from 'vitest';
import { outcome, state } from '../dialogue.ts';

/** The first hop of a REGISTER is clear only up to the challenge; what follows is in ESP there, and clear behind the P-CSCF. */
const CHALLENGED = `
  0    u>p REGISTER 1
  0.01 p>s REGISTER 2,1
  0.05 s>p 401 2,1 of=REGISTER
  0.06 p>u 401 1 of=REGISTER
  0.2  p>s REGISTER 4,3 cseq=2 header=Contact:_<sip:u@h>|Authorization:_Digest_response="1f"`;

describe('the first hop ends before the next one does', () => {
  it('a later attempt that only another hop shows is the one that counts', () => {
    const told = outcome(`${CHALLENGED}\n 0.3 s>p 200 4,3 of=REGISTER cseq=2`);
    expect(told).toMatchObject({ state: 'registered', status: 200, proof: 6, hops: 2 });
    expect(told.why).toContain('the first hop does not show it');
    expect(state(CHALLENGED)).toBe('pending -');
    expect(state(`${CHALLENGED}\n 0.3 s>p 403 4,3 of=REGISTER cseq=2`)).toBe('rejected 403');
  });

  it('an INVITE with credentials that only another hop shows', () => {
    const text = `
      0    u>p INVITE 1
      0.05 p>u 407 1
      0.06 u>p ACK 1
      0.2  p>s INVITE 4,3 cseq=2
      2    s>p 200 4,3 cseq=2
      2.1  p>s ACK 6,5 cseq=2`;
    expect(state(text)).toBe('in-call 200');
  });

  it('without another hop, it says no more than the capture shows', () => {
    const told = outcome('0 u>p REGISTER 1\n 0.06 p>u 401 1 of=REGISTER');
    expect(told.state).toBe('challenged');
    expect(told.why).toContain('no credentials followed in what the capture shows');
  });

  it('a request that another hop had sent before the answer is no later attempt', () => {
    expect(state('0 a>p INVITE 1\n 0.1 p>g INVITE 2,1 cseq=7\n 0.2 p>a 486 1\n 0.3 g>p 200 2,1 cseq=7')).toBe(
      'busy 486',
    );
  });
});

describe('the answer is missing on the first hop only', () => {
  const CALL = `
    0    a>p INVITE 1
    0.01 p>b INVITE 2,1
    1    b>p 200 2,1
    1.1  a>p ACK 3
    1.2  p>b ACK 4,3`;

  it('a 200 on the next hop is the answer', () => {
    const told = outcome(`${CALL}\n 5 a>p BYE 5\n 5.1 p>a 200 5 of=BYE cseq=2`);
    expect(told).toMatchObject({ state: 'completed', status: 200, answerMs: 1000 });
    expect(told.why).toContain('200 (frame 3)');
    expect(told.why).toContain('the first hop does not show it');
    expect(told.why).not.toContain('not in the capture');
    expect(state(CALL)).toBe('in-call 200');
  });

  it.each([
    // The ACK on the branch of the INVITE says that the answer arrived.
    ['busy 486', '0 a>p INVITE 1\n 0.01 p>b INVITE 2,1\n 1 b>p 486 2,1\n 1.1 a>p ACK 1'],
    ['busy 486', '0 a>p INVITE 1\n 0.01 p>b INVITE 2,1\n 1 b>p 486 2,1\n 9 end'],
    ['cancelled 487', '0 a>p INVITE 1\n 0.01 p>b INVITE 2,1\n 1 a>p CANCEL 1\n 1.1 p>b CANCEL 2\n 1.2 b>p 487 2,1'],
    ['completed 202', '0 a>p MESSAGE 1\n 0.01 p>b MESSAGE 2,1\n 1 b>p 202 2,1 of=MESSAGE\n 60 end'],
    // The proxy goes on to the next one, or may still do so.
    ['calling -', '0 a>p INVITE 1\n 0.01 p>b INVITE 2,1\n 1 b>p 503 2,1\n 1.1 p>c INVITE 3,1\n 3 end'],
    ['calling -', '0 a>p INVITE 1\n 0 p>a 100 1\n 0.01 p>b INVITE 2,1\n 1 b>p 503 2,1\n 1.1 end'],
    ['ringing -', '0 a>p INVITE 1\n 0.01 p>b INVITE 2,1\n 1 b>p 503 2,1\n 2 p>a 183 1\n 9 end'],
    // The caller goes on asking: it never got the answer.
    [
      'timed-out -',
      '0 a>p OPTIONS 1\n 0.01 p>b OPTIONS 2,1\n 0.1 b>p 200 2,1 of=OPTIONS\n 0.5 a>p OPTIONS 1\n 1.5 a>p OPTIONS 1\n 40 end',
    ],
  ])('%s', (expected, text) => expect(state(text)).toBe(expected));

  it('does not deny an answer that it does not count', () => {
    const told = outcome('0 a>p INVITE 1\n 0 p>a 100 1\n 0.01 p>b INVITE 2,1\n 1 b>p 503 2,1\n 1.1 end');
    expect(told.why).toContain('another hop shows 503 (frame 4)');
    const rings = outcome('0 a>p INVITE 1\n 0 p>a 100 1\n 0.01 p>b INVITE 2,1\n 1 b>p 180 2,1\n 1.1 end');
    expect(rings.why).toContain('another hop shows 180 (frame 4)');
  });

  it('does not deny a CANCEL that another hop shows', () => {
    const told = outcome('0 a>p INVITE 1\n 0.01 p>b INVITE 2,1\n 1 p>b CANCEL 2\n 1.1 b>p 487 2,1\n 1.2 p>a 487 1');
    expect(told.state).toBe('cancelled');
    expect(told.why).toContain('CANCEL (frame 3)');
    expect(told.why).not.toContain('no CANCEL');
  });
});
