import type { PtimeVerdict, StreamRow, StreamSort, StreamSortName } from '../../contract/streams.ts';
import { Turns } from '../kept.ts';
import { sortedOrder } from '../calls/sorted-order.ts';
import { quiet } from './stream-words.ts';

/** Rows between two looks at whether somebody else waits. */
const STEP = 64;

/** From what is right to what is wrong; what nobody can tell has nothing to sort by. */
const troubles: Readonly<Record<PtimeVerdict, number>> = {
  unknown: Number.NaN,
  agree: 1,
  mixed: 2,
  mismatch: 3,
  'over-maxptime': 4,
  'timestamp-clock-wrong': 5,
};

/** What stands for a number where there is none. */
const none = Number.NaN;

const numbers: Readonly<Partial<Record<StreamSortName, (row: StreamRow) => number>>> = {
  call: ({ call }) => call ?? none,
  leg: ({ leg }) => leg ?? none,
  packets: ({ packets }) => packets,
  lost: ({ missing }) => missing,
  lossPercent: ({ missing, expected }) => (expected > 0 ? missing / expected : 0),
  meanJitter: ({ meanJitterMs }) => meanJitterMs ?? none,
  maxJitter: ({ maxJitterMs }) => maxJitterMs ?? none,
  maxDelta: ({ maxDeltaMs }) => maxDeltaMs,
  ptime: ({ ptime: { payloadMs, timestampMs } }) => payloadMs ?? timestampMs ?? none,
  wanted: ({ ptime: { wantedMs } }) => wantedMs ?? none,
  verdict: ({ ptime: { verdict } }) => troubles[verdict],
  mos: ({ mos }) => mos?.value ?? none,
  duration: ({ durationMs }) => durationMs,
  bandwidth: ({ kbpsLayer2 }) => kbpsLayer2 ?? none,
};

/** Texts are sorted in any case; those that are empty come last. */
const texts: Readonly<Partial<Record<StreamSortName, (row: StreamRow) => string>>> = {
  direction: ({ direction }) => direction ?? '',
  src: ({ src, sport }) => place(src, sport),
  dst: ({ dst, dport }) => place(dst, dport),
  ssrc: ({ ssrc }) => ssrc,
  codec: ({ payloadTypes, protection }) => {
    const spoken = payloadTypes.find(({ codec }) => codec !== null && !quiet.has(codec.toLowerCase()));
    return `${spoken?.codec ?? `~${payloadTypes[0]?.pt ?? ''}`} ${protection ?? ''}`.toLowerCase();
  },
  warning: ({ warning, addressNote }) => (warning ?? addressNote ?? '').toLowerCase(),
};

/** An address so that the texts of several are in the order of their numbers. */
function place(address: string, port: number): string {
  const known = address.includes(':') ? `~${address}` : address.replaceAll(/\d+/gu, (part) => part.padStart(3, '0'));
  return `${known} ${String(port).padStart(5, '0')}`;
}

/** What streams are sorted by, by their numbers; a row is made for each, so keys are kept (`orderOf`). */
export class StreamKeys {
  private readonly list: readonly number[];
  private readonly row: (stream: number) => StreamRow;
  private readonly keys = new Map<StreamSortName, Float64Array>();

  constructor(list: readonly number[], row: (stream: number) => StreamRow) {
    this.list = list;
    this.row = row;
  }

  /** `streams` in this order; equal ones, and those that have nothing to sort by, stay as they stood. */
  async sorted(streams: readonly number[], { by, descending }: StreamSort, signal: AbortSignal): Promise<number[]> {
    if (by === 'start') return descending ? streams.toReversed() : [...streams];
    const keys = this.keys.get(by) ?? (await this.made(by, signal));
    this.keys.set(by, keys);
    return [...sortedOrder(Uint32Array.from(streams), keys, descending)];
  }

  private async made(by: StreamSortName, signal: AbortSignal): Promise<Float64Array> {
    const keys = new Float64Array(this.list.reduce((most, stream) => Math.max(most, stream), 0) + 1).fill(none);
    const number = numbers[by];
    const text = texts[by];
    const turns = new Turns(signal);
    const words = new Map<number, string>();
    for (const [at, stream] of this.list.entries()) {
      if (at % STEP === 0) await turns.next();
      const row = this.row(stream);
      if (number !== undefined) keys[stream] = number(row);
      else if (text !== undefined) words.set(stream, text(row));
    }
    const ranks = new Map([...new Set(words.values())].sort().map((word, rank) => [word, word === '' ? none : rank]));
    for (const [stream, word] of words) keys[stream] = ranks.get(word) ?? none;
    return keys;
  }
}
