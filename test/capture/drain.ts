import { detect } from '../../core/capture/formats.ts';
import type { ByteSource, CaptureReader, Damage } from '../../core/capture/reader.ts';
import { Window } from '../../core/capture/window.ts';

/** Bytes as a source that gives at most `piece` bytes at a time. */
export function sourceOf(bytes: Uint8Array, piece = Infinity): ByteSource {
  let at = 0;
  return {
    name: 'test',
    size: bytes.length,
    read(target, offset, length) {
      const part = bytes.subarray(at, at + Math.min(piece, length));
      target.set(part, offset);
      at += part.length;
      return Promise.resolve(part.length);
    },
    close: () => Promise.resolve(),
  };
}

export interface Drained {
  /** `seconds.nanoseconds captured/original link=… if=…` and a digest of the bytes, for each packet. */
  readonly packets: readonly string[];
  readonly damage: Damage | null;
  readonly reader: CaptureReader;
}

/** Reads a capture to its end, `piece` bytes at a time, and checks what every reader promises. */
export async function drain(bytes: Uint8Array, piece = Infinity, chunk = 65_536): Promise<Drained> {
  const format = detect(bytes);
  if (format === null) throw new Error('not a capture');
  const reader = format.open();
  const window = new Window(sourceOf(bytes, piece), chunk);
  const packets: string[] = [];
  for (;;) {
    const used = reader.next(window.bytes, window.view, window.at, window.end);
    if (used > window.end - window.at) throw new Error('consumed more than there is');
    if (used > 0) {
      if (reader.packet) packets.push(describe(reader, window, window.at + used));
      window.at += used;
    } else if (used < 0) return { packets, damage: reader.damage, reader };
    else {
      if (reader.need <= window.end - window.at) throw new Error('asks for what it has');
      if (!(await window.fill(reader.need))) break;
    }
  }
  return { packets, damage: reader.finish(window.end - window.at), reader };
}

function describe(reader: CaptureReader, window: Window, end: number): string {
  const { seconds, nanoseconds, captured, original, dataAt } = reader;
  if (dataAt < window.at || dataAt + captured > end) throw new Error('the packet is not in its record');
  if (original < captured) throw new Error('fewer bytes on the wire than were captured');
  if (!Number.isSafeInteger(seconds) || !(nanoseconds >= 0 && nanoseconds < 1e9) || !Number.isInteger(nanoseconds)) {
    throw new Error(`no time: ${seconds} ${nanoseconds}`);
  }
  let hash = 0;
  for (let i = dataAt; i < dataAt + captured; i++) hash = (Math.imul(hash, 31) + (window.bytes[i] as number)) | 0;
  const place = `link=${reader.linkType} if=${reader.interfaceId} at=${window.origin + dataAt}`;
  return `${timeText(reader)} ${captured}/${original} ${place} ${(hash >>> 0).toString(16)}`;
}

export function timeText({ seconds, nanoseconds }: Pick<CaptureReader, 'seconds' | 'nanoseconds'>): string {
  return `${seconds}.${String(nanoseconds).padStart(9, '0')}`;
}

/** The first two words of each packet: time and lengths. */
export async function short(bytes: Uint8Array): Promise<string[]> {
  const { packets } = await drain(bytes);
  return packets.map((packet) => packet.split(' ').slice(0, 2).join(' '));
}
