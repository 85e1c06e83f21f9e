/** A telephone event (RFC 4733) as its packets told of it. Plain data. */
export interface StreamEvent {
  readonly stream: number;
  /** 0 to 15 are the keys 0 to 9, `*`, `#`, A to D; 16 is a flash. */
  readonly code: number;
  /** Of its first packet, nanoseconds. */
  readonly start: number;
  readonly timestamp: number;
  /** Ticks, as the last packet that told more says. */
  readonly duration: number;
  readonly packets: number;
  /** One of its packets had the end bit. */
  readonly ended: boolean;
}

/** What one reads on a telephone. */
export function keyOf(code: number): string {
  return '0123456789*#ABCD'[code] ?? (code === 16 ? 'flash' : String(code));
}
