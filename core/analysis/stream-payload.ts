import { payloadTime } from '../decode/codec-time.ts';
import type { PacketTimeFacts } from './packet-time.ts';
import type { Step } from './stream-table.ts';

/** How long payloads of the main step last, ms: by their size where that is even, else by the first bytes of those that were kept. */
export function payloadOf({ codec, overhead, samples }: PacketTimeFacts, main: Step): number | null {
  if (codec === null) return null;
  const size = main.payload - overhead;
  const nothing = new Uint8Array(0);
  // Sound samples: every byte counts, and the mean of many packets is exact.
  if (overhead > 0 || Math.abs(size - Math.round(size)) < 0.01) {
    const bySize = payloadTime(codec, Math.round(size), nothing);
    if (bySize !== null && !readsHead.has(codec.name.toUpperCase())) return bySize.ms;
  }
  if (overhead > 0 && readsHead.has(codec.name.toUpperCase())) return null;
  const times = samples.flatMap(({ length, bytes }) => payloadTime(codec, length - overhead, bytes)?.ms ?? []);
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? null;
}

/** Codecs of which the first bytes say how many frames there are; encrypted, they say nothing. */
const readsHead = new Set(['AMR', 'AMR-WB', 'EVS', 'OPUS', 'G723']);
