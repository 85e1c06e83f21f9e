/** Telephone events (RFC 4733) that are kept at most; those beyond are counted in the packets of their stream only. */
export const MAX_EVENTS = 100_000;

/** An event as its packets told of it. Plain data. */
export interface StreamEvent {
  readonly stream: number;
  /** 0 to 15 are the keys 0 to 9, `*`, `#`, A to D; 16 is a flash. */
  readonly code: number;
  /** Of its first packet, nanoseconds. */
  readonly start: number;
  readonly timestamp: number;
  /** Ticks, as the last packet that told more says. */
  duration: number;
  packets: number;
  /** One of its packets had the end bit. */
  ended: boolean;
}

export class StreamEvents {
  readonly list: StreamEvent[] = [];

  /**
   * Takes in a packet of `stream` whose event before was number `current`, from 1, 0 for none. All packets of an event
   * have its timestamp (RFC 4733 2.2.1). Returns the event's number.
   */
  packet(stream: number, current: number, time: number, timestamp: number, words: number): number {
    const code = words >>> 24;
    const ended = (words & 0x80_0000) !== 0;
    const duration = words & 0xffff;
    const known = this.list[current - 1];
    if (known?.timestamp === timestamp && known.code === code) {
      known.packets += 1;
      known.ended ||= ended;
      if (duration > known.duration) known.duration = duration;
      return current;
    }
    if (this.list.length >= MAX_EVENTS) return 0;
    return this.list.push({ stream, code, start: time, timestamp, duration, packets: 1, ended });
  }
}

/** What one reads on a telephone. */
export function keyOf(code: number): string {
  return '0123456789*#ABCD'[code] ?? (code === 16 ? 'flash' : String(code));
}

/** An event of 0 to 16, the reserved bit 0 (RFC 4733 2.3). */
export function isEventForm(word: number): boolean {
  return word >>> 24 <= 16 && (word & 0x40_0000) === 0;
}
