import { Layout, MASK, SHIFT, Word, type StreamRecords } from './stream-records.ts';

/** Streams of one flow that may have a single packet: in what is no RTP every packet seems to begin another one. */
const MAX_SINGLE = 4;
/** Streams of one flow that are looked through. */
const MAX_CHAIN = 64;

/** The streams of each flow, by SSRC: a chain through their records, the one that was met last in front. */
export class StreamChains {
  /** Packets of streams beyond the limit. */
  unplaced = 0;

  private readonly records: StreamRecords;
  private readonly limit: number;
  /** By flow: the stream that was met last. */
  private heads = new Int32Array(1 << 10);

  /** @param limit streams that are kept. */
  constructor(records: StreamRecords, limit: number) {
    this.records = records;
    this.limit = limit;
  }

  /** The stream of a flow that has this SSRC, or a new one; 0 where there are too many. */
  of(flow: number, ssrc: number): number {
    const head = this.heads[flow] ?? 0;
    return head !== 0 && this.records.word(head, Word.Ssrc) === ssrc ? head : this.find(flow, head, ssrc);
  }

  private find(flow: number, head: number, ssrc: number): number {
    const { records } = this;
    let singles = 0;
    let single = 0;
    let previous = 0;
    let length = 0;
    for (let stream = head; stream !== 0 && length < MAX_CHAIN; stream = records.word(stream, Word.Next), length++) {
      if (records.word(stream, Word.Ssrc) === ssrc) {
        this.toFront(flow, head, stream, previous);
        return stream;
      }
      if (records.word(stream, Word.Packets) === 1) {
        singles += 1;
        single = stream;
      }
      previous = stream;
    }
    // The oldest of those that came to nothing makes room.
    if (singles >= MAX_SINGLE || (length >= MAX_CHAIN && singles > 0)) {
      let ahead = 0;
      for (let stream = head; stream !== single; stream = records.word(stream, Word.Next)) ahead = stream;
      this.toFront(flow, head, single, ahead);
      const next = records.word(single, Word.Next);
      records.clear(single);
      this.begin(single, ssrc, next);
      return single;
    }
    if (length >= MAX_CHAIN || records.count >= this.limit) {
      this.unplaced += 1;
      return 0;
    }
    const stream = records.push();
    this.begin(stream, ssrc, head);
    this.setHead(flow, stream);
    return stream;
  }

  private begin(stream: number, ssrc: number, next: number): void {
    const words = this.records.words[stream >>> SHIFT] as Int32Array;
    const w = (stream & MASK) * 2 * Layout.stride;
    words[w + Word.Ssrc] = ssrc;
    words[w + Word.Next] = next;
  }

  private toFront(flow: number, head: number, stream: number, previous: number): void {
    if (stream === head) return;
    const { records } = this;
    const next = records.word(stream, Word.Next);
    this.link(previous, next);
    this.link(stream, head);
    this.setHead(flow, stream);
  }

  private setHead(flow: number, stream: number): void {
    if (flow >= this.heads.length) {
      // Flows of RTCP only have numbers too.
      const more = new Int32Array(2 * Math.max(flow, this.heads.length));
      more.set(this.heads);
      this.heads = more;
    }
    this.heads[flow] = stream;
  }

  private link(stream: number, next: number): void {
    (this.records.words[stream >>> SHIFT] as Int32Array)[(stream & MASK) * 2 * Layout.stride + Word.Next] = next;
  }
}
