import type { StreamRow } from '../../contract/streams.ts';
import type { LadderEnd, LadderInput, LadderMessage, LadderStream } from '../../ladder/input.ts';
import { callWarnings } from '../media/call-media.ts';
import type { OpenCapture } from '../open-capture.ts';
import { streamsOfCalls } from '../media/stream-answers.ts';
import type { StreamRows } from '../media/stream-rows.ts';
import { quiet } from '../media/stream-words.ts';
import { end } from '../table-columns.ts';

/** Calls whose media is looked at for remarks at their messages; nobody reads more. */
const MOST_CALLS = 1000;

/** The streams of the calls of a ladder (numbers), as its bands need them, and what is wrong with them at the messages. */
export function ladderMedia(
  open: OpenCapture,
  calls: readonly number[],
  messages: LadderInput['messages'],
): Required<Pick<LadderInput, 'streams' | 'remarks'>> {
  const { rows, streams } = streamsOfCalls(open, calls);
  const ofCall = new Map<number, number[]>();
  for (const stream of streams) {
    const list = ofCall.get(rows.callOf(stream));
    if (list === undefined) ofCall.set(rows.callOf(stream), [stream]);
    else list.push(stream);
  }
  return {
    streams: ladderStreams(rows, calls, streams, messages),
    remarks: calls
      .slice(0, MOST_CALLS)
      .flatMap((call) => callWarnings(open.session, rows, call, ofCall.get(call) ?? [])),
  };
}

function ladderStreams(
  rows: StreamRows,
  calls: readonly number[],
  found: readonly number[],
  messages: LadderInput['messages'],
): LadderStream[] {
  const wanted = new Map(calls.map((call, index) => [call, index]));
  const parties = new Parties(messages);
  const streams = found.map((stream) => ({ row: rows.row(stream), times: rows.timesOf(stream) }));
  const legs = new Map<number, number>();
  for (const { row } of streams) legs.set(row.call ?? 0, Math.max(legs.get(row.call ?? 0) ?? 0, row.leg ?? 0));
  return streams.map(({ row, times }) => {
    const callIndex = wanted.get(row.call ?? 0) ?? 0;
    const hop = parties.of(callIndex, row.leg ?? 1, legs.get(row.call ?? 0) ?? 1);
    const [src, dst] = row.direction === 'callee-to-caller' ? [hop?.dst, hop?.src] : [hop?.src, hop?.dst];
    return {
      src: { address: row.src, port: row.sport },
      dst: { address: row.dst, port: row.dport },
      srcParty: src ?? null,
      dstParty: dst ?? null,
      callIndex,
      ...times,
      changes: row.ptime.changes.map(({ ts, ms }) => ({
        timeNs: times.startNs + (Number(ts) - Number(row.start)) * 1e9,
        ms,
      })),
      media: mediaOf(row),
    };
  });
}

function mediaOf(row: StreamRow): LadderStream['media'] {
  const spoken = row.payloadTypes.find(({ codec }) => codec !== null && !quiet.has(codec.toLowerCase()));
  const { ptime } = row;
  return {
    stream: row.id,
    ssrc: row.ssrc,
    src: end(row.src, row.sport),
    dst: end(row.dst, row.dport),
    start: row.start,
    end: row.end,
    frame: row.frame,
    direction: row.direction,
    protection: row.protection,
    codec: spoken?.codec ?? null,
    payloadType: (spoken ?? row.payloadTypes[0])?.pt ?? null,
    packetMs: ptime.payloadMs ?? ptime.timestampMs,
    askedMs: ptime.wantedMs,
    maxMs: ptime.maxMs,
    changes: ptime.changes,
    packets: row.packets,
    expected: row.expected,
    missing: row.missing,
    lossPercent: row.expected > 0 ? Math.round((1e4 * row.missing) / row.expected) / 100 : 0,
    durationMs: row.durationMs,
    maxDeltaMs: row.maxDeltaMs,
    meanJitterMs: row.meanJitterMs,
    maxJitterMs: row.maxJitterMs,
    mos: row.mos?.value ?? null,
    mosScale: row.mos?.inputs.scale ?? null,
    dtmf: row.dtmf.map(({ key }) => key),
    addressNote: row.addressNote,
    warning: row.warning,
  };
}

type Hop = Pick<LadderMessage, 'src' | 'dst'>;

/**
 * Between whom the legs of a call run, as far as the INVITEs tell: needed only where several hosts share an address, and
 * their media ports say nothing about which of them it is.
 */
class Parties {
  private readonly hops = new Map<number, Map<string, Hop>>();

  constructor(messages: LadderInput['messages']) {
    for (const { method, copyOf, toTag, callIndex, src, dst } of messages) {
      if (method !== 'INVITE' || copyOf !== null || toTag !== null) continue;
      const known = this.hops.get(callIndex) ?? new Map<string, Hop>();
      this.hops.set(callIndex, known);
      const key = `${src.address} ${src.port} ${dst.address} ${dst.port}`;
      if (!known.has(key)) known.set(key, { src, dst });
    }
  }

  /** Sender and receiver of the INVITE of this leg (from 1) of `legs`; of the whole way where the media has only one. */
  of(callIndex: number, leg: number, legs: number): { readonly src: LadderEnd; readonly dst: LadderEnd } | null {
    const hops = [...(this.hops.get(callIndex)?.values() ?? [])];
    const [first] = hops;
    const last = hops.at(-1);
    if (first === undefined || last === undefined) return null;
    if (legs <= 1) return { src: first.src, dst: last.dst };
    return hops[leg - 1] ?? last;
  }
}
