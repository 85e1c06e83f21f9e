import { create } from 'zustand';
import type { Span } from './questions.ts';

/** The moment that all charts show the values of, and the stretch that they show; epoch seconds. */
export const useTimeCursor = create<{ readonly at: number | null; readonly zoom: Span | null }>()(() => ({
  at: null,
  zoom: null,
}));
