import type { LadderMedia } from '../../core/contract/ladder.ts';
import type { LadderCall, LadderEnd, LadderInput, LadderMessage, LadderStream } from '../../core/ladder/input.ts';

/** Inputs as the host makes them, written as dialogues: who says what to whom, and when. */
export class Dialogue {
  readonly messages: LadderMessage[] = [];
  readonly calls: LadderCall[] = [];
  private frame = 0;
  private readonly base = 1_777_640_601;

  call(call: Partial<LadderCall> & { readonly callId: string }): this {
    this.calls.push({ from: null, to: null, state: 'completed', why: '', ...call });
    return this;
  }

  /** `at` in ms; `what` is `INVITE` or `200 OK`; `cseq` is `1 INVITE`, by default 1 and the method. */
  say(
    at: number,
    src: string,
    dst: string,
    what: string,
    more: Partial<LadderMessage> & { readonly of?: string } = {},
  ): this {
    const { of, ...rest } = more;
    const status = /^(?<code>\d{3})(?: (?<reason>.*))?$/su.exec(what)?.groups;
    const [number = '1', method = what] = (of ?? (status === undefined ? `1 ${what}` : '1 INVITE')).split(' ');
    const row = this.messages.length;
    this.frame += 3;
    const us = Math.round(21_998_204 + at * 1000);
    this.messages.push({
      row,
      frame: this.frame,
      ts: `${this.base + Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}`,
      timeNs: us * 1000,
      src: end(src),
      dst: end(dst),
      transport: 'UDP',
      method: status === undefined ? what : null,
      status: status === undefined ? null : Number(status.code),
      reason: status?.reason ?? null,
      cseq: { number: Number(number), method },
      callId: this.calls.at(-1)?.callId ?? null,
      callIndex: Math.max(this.calls.length - 1, 0),
      fromTag: 'a1',
      toTag: status === undefined ? null : 'b2',
      branch: null,
      sdp: null,
      retransmissionOf: null,
      copyOf: null,
      transactionKey: null,
      protection: null,
      faults: [],
      ...rest,
    });
    return this;
  }

  input(more: Partial<LadderInput> = {}): LadderInput {
    return { messages: this.messages, calls: this.calls, ...more };
  }

  /** As `input`, with the messages of all calls in order of time. */
  byTime(more: Partial<LadderInput> = {}): LadderInput {
    const messages = this.messages.toSorted((a, b) => a.timeNs - b.timeNs || a.row - b.row);
    return {
      messages: messages.map((message, at) => ({ ...message, row: at, frame: 3 * at + 3 })),
      calls: this.calls,
      ...more,
    };
  }
}

export function end(text: string): LadderEnd {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon).replaceAll(/[[\]]/gu, ''), port: Number(text.slice(colon + 1)) };
}

/** A stream from one end to the other, between these milliseconds since the clock's zero (a dialogue begins at 21,998). */
export function stream(
  src: string,
  dst: string,
  [startMs, endMs]: readonly [number, number],
  {
    changes,
    callIndex = 0,
    ...media
  }: Partial<Omit<LadderMedia, 'changes'>> & {
    readonly changes?: readonly (readonly [atMs: number, ms: number])[];
    readonly callIndex?: number;
  } = {},
): LadderStream {
  const ts = (ms: number): string => (1_777_640_601 + ms / 1000).toFixed(6);
  const packets = media.packets ?? 100;
  const missing = media.missing ?? 0;
  const expected = media.expected ?? packets + missing;
  return {
    src: end(src),
    dst: end(dst),
    srcParty: null,
    dstParty: null,
    callIndex,
    startNs: startMs * 1e6,
    endNs: endMs * 1e6,
    changes: (changes ?? []).map(([at, ms]) => ({ timeNs: at * 1e6, ms })),
    media: {
      stream: 1,
      ssrc: '0x1ff27046',
      src,
      dst,
      start: ts(startMs),
      end: ts(endMs),
      frame: 40,
      direction: 'caller-to-callee',
      protection: null,
      codec: 'PCMU',
      payloadType: 0,
      packetMs: 20,
      askedMs: 20,
      maxMs: null,
      changes: (changes ?? []).map(([at, ms]) => ({ ts: ts(at), ms })),
      packets,
      expected,
      missing,
      lossPercent: Math.round((1e4 * missing) / expected) / 100,
      durationMs: endMs - startMs,
      maxDeltaMs: 31.7,
      meanJitterMs: 1.45,
      maxJitterMs: 2.2,
      mos: 4.38,
      mosScale: 'narrowband',
      dtmf: [],
      addressNote: null,
      warning: null,
      ...media,
    },
  };
}
