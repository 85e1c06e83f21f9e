import type { Coverage } from '../../analysis/coverage.ts';
import { epochText } from '../../bytes/time.ts';
import { NEED, PACKET, type Input, type PacketSource } from '../../capture/input.ts';
import type { CaptureReader } from '../../capture/reader.ts';
import type { Packet } from '../../decode/packet.ts';
import { usualEsp } from '../../decode/usual-esp.ts';
import type { UsualRuns } from './usual-runs.ts';

/** What is known of all packets together. */
export class Tally {
  /** Seconds since 1970 that packet times are counted from; null until the first packet is there. */
  base: number | null = null;
  packets = 0;
  /** Bytes that the packets had on the wire. */
  bytes = 0;
  /** Earliest and latest time, nanoseconds since `base`; NaN without packets. */
  start = Number.NaN;
  end = Number.NaN;
  /** Decimals of the finest clock. */
  decimals = 0;
  /** First and last packet of each input, where there are several. */
  coverage: Coverage | null = null;

  /** A time (nanoseconds since `base`) as `ts`; null for NaN. */
  when(ns: number): string | null {
    return Number.isNaN(ns) ? null : epochText(this.base ?? 0, ns, this.decimals);
  }
}

/** What the driver tells while it reads. */
export interface Driving {
  readonly tally: Tally;
  /** Called behind each packet, once it has its outcome. Left out on the fastest path. */
  readonly afterPacket?: (packet: Packet, reader: CaptureReader) => void;
  /** Reads on over usual packets; left out where each packet is to be seen. */
  readonly runs?: UsualRuns | null;
  /** Called between chunks of the input, while nothing is half done. */
  readonly betweenChunks: () => Promise<void> | void;
  readonly signal: AbortSignal;
}

/** Sends every packet of the inputs through the decoders. Ends early, without an error, when the signal says so. */
export async function drive(
  { merged }: { readonly merged: PacketSource },
  packet: Packet,
  driving: Driving,
): Promise<void> {
  while (driveChunk(merged, packet, driving) === NEED) {
    if (driving.signal.aborted) return;
    await driving.betweenChunks();
    await merged.refill();
  }
  packet.routes.finish(packet);
}

/** The packets that are there without reading on; returns NEED or END. By itself, since code that waits is compiled again after each wait. */
function driveChunk(merged: PacketSource, packet: Packet, { afterPacket, runs = null, tally }: Driving): number {
  const fast = afterPacket === undefined && tally.coverage === null ? runs : null;
  // A chunk often begins in the middle of a run; what was opened ahead ended with the one before.
  if (merged === merged.current && packet.association === 0) fast?.readOn(merged.current, packet, tally);
  for (;;) {
    const step = merged.step();
    if (step !== PACKET) return step;
    const { current } = merged;
    decodePacket(packet, current, tally);
    afterPacket?.(packet, current.reader);
    if (merged === current) fast?.readOn(current, packet, tally);
  }
}

/** The packet at which the input stands. */
function decodePacket(packet: Packet, input: Input, tally: Tally): void {
  const { reader, window } = input;
  tally.base ??= reader.seconds;
  const at = reader.dataAt;
  packet.bytes = window.bytes;
  packet.view = window.view;
  tally.packets = packet.frame += 1;
  tally.bytes += reader.original;
  if (reader.decimals > tally.decimals) tally.decimals = reader.decimals;
  packet.time = (reader.seconds - tally.base) * 1e9 + reader.nanoseconds;
  // Written so that NaN, the value before the first packet, is replaced.
  if (!(packet.time >= tally.start)) tally.start = packet.time;
  if (!(packet.time <= tally.end)) tally.end = packet.time;
  if (tally.coverage !== null) tally.coverage.seen(input.index, packet.time);
  packet.start = at;
  packet.end = at + reader.captured;
  packet.position = input.position();
  packet.missing = reader.original - reader.captured;
  packet.linkType = reader.linkType;
  packet.interfaceId = reader.interfaceId;
  packet.upcoming = input;
  packet.begin();
  if (!usualEsp(packet)) packet.routes.link(reader.linkType)(packet, at, packet.end);
  packet.ledger.count(packet.outcome);
}
