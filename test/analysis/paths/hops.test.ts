import { describe, expect, it } from 'vitest';
import { outcome } from '../dialogue.ts';

describe('hops: how far the request went', () => {
  it.each([
    [1, 'one', '0 a>b INVITE 1'],
    [2, 'a fork is as long as its longest branch', '0 a>p INVITE 1\n 0 p>b INVITE 2,1\n 0 p>c INVITE 3,1'],
    [3, 'one branch goes on', '0 a>p INVITE 1\n 0 p>b INVITE 2,1\n 0 p>q INVITE 3,1\n 0 q>c INVITE 4,3,1'],
    [4, 'each pass of a loop counts', '0 a>p INVITE 1\n 0 p>p INVITE 2,1\n 0 p>p INVITE 3,2,1\n 0 p>p INVITE 4,3,2,1'],
    [1, 'only the far end is in the capture', '0 p>b INVITE 3,2,1'],
    [2, 'only responses are in the capture', '0 b>p 180 2,1\n 0 p>a 180 1'],
    [1, 'sent again is no hop', '0 a>b INVITE 1\n 0.5 a>b INVITE 1'],
    [1, 'the latest attempt', '0 a>p INVITE 1\n 0 p>b INVITE 2,1\n 1 p>a 407 1\n 2 a>p INVITE 3 cseq=2'],
  ])('%i: %s', (hops, _about, text) => expect(outcome(text).hops).toBe(hops));
});
