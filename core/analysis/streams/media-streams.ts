import type { MediaSink, Packet } from '../../decode/packet.ts';
import * as State from '../../programs/media/state.ts';
import type { MediaProgram } from './media-program.ts';
import { RtcpReports, type PlainReports } from './rtcp-reports.ts';
import { plainCourses, type PlainCourses } from './stream-course.ts';
import type { StreamEvent } from './stream-events.ts';
import { LANES_WIDTH } from './stream-lanes.ts';
import { plainRecords, type PlainRecords } from './stream-records.ts';
import { SAMPLES_WIDTH } from './stream-samples.ts';
import type { StepChange } from './stream-steps.ts';

/** What was found of RTP and RTCP: plain data, for `StreamTable`. */
export interface MediaFound {
  readonly records: PlainRecords;
  readonly lanes: Float64Array;
  readonly courses: PlainCourses;
  readonly samples: Uint8Array;
  readonly events: readonly StreamEvent[];
  readonly changes: readonly StepChange[];
  readonly reports: PlainReports;
}

export const nothingFound: MediaFound = {
  records: { count: 0, segments: [] },
  lanes: new Float64Array(0),
  courses: { segments: [] },
  samples: new Uint8Array(0),
  events: [],
  changes: [],
  reports: { packets: 0, receptions: [], sendings: [] },
};

/** Bytes there is room for at first, of a packet that does not lie in the program's memory. */
const ROOM = 2048;

/**
 * RTP streams (5-tuple and SSRC, RFC 3550): each packet is counted where it belongs, and forgotten. What has only the
 * form of RTP has a record too until more is known; whether it is a stream is judged in the end (`StreamTable`). Here is
 * what packets of media are told to that came in other forms than the program (core/programs/media.ts) goes over by
 * itself; RTCP is read here, too.
 */
export class MediaStreams implements MediaSink {
  private readonly program: MediaProgram;
  private readonly reports = new RtcpReports();
  private room: Uint8Array;
  private roomView: DataView;

  constructor(program: MediaProgram) {
    this.program = program;
    this.room = program.memory.take(ROOM);
    this.roomView = viewOf(this.room);
  }

  media(packet: Packet, at: number, end: number): void {
    const { program } = this;
    const isThere = program.memory.holds(packet.bytes);
    if (!isThere) this.copy(packet, at, end);
    const start = isThere ? packet.bytes.byteOffset + at : this.room.byteOffset;
    const answer = program.packet(
      packet.src,
      packet.dst,
      (packet.sport << 16) | packet.dport,
      packet.time,
      packet.frame,
      start,
      start + end - at,
      packet.missing,
      packet.end - packet.start,
      needsAll(packet),
      false,
    );
    if (answer === State.IS_RTCP) this.reports.packet(packet, at, end);
  }

  /** Copies a packet to where the program reaches it. */
  private copy({ view }: Packet, at: number, end: number): void {
    const length = end - at;
    if (length > this.room.length) {
      this.room = this.program.memory.take(2 * length);
      this.roomView = viewOf(this.room);
    }
    const { roomView } = this;
    let from = at;
    let to = 0;
    for (; from + 4 <= end; from += 4, to += 4) roomView.setInt32(to, view.getInt32(from));
    for (; from < end; from++, to++) roomView.setUint8(to, view.getUint8(from));
  }

  /** What was found, as of now: records are the ones that go on being written to. */
  get found(): MediaFound {
    const { program } = this;
    const count = program.finish();
    const lanes = program.list(State.LANES, LANES_WIDTH).bytes.slice();
    return {
      records: plainRecords(program, count),
      lanes: new Float64Array(lanes.buffer),
      courses: plainCourses(program),
      samples: program.list(State.SAMPLES, SAMPLES_WIDTH).bytes.slice(),
      events: eventsOf(program),
      changes: changesOf(program),
      reports: this.reports.plain,
    };
  }
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}

/** Whether a packet's bytes come out of what other packets began: put together, decrypted, or behind a TCP connection. */
function needsAll({ association, origin, tcpFlags }: Packet): boolean {
  return association !== 0 || tcpFlags >= 0 || origin !== null;
}

/** As core/programs/media/events.ts puts them down. */
function eventsOf(program: MediaProgram): StreamEvent[] {
  const { count, view } = program.list(State.EVENTS, State.EVENT_WIDTH);
  const events: StreamEvent[] = [];
  for (let number = 0; number < count; number++) {
    const at = number * State.EVENT_WIDTH;
    events.push({
      start: view.getFloat64(at, true),
      stream: view.getInt32(at + 8, true),
      code: view.getInt32(at + 12, true),
      timestamp: view.getInt32(at + 16, true),
      duration: view.getInt32(at + 20, true),
      packets: view.getInt32(at + 24, true),
      ended: view.getInt32(at + 28, true) !== 0,
    });
  }
  return events;
}

/** As core/programs/media/steps.ts puts them down. */
function changesOf(program: MediaProgram): StepChange[] {
  const { count, view } = program.list(State.CHANGES, State.CHANGE_WIDTH);
  const changes: StepChange[] = [];
  for (let number = 0; number < count; number++) {
    const at = number * State.CHANGE_WIDTH;
    changes.push({
      time: view.getFloat64(at, true),
      stream: view.getInt32(at + 8, true),
      step: view.getInt32(at + 12, true),
      payload: view.getInt32(at + 16, true),
    });
  }
  return changes;
}
