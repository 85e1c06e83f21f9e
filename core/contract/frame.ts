import type { ErrorCode, FilterProblem } from './api.ts';

/**
 * A message of the contract as bytes, the same on every pipe: four bytes big-endian with the length of the head, the
 * head as JSON in UTF-8, then raw bytes up to the end (only chunks have any).
 */
export type Frame =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  /** The asker has taken a chunk: one more may be sent. */
  | { readonly kind: 'more'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'error';
      readonly id: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly problem: FilterProblem | null;
    }
  | { readonly kind: 'chunk'; readonly id: number }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown };

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NOTHING = new Uint8Array(0);

export function encodeFrame(frame: Frame, raw: Uint8Array = NOTHING): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(JSON.stringify(frame));
  const bytes = new Uint8Array(4 + head.length + raw.length);
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, 4);
  bytes.set(raw, 4 + head.length);
  return bytes;
}

/** Null for bytes that are no frame: what is at the other end may be anybody. */
export function decodeFrame(bytes: Uint8Array): { readonly frame: Frame; readonly raw: Uint8Array } | null {
  if (bytes.length < 4) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  if (length > bytes.length - 4) return null;
  let head: unknown;
  try {
    head = JSON.parse(decoder.decode(bytes.subarray(4, 4 + length)));
  } catch {
    return null;
  }
  return isFrame(head) ? { frame: head, raw: bytes.subarray(4 + length) } : null;
}

function isFrame(head: unknown): head is Frame {
  if (typeof head !== 'object' || head === null || !('kind' in head)) return false;
  const { kind } = head;
  if (kind === 'event') return 'name' in head && typeof head.name === 'string';
  if (!('id' in head) || typeof head.id !== 'number') return false;
  switch (kind) {
    case 'call':
      return 'method' in head && typeof head.method === 'string';
    case 'error':
      return 'code' in head && 'message' in head && typeof head.message === 'string';
    case 'cancel':
    case 'more':
    case 'result':
    case 'chunk':
      return true;
    default:
      return false;
  }
}
