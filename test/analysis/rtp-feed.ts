import { MediaProgram } from '../../core/analysis/streams/media-program.ts';
import { MediaStreams } from '../../core/analysis/streams/media-streams.ts';
import { StreamTable } from '../../core/analysis/streams/stream-table.ts';
import { ProgramMemory } from '../../core/bytes/program-memory.ts';
import type { Packet } from '../../core/decode/packet.ts';

/** One RTP packet of a test. */
export interface TestRtp {
  /** Milliseconds. */
  readonly at: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly type?: number;
  readonly ssrc?: number;
  readonly marker?: boolean;
  readonly payload?: Uint8Array | number;
  readonly dport?: number;
}

const SSRC = 0x1234_5678;

/** Feeds packets to the streams as a decoder would. */
export class RtpFeed {
  readonly program: MediaProgram;
  readonly streams: MediaStreams;
  private frame = 0;

  constructor(limits: { readonly flows?: number; readonly streams?: number } = {}) {
    const memory = ProgramMemory.open();
    if (memory === null) throw new Error('there is no WebAssembly here');
    this.program = new MediaProgram(memory, { measures: true, ...limits });
    this.streams = new MediaStreams(this.program);
  }

  rtp(packet: TestRtp): void {
    const { marker = false, payload = 160, sequence, ssrc = SSRC, timestamp, type = 8 } = packet;
    const body = typeof payload === 'number' ? new Uint8Array(payload).fill(0xd5) : payload;
    const bytes = new Uint8Array(12 + body.length);
    const view = new DataView(bytes.buffer);
    bytes.set([0x80, (marker ? 0x80 : 0) | type]);
    view.setUint16(2, sequence);
    view.setUint32(4, timestamp);
    view.setUint32(8, ssrc);
    bytes.set(body, 12);
    this.raw(bytes, packet.at, packet.dport);
  }

  /** Whatever bytes, in an Ethernet frame as long as one of UDP over IPv4. */
  raw(bytes: Uint8Array, at: number, dport = 20_000, reversed = false): void {
    this.frame += 1;
    const ends = { src: 0x0a00_0001, dst: 0x0a00_0002, sport: 10_000, dport };
    const back = { src: ends.dst, dst: ends.src, sport: dport, dport: ends.sport };
    const packet = {
      bytes,
      view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      frame: this.frame,
      time: at * 1e6,
      start: -42,
      end: bytes.length,
      missing: 0,
      association: 0,
      origin: null,
      tcpFlags: -1,
      ...(reversed ? back : ends),
    };
    this.streams.media(packet as unknown as Packet, 0, bytes.length);
  }

  /** `count` packets, one each `ms`, of `step` ticks. */
  run(count: number, ms = 20, step = 160, from: Partial<TestRtp> = {}): void {
    for (let i = 0; i < count; i++) {
      this.rtp({
        ...from,
        at: (from.at ?? 0) + i * ms,
        sequence: ((from.sequence ?? 1) + i) & 0xffff,
        timestamp: ((from.timestamp ?? 0) + i * step) >>> 0,
      });
    }
  }

  get table(): StreamTable {
    return new StreamTable(this.streams.found);
  }
}
