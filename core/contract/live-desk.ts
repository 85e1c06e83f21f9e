import type { LeftCapture, LiveInterface, LiveProgram } from './live.ts';

/**
 * What is asked around live captures while none of them is open: what could be captured, by what, and what was left
 * behind. The desktop's main process asks it of a process of its own, never of the host of a capture.
 */
export interface LiveDesk {
  interfaces: { params: null; result: readonly LiveInterface[] };
  programs: { params: null; result: readonly LiveProgram[] };
  /** As `checkBpf` of the contract. */
  checkBpf: { params: string; result: string | null };
  /** Captures that nobody saved, and whose program is gone; the latest first. */
  left: { params: null; result: readonly LeftCapture[] };
  /** Gives these files up; only those that are left behind are touched. */
  removeLeft: { params: readonly string[]; result: null };
  /** Writes these files, which are left behind, as one pcapng to `path`; answers with its bytes. */
  saveLeft: { params: { readonly files: readonly string[]; readonly path: string }; result: number };
}
export type LiveDeskName = keyof LiveDesk;

/** A capture that was left behind, as the page knows it: without folders. */
export interface LeftBehind {
  /** Stands for it in questions. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly began: string;
  readonly bytes: number;
  readonly files: number;
}
