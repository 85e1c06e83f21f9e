import { describe, expect, it } from 'vitest';
import { dialogue, outcome, state } from '../dialogue.ts';

describe('what became of a request other than INVITE', () => {
  it.each([
    ['pending -', '0 a>b MESSAGE 1'],
    ['pending -', '0 a>b MESSAGE 1 over=TCP\n 31 end'],
    ['timed-out -', '0 a>b MESSAGE 1 over=TCP\n 32 end'],
    ['timed-out -', '0 a>b MESSAGE 1\n 0.1 b>a 100 1 of=MESSAGE\n 40 end'],
    ['timed-out -', '0 a>b OPTIONS 1\n 0.5 a>b OPTIONS 1\n 1.5 a>b OPTIONS 1\n 6 end'],
    ['timed-out 408', '0 a>b MESSAGE 1\n 1 b>a 408 1 of=MESSAGE'],
    ['completed 202', '0 a>b MESSAGE 1\n 1 b>a 202 1 of=MESSAGE'],
    ['rejected 407', '0 a>b MESSAGE 1\n 1 b>a 407 1 of=MESSAGE'],
    ['rejected 500', '0 a>b OPTIONS 1\n 1 b>a 500 1 of=OPTIONS'],
    // The latest request counts: pings with one Call-ID, refreshed subscriptions.
    [
      'rejected 503',
      '0 a>b OPTIONS 1\n 0.1 b>a 200 1 of=OPTIONS\n 9 a>b OPTIONS 2 cseq=2\n 9.1 b>a 503 2 of=OPTIONS cseq=2',
    ],
    [
      'completed 200',
      '0 a>b SUBSCRIBE 1\n 0.1 b>a 200 1 of=SUBSCRIBE\n 0.2 b>a NOTIFY 9 from=t to=f\n 0.3 a>b 481 9 of=NOTIFY from=t to=f',
    ],
    ['rejected 503', '0 a>b OPTIONS 1\n 0.1 b>a 200 1 of=OPTIONS\n 9 a>b OPTIONS 2\n 9.1 b>a 503 2 of=OPTIONS'],
    // The hop nearest to the sender decides.
    ['completed 202', '0 a>p MESSAGE 1\n 0.1 p>b MESSAGE 2,1\n 0.2 b>p 404 2,1 of=MESSAGE\n 0.3 p>a 202 1 of=MESSAGE'],
  ])('%s', (expected, text) => expect(state(text)).toBe(expected));

  it('an INVITE makes a session of a Call-ID that had something else before', () => {
    const told = outcome('0 a>b OPTIONS 1\n 0.1 b>a 200 1 of=OPTIONS\n 1 a>b INVITE 2 cseq=2');
    expect(told).toMatchObject({ method: 'INVITE', state: 'calling' });
  });

  it('messages without Call-ID belong to no call', () => {
    const analysis = dialogue('0 a>b OPTIONS 1 call=-\n 0.5 a>b OPTIONS 1 call=-\n 1 a>b OPTIONS 1');
    expect([analysis.messages.count, analysis.calls.count, analysis.calls.messages(1)]).toStrictEqual([3, 1, 1]);
  });
});

const register = (header: string, status = 200): string =>
  `0 a>b REGISTER 1 header=${header}\n 0.1 b>a ${status} 1 of=REGISTER`;

describe('what became of a registration', () => {
  it.each([
    ['registered 200', register('Contact:_<sip:a@h>')],
    ['registered 200', register('m:_<sip:a@h>;expires=600')],
    ['registered 200', register('Contact:_<sip:a@h>|Expires:_3600')],
    ['unregistered 200', register('Contact:_<sip:a@h>|Expires:_0')],
    ['unregistered 200', register('Contact:_*|Expires:_0')],
    ['unregistered 200', register('Contact:_"a;b,"_<sip:a@h;expires=9>;q=1;expires=0|Expires:_3600')],
    // An old address goes, a new one comes, on one line and on two.
    ['registered 200', register('Contact:_<sip:a@old>;expires=0,_<sip:a@new>;expires=600')],
    ['registered 200', register('Contact:_<sip:a@old>;expires=0|Contact:_<sip:a@new>')],
    ['completed 200', register('User-Agent:_asks_only')],
    ['challenged 401', register('Contact:_<sip:a@h>', 401)],
    ['rejected 407', register('Contact:_<sip:a@h>|Proxy-Authorization:_Digest_response="x"', 407)],
    ['rejected 403', register('Contact:_<sip:a@h>', 403)],
    ['pending -', '0 a>b REGISTER 1\n 0.1 b>a 401 1 of=REGISTER\n 0.2 a>b REGISTER 2 cseq=2'],
  ])('%s', (expected, text) => expect(state(text)).toBe(expected));

  it('tells a challenge that nobody answered from credentials that were refused', () => {
    expect(outcome(register('Contact:_<sip:a@h>', 401)).why).toContain('no credentials followed');
    // What an IMS phone sends first names its identity and answers nothing (3GPP TS 24.229 5.1.1.2).
    expect(outcome(register('Authorization:_Digest_nonce="",response=""', 401)).why).toContain(
      'no credentials followed',
    );
    expect(outcome(register('Authorization:_Digest_nonce="n",response="1f"', 401)).why).toContain('they were refused');
  });
});
