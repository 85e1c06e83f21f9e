import { setImmediate as turn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { Kept } from '../../core/host/kept.ts';
import type { Session } from '../../core/host/session.ts';

/** All that `Kept` wants to know of a session. */
function reading(): { session: Session; end: () => void } {
  const session = { done: false };
  return { session: session as Session, end: () => void (session.done = true) };
}
const forever = new AbortController().signal;

test('what was made before the end of the capture is made again after it, and then kept', async () => {
  const { session, end } = reading();
  let made = 0;
  const kept = new Kept(session, () => Promise.resolve(++made));
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    expect(await kept.get(forever)).toBe(1);
    end();
    expect(await kept.get(forever)).toBe(2);
    vi.advanceTimersByTime(1e9);
    expect(await kept.get(forever)).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

test('while reading goes on, it is used ten times as long as it took', async () => {
  const { session } = reading();
  let made = 0;
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const kept = new Kept(session, () => {
      vi.advanceTimersByTime(100);
      return Promise.resolve(++made);
    });
    expect(await kept.get(forever)).toBe(1);
    vi.advanceTimersByTime(999);
    expect(await kept.get(forever)).toBe(1);
    vi.advanceTimersByTime(2);
    expect(await kept.get(forever)).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

test('several who ask share the work; it ends only when all of them have left', async () => {
  const { session, end } = reading();
  end();
  const signals: AbortSignal[] = [];
  let finish: (value: string) => void = () => undefined;
  const kept = new Kept(session, (signal) => {
    signals.push(signal);
    return new Promise<string>((resolve) => {
      finish = resolve;
    });
  });
  const [one, two] = [new AbortController(), new AbortController()];
  const answers = [kept.get(one.signal), kept.get(two.signal)];
  await turn();
  expect(signals).toHaveLength(1);
  one.abort();
  expect(signals[0]?.aborted).toBe(false);
  finish('made');
  await expect(answers[0]).rejects.toMatchObject({ code: 'cancelled' });
  expect(await answers[1]).toBe('made');

  const other = new Kept(session, (signal) => {
    signals.push(signal);
    return new Promise<string>((resolve) => {
      finish = resolve;
    });
  });
  const only = new AbortController();
  const left = other.get(only.signal);
  await turn();
  only.abort();
  expect(signals[1]?.aborted).toBe(true);
  // Who asks now does not get what was given up.
  const again = other.get(forever);
  await turn();
  finish('again');
  expect(await again).toBe('again');
  await Promise.race([left.catch(() => undefined), turn()]);
});

test('a failure is told, and not kept', async () => {
  const { session } = reading();
  let times = 0;
  const kept = new Kept(session, () =>
    times++ === 0 ? Promise.reject(new Error('the file went away')) : Promise.resolve('there'),
  );
  await expect(kept.get(forever)).rejects.toThrow('went away');
  expect(await kept.get(forever)).toBe('there');
});
