import { payloadTime } from '../../decode/codec-time.ts';
import type { Codec } from '../../decode/sdp-codecs.ts';
import type { PacketTimeFacts } from './packet-time.ts';
import type { Step } from './stream-table.ts';

const nothing = new Uint8Array(0);

/** How long payloads of the main step last, ms: by their size where that is even, else by the first bytes of those that were kept. */
export function payloadOf(facts: PacketTimeFacts, main: Step): number | null {
  const { codec, overhead } = facts;
  if (codec === null) return null;
  const size = main.payload - overhead;
  // Sound samples: every byte counts, and the mean of many packets is exact.
  if (overhead > 0 || Math.abs(size - Math.round(size)) < 0.01) {
    const bySize = payloadTime(codec, Math.round(size), nothing);
    if (bySize !== null && !readsHead.has(codec.name.toUpperCase())) return bySize.ms;
  }
  if (overhead > 0 && readsHead.has(codec.name.toUpperCase())) return null;
  const times = facts.samples.flatMap(({ length, bytes }) => payloadTime(codec, length - overhead, bytes)?.ms ?? []);
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? null;
}

/** Bytes that SRTP's usual suites put behind a payload. */
const tags = [4, 10, 16];

/** The tag of SRTP, where payloads of sound samples are by just so much longer than their timestamps say; 0 where not. */
export function tagBySize(codec: Codec | null, steps: readonly Step[]): number {
  const [main] = steps;
  if (codec === null || main === undefined || main.ticks <= 0 || main.count < 20 || !even.has(codec.name)) return 0;
  const rest = main.payload - (main.ticks / codec.clockRate) * 8000;
  for (const tag of tags) if (Math.abs(rest - tag) < 0.35) return tag;
  return 0;
}

/** Codecs of 8 bytes a millisecond. */
const even = new Set(['PCMU', 'PCMA', 'G722']);

/** Codecs of which the first bytes say how many frames there are; encrypted, they say nothing. */
const readsHead = new Set(['AMR', 'AMR-WB', 'EVS', 'OPUS', 'G723']);
