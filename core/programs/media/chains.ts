/** The streams of each flow, by SSRC: a chain through their records, the one that was met last in front (AssemblyScript). */
import { count, hasRoom, inSegments, setWord, word } from './memory';
import { NEXT_STREAM, PACKETS, RECORD_WIDTH, SSRC } from './record';
import { HEADS, MAX_STREAMS, RECORD_SHIFT, RECORDS, UNPLACED_STREAMS } from './state';

/** Streams of one flow that may have a single packet: in what is no RTP every packet seems to begin another one. */
const MAX_SINGLE: i32 = 4;
/** Streams of one flow that are looked through. */
const MAX_CHAIN: i32 = 64;

/** How many streams there are; their numbers are from 1, and 0 is nobody's. */
let streams: i32 = 0;

export function streamCount(): i32 {
  return streams;
}

/** Where the record of a stream stands; there is room for one more than there are. */
export function recordOf(stream: i32): usize {
  return inSegments(RECORDS, stream, RECORD_SHIFT, RECORD_WIDTH);
}

/** The stream of a flow that has this SSRC, or a new one; 0 where there are too many. */
export function streamOf(flow: i32, ssrc: i32): i32 {
  const head = headOf(flow);
  return head != 0 && word(recordOf(head), SSRC) == ssrc ? head : find(flow, head, ssrc);
}

function find(flow: i32, head: i32, ssrc: i32): i32 {
  let singles = 0;
  let single = 0;
  let previous = 0;
  let length = 0;
  let stream = head;
  while (stream != 0 && length < MAX_CHAIN) {
    const record = recordOf(stream);
    if (word(record, SSRC) == ssrc) {
      toFront(flow, head, stream, previous);
      return stream;
    }
    if (word(record, PACKETS) == 1) {
      singles += 1;
      single = stream;
    }
    previous = stream;
    stream = word(record, NEXT_STREAM);
    length += 1;
  }
  // The oldest of those that came to nothing makes room.
  if (singles >= MAX_SINGLE || (length >= MAX_CHAIN && singles > 0)) {
    let ahead = 0;
    for (let s = head; s != single; s = word(recordOf(s), NEXT_STREAM)) ahead = s;
    toFront(flow, head, single, ahead);
    const record = recordOf(single);
    const next = word(record, NEXT_STREAM);
    memory.fill(record, 0, RECORD_WIDTH);
    begin(record, ssrc, next);
    return single;
  }
  if (length >= MAX_CHAIN || streams >= load<i32>(MAX_STREAMS) || recordOf(streams + 1) == 0) {
    count(UNPLACED_STREAMS);
    return 0;
  }
  if (!setHead(flow, streams + 1)) {
    count(UNPLACED_STREAMS);
    return 0;
  }
  streams += 1;
  begin(recordOf(streams), ssrc, head);
  return streams;
}

function begin(record: usize, ssrc: i32, next: i32): void {
  setWord(record, SSRC, ssrc);
  setWord(record, NEXT_STREAM, next);
}

function toFront(flow: i32, head: i32, stream: i32, previous: i32): void {
  if (stream == head) return;
  const record = recordOf(stream);
  setWord(recordOf(previous), NEXT_STREAM, word(record, NEXT_STREAM));
  setWord(record, NEXT_STREAM, head);
  setHead(flow, stream);
}

function headOf(flow: i32): i32 {
  return flow < load<i32>(HEADS, 4) ? load<i32>(load<usize>(HEADS) + (flow << 2)) : 0;
}

/** False where there is no room. Flows of RTCP only have numbers too. */
function setHead(flow: i32, stream: i32): bool {
  while (load<i32>(HEADS, 4) <= flow) {
    if (!hasRoom(HEADS, 4, 1 << 10)) return false;
    // All the room there is: it is zeros.
    store<i32>(HEADS, load<i32>(HEADS, 8), 4);
  }
  store<i32>(load<usize>(HEADS) + (flow << 2), stream);
  return true;
}
