// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../../../core/contract/channel.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { useAnswer } from '../../../renderer/views/message/answer.ts';

/** A question that waits to be answered by the test. */
interface Asked {
  readonly key: string;
  readonly signal: AbortSignal;
  readonly answer: (value: string) => void;
  readonly fail: (error: Error) => void;
}

let asked: Asked[] = [];
const client = (): Client => ({
  ask: () => Promise.reject(new Error('not here')),
  on: () => undefined,
  close: () => undefined,
});

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  useCapture.setState({ client: client() });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function hook(first: string | null, spacing = 0) {
  return renderHook(
    ({ key }: { readonly key: string | null }) =>
      useAnswer<string>(
        key,
        (_client, signal) =>
          new Promise((resolve, reject) => {
            asked.push({ key: key ?? '', signal, answer: resolve, fail: reject });
          }),
        spacing,
      ),
    { initialProps: { key: first } },
  );
}

async function answer(at: number): Promise<void> {
  await act(async () => {
    asked[at]?.answer(`answer to ${asked[at].key}`);
    await Promise.resolve();
  });
}

const keys = (): string[] => asked.map(({ key }) => key);

test('asks at once, keeps the answer while the next is on its way, and says which question it answers', async () => {
  const { result, rerender } = hook('a');
  expect(result.current.value).toBeNull();
  await answer(0);
  expect(result.current).toMatchObject({ value: 'answer to a', of: 'a', problem: null });
  rerender({ key: 'b' });
  expect(result.current).toMatchObject({ value: 'answer to a', of: 'a' });
  await answer(1);
  expect(result.current).toMatchObject({ value: 'answer to b', of: 'b' });
});

test('of a quick run of changes, the first, and when it is answered the last is asked', async () => {
  const { result, rerender } = hook('a');
  for (const key of ['b', 'c', 'd']) rerender({ key });
  expect(keys()).toEqual(['a']);
  await answer(0);
  expect(result.current.value).toBe('answer to a');
  expect(keys()).toEqual(['a', 'd']);
});

test('a question that takes long is cancelled by a newer one', () => {
  const { rerender } = hook('a');
  vi.advanceTimersByTime(100);
  rerender({ key: 'b' });
  expect(asked[0]?.signal.aborted).toBe(false);
  vi.advanceTimersByTime(200);
  expect(asked[0]?.signal.aborted).toBe(true);
  expect(keys()).toEqual(['a', 'b']);
});

test('keeps its distance', async () => {
  const { rerender } = hook('a', 80);
  await answer(0);
  rerender({ key: 'b' });
  expect(keys()).toEqual(['a']);
  vi.advanceTimersByTime(81);
  expect(keys()).toEqual(['a', 'b']);
});

test('what is no longer wanted, or of another capture, is cancelled and forgotten', async () => {
  const { result, rerender, unmount } = hook('a');
  await answer(0);
  rerender({ key: null });
  expect(result.current.value).toBeNull();
  rerender({ key: 'b' });
  await act(async () => {
    useCapture.setState({ client: client() });
    await Promise.resolve();
  });
  expect(asked[1]?.signal.aborted).toBe(true);
  expect(keys()).toEqual(['a', 'b', 'b']);
  expect(result.current.value).toBeNull();
  unmount();
  expect(asked[2]?.signal.aborted).toBe(true);
});

test('a failure is a sentence, without where in our code it happened', async () => {
  const { result } = hook('a');
  await act(async () => {
    asked[0]?.fail(new Error('it broke\n    at somewhere'));
    await Promise.resolve();
  });
  expect(result.current).toMatchObject({ value: null, problem: 'it broke' });
});
