import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { isRunning, useLive } from '../../state/live.ts';
import { useAnswer } from '../message/answer.ts';
import type { Shown } from './scene.ts';

/** Milliseconds between two looks whether calls got more messages. */
const EVERY_MS = 200;
/** Calls of a ladder that is looked after. */
const MOST = 200;
/** Pixels from the end of a ladder within which one stands at it. */
const NEAR = 24;

/** What changes when a live capture brings more messages of these calls; always the same of what is read from files. */
export function useGrowth(calls: readonly number[]): string {
  const beat = useLive(({ state, beat: last }) => (state === null ? null : last));
  const asked = beat !== null && calls.length > 0 && calls.length <= MOST;
  const { value } = useAnswer(
    asked ? `${calls.join(' ')} ${beat}` : null,
    async (client, signal) => {
      const chunks: string[] = [];
      const decoder = new TextDecoder();
      const onChunk = (chunk: Uint8Array): void => void chunks.push(decoder.decode(chunk, { stream: true }));
      const columns = ['callId', 'messages', 'state'];
      await client.ask('exportTable', { what: 'calls', format: 'csv', columns, calls }, { signal, onChunk });
      return chunks.join('');
    },
    EVERY_MS,
  );
  return value ?? '';
}

/** A ladder that grows while one stands at its end goes along. */
export function useGrowing(scroller: RefObject<HTMLElement | null>, shown: Shown): void {
  const atEnd = useRef(false);
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    if (atEnd.current && shown.items.count > 0 && isRunning(useLive.getState())) toEnd(current);
  }, [scroller, shown]);
  useEffect(() => {
    const { current } = scroller;
    if (current === null) return undefined;
    const look = (): void => {
      atEnd.current = current.scrollHeight - current.clientHeight - current.scrollTop < NEAR;
    };
    look();
    current.addEventListener('scroll', look, { passive: true });
    return () => current.removeEventListener('scroll', look);
  }, [scroller]);
}

function toEnd(scroller: HTMLElement): void {
  scroller.scrollTop = scroller.scrollHeight;
}
