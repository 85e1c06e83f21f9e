import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Ahead } from '../../core/host/ahead.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that ends when it is told to, and what became of each time it was begun. */
function work(): { readonly begun: AbortSignal[]; end: () => void; make: (signal: AbortSignal) => Promise<void> } {
  const begun: AbortSignal[] = [];
  const made = {
    begun,
    end: (): void => undefined,
    make: (signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        begun.push(signal);
        made.end = resolve;
        signal.addEventListener('abort', () => reject(new Error('given up')));
      }),
  };
  return made;
}

const after = (milliseconds: number): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(() => resolve('answer'), milliseconds);
  });

test('it is done once, and makes way for nobody who is answered at once', async () => {
  const { begun, end, make } = work();
  const ahead = new Ahead(make, new AbortController().signal);
  const early = ahead.behind(after(1));
  expect(begun).toHaveLength(0);
  ahead.begin();
  ahead.begin();
  await vi.advanceTimersByTimeAsync(5000);
  expect(await early).toBe('answer');
  expect(begun.map(({ aborted }) => aborted)).toEqual([false]);
  end();
});

test('it is given up for a question that takes long, and begun again when all of them are answered', async () => {
  const made = work();
  const ahead = new Ahead(made.make, new AbortController().signal);
  ahead.begin();
  const answers = [ahead.behind(after(100)), ahead.behind(after(900))];
  await vi.advanceTimersByTimeAsync(50);
  expect(made.begun.map(({ aborted }) => aborted)).toEqual([true]);
  await vi.advanceTimersByTimeAsync(800);
  expect(made.begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await Promise.all(answers)).toEqual(['answer', 'answer']);
  expect(made.begun.map(({ aborted }) => aborted)).toEqual([true, false]);
  made.end();
  await vi.advanceTimersByTimeAsync(1);
  await Promise.all([ahead.behind(after(100)), vi.advanceTimersByTimeAsync(5000)]);
  expect(made.begun).toHaveLength(2);
});

test('when it is done and there is more, it is done again, but not in the middle of a question', async () => {
  const made = work();
  const ahead = new Ahead(made.make, new AbortController().signal);
  ahead.again();
  expect(made.begun).toHaveLength(0);
  ahead.begin();
  made.end();
  await vi.advanceTimersByTimeAsync(1);
  const answer = ahead.behind(after(2000));
  await vi.advanceTimersByTimeAsync(100);
  ahead.again();
  await vi.advanceTimersByTimeAsync(1000);
  expect(made.begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await answer).toBe('answer');
  expect(made.begun).toHaveLength(2);
});

test('a question that fails is a question that is over, and its failure is its own', async () => {
  const made = work();
  const ahead = new Ahead(made.make, new AbortController().signal);
  ahead.begin();
  const failed = after(100).then(() => {
    throw new Error('no such row');
  });
  const failing = expect(ahead.behind(failed)).rejects.toThrow('no such row');
  await vi.advanceTimersByTimeAsync(1000);
  await failing;
  expect(made.begun.map(({ aborted }) => aborted)).toEqual([true, false]);
});

test('when all ends it is given up for good', async () => {
  const made = work();
  const ending = new AbortController();
  const ahead = new Ahead(made.make, ending.signal);
  ahead.begin();
  ending.abort();
  await Promise.all([ahead.behind(after(100)), vi.advanceTimersByTimeAsync(5000)]);
  expect(made.begun.map(({ aborted }) => aborted)).toEqual([true]);
});
