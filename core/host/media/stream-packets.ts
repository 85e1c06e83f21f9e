import { StreamRecords, Word } from '../../analysis/streams/stream-records.ts';
import { enterFile } from '../../capture/enter.ts';
import type { PacketSource } from '../../capture/input.ts';
import type { MediaSink, Packet } from '../../decode/packet.ts';
import { drive, Tally } from '../reading/drive.ts';
import type { Session } from '../session.ts';

/** A packet of a stream that is read again: one object, used again for each packet. */
export class StreamPacket {
  /** Which of the streams that were asked for, from 0. */
  index = 0;
  /** Arrival, nanoseconds since the session's base second (as `Packet.time`, `Real.First`). */
  time = -0;
  /** Number of the packet in the capture, from 1. */
  frame = 0;
  sequence = 0;
  /** 0 to 2³² − 1. */
  timestamp = -0;
  payloadType = 0;
  marked = false;
  /** The payload is `bytes[at, end)`: without header extension, CSRCs and padding; SRTP as it is. Holds only during the call. */
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** Bytes of the payload that the capture did not keep (snaplen). */
  missing = 0;
}

/** Told of each packet in the order of arrival. */
export type StreamPacketSink = (packet: StreamPacket) => void;

/** A stream that is looked for. */
interface Wanted {
  readonly index: number;
  readonly src: number;
  readonly dst: number;
  readonly ports: number;
  readonly ssrc: number;
  /** First packet. */
  readonly frame: number;
  /** Packets to come. */
  left: number;
}

/**
 * Reads the packets of a few streams (numbers of streams that there are, `StreamRow.id`) once more from the capture, through all that
 * decoding can do: fragments, tunnels, VLANs, IPsec without encryption. The capture is entered a little before the first
 * of their packets where that can be done (one plain file), and left behind the last. Other work of the program has its
 * turn between chunks of the input; nothing is kept of a packet. Resolves with the number of packets told; when the
 * signal ends it, it rejects with the signal's reason. Rejects with CaptureError where the input cannot be read again.
 * Packets that arrived after `until` (nanoseconds) end it. `between` is called, and waited for, between chunks.
 */
export async function readStreamPackets(
  session: Session,
  streams: readonly number[],
  sink: StreamPacketSink,
  signal: AbortSignal,
  until = Infinity,
  between: () => Promise<void> | void = () => undefined,
): Promise<number> {
  const records = new StreamRecords(session.account.media.found.records);
  const finder = new StreamFinder(records, streams, sink, until);
  if (finder.left === 0) return 0;
  const { merged, close } = await source(session, records, streams, signal);
  const packet = session.newPacket({ sip: () => undefined }, finder);
  packet.frame = merged.current.packets;
  const tally = new Tally();
  tally.base = session.tally.base;
  const all = new AbortController();
  try {
    await drive({ merged }, packet, {
      tally,
      signal: all.signal,
      betweenChunks: async () => {
        await between();
        signal.throwIfAborted();
        if (finder.left === 0) all.abort();
      },
    });
    signal.throwIfAborted();
  } finally {
    await close();
  }
  return finder.told;
}

/** The capture again, from a place before the first packet of the streams. */
async function source(
  session: Session,
  records: StreamRecords,
  streams: readonly number[],
  signal: AbortSignal,
): Promise<{ readonly merged: PacketSource; readonly close: () => Promise<void> }> {
  const { file, inputs } = session.inputs;
  const [only] = inputs;
  if (file !== null && only !== undefined && streams.every((stream) => records.word(stream, Word.NeedsAll) === 0)) {
    const frame = Math.min(...streams.map((stream) => records.word(stream, Word.Frame)));
    const entered = await enterFile(file.name, only.reader.format, only.places.ahead(frame), signal);
    if (entered !== null) return { merged: entered.input, close: entered.close };
  }
  const again = await session.openAgain(signal);
  return { merged: again.merged, close: () => again.close() };
}

/** Picks the packets of the streams out of all media. */
class StreamFinder implements MediaSink {
  /** Packets told so far, and still to come. */
  told = 0;
  left = 0;

  private readonly wanted: readonly Wanted[];
  private readonly sink: StreamPacketSink;
  private readonly until: number;
  private readonly found = new StreamPacket();

  constructor(records: StreamRecords, streams: readonly number[], sink: StreamPacketSink, until: number) {
    this.sink = sink;
    this.until = until;
    this.wanted = streams.map((stream, index) => ({
      index,
      src: records.word(stream, Word.Src),
      dst: records.word(stream, Word.Dst),
      ports: records.word(stream, Word.Ports),
      ssrc: records.word(stream, Word.Ssrc),
      frame: records.word(stream, Word.Frame),
      left: records.word(stream, Word.Packets),
    }));
    for (const { left } of this.wanted) this.left += left;
  }

  media(packet: Packet, at: number, end: number): void {
    const ports = (packet.sport << 16) | packet.dport;
    for (const one of this.wanted) {
      if (one.ports === ports && one.src === (packet.src | 0) && one.dst === (packet.dst | 0)) {
        this.candidate(one, packet, at, end);
      }
    }
  }

  private candidate(one: Wanted, packet: Packet, at: number, end: number): void {
    const { view } = packet;
    const head = view.getUint32(at);
    const second = (head >>> 16) & 0xff;
    // RTCP (RFC 5761 4.), another source, or a packet that was counted to nobody.
    if (second >= 192 && second <= 223) return;
    if (view.getInt32(at + 8) !== one.ssrc || packet.frame < one.frame || one.left === 0) return;
    if (packet.time > this.until) {
      this.left -= one.left;
      one.left = 0;
      return;
    }
    one.left -= 1;
    this.left -= 1;
    this.told += 1;
    const { found } = this;
    found.index = one.index;
    found.time = packet.time;
    found.frame = packet.frame;
    found.sequence = head & 0xffff;
    found.timestamp = view.getUint32(at + 4);
    found.payloadType = second & 0x7f;
    found.marked = second >= 128;
    found.bytes = packet.bytes;
    found.missing = packet.missing;
    // RFC 3550 5.1: sources that contributed, an extension (5.3.1), and padding whose last byte counts it.
    let start = at + 12 + ((head >>> 22) & 0x3c);
    if ((head & 0x1000_0000) !== 0 && start + 4 <= end) start += 4 + 4 * view.getUint16(start + 2);
    let last = end;
    if ((head & 0x2000_0000) !== 0 && packet.missing === 0 && end > start) last -= view.getUint8(end - 1);
    found.at = Math.min(start, end);
    found.end = Math.max(found.at, last);
    this.sink(found);
  }
}
