import { describe, expect, it } from 'vitest';
import { Coverage } from '../../core/analysis/coverage.ts';
import { dialogue } from './dialogue.ts';
import { tell } from './read.ts';

const S = 1e9;

/** What inputs cover, in seconds. */
function covering(...spans: readonly (readonly [number, number])[]): Coverage {
  const coverage = new Coverage(spans.length);
  for (const [input, [start, end]] of spans.entries()) {
    coverage.seen(input, start * S);
    coverage.seen(input, end * S);
  }
  return coverage;
}

describe('what several inputs cover', () => {
  it('an input is watched to its own end', () => {
    const coverage = covering([0, 10], [1000, 2000], [0, 1500]);
    expect([0, 1, 2].map((input) => coverage.endOf(input) / S)).toStrictEqual([10, 2000, 1500]);
  });

  it('files of a rotation continue each other, five seconds apart at most', () => {
    const coverage = covering([0, 60], [60.1, 120], [124, 180], [186, 200]);
    expect([0, 1, 2, 3].map((input) => coverage.endOf(input) / S)).toStrictEqual([180, 180, 180, 200]);
  });

  it('grows with what is read, and knows nothing of an input without packets', () => {
    const coverage = covering([0, 60], [61, 70]);
    expect(coverage.endOf(0)).toBe(70 * S);
    coverage.seen(1, 80 * S);
    expect(coverage.endOf(0)).toBe(80 * S);
    expect([new Coverage(2).endOf(1), coverage.endOf(7)]).toStrictEqual([-Infinity, -Infinity]);
  });

  it('a call is judged as of the end of the files that show it', () => {
    const analysis = dialogue('0 a>b INVITE 1\n 0.1 b>a 180 1\n 9000 a>b OPTIONS 7 call=other in=1\n 9001 end');
    expect(tell(analysis, 1).state).toBe('timed-out');
    analysis.coverage = covering([0, 5], [8999, 9001]);
    expect(tell(analysis, 1).state).toBe('ringing');
    expect(tell(analysis, 1).why).toContain('4.9 s later');
    expect(tell(analysis, 2).state).toBe('pending');
  });

  it('the input that watches it longest counts', () => {
    const analysis = dialogue('0 a>p INVITE 1\n 0.1 p>b INVITE 2,1 in=1\n 9000 end');
    analysis.coverage = covering([0, 5], [0, 9000]);
    expect(tell(analysis, 1).state).toBe('timed-out');
  });
});
