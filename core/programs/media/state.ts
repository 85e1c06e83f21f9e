/**
 * Where in memory the program for media finds what it is told and leaves what it found, in bytes: read by TypeScript and
 * by AssemblyScript alike, so nothing but constants. Below 1024, where AssemblyScript puts nothing.
 */

/** The latest time so far, nanoseconds. */
export const LATEST = 96;
/** Of a run: bytes on the wire, packets, and the number of the packet in front of it. */
export const WIRE_BYTES = 104;
export const RUN_PACKETS = 112;
export const FRAME = 116;

/** 1 where streams are measured, 0 where packets are only counted by flow. */
export const MEASURES = 120;
/** Flows and streams that are kept at most. */
export const MAX_FLOWS = 124;
export const MAX_STREAMS = 128;
/** Where a byte for each UDP port stands: 0 where no decoder is. */
export const PORTS = 132;
/** Where nanoseconds of a tick stand, by payload type and by lane (doubles). */
export const TYPE_TICKS = 136;
export const LANE_TICKS = 140;

/** Packets of all flows; packets of flows and of streams beyond the limits (doubles). */
export const PACKETS_SEEN = 144;
export const UNPLACED_FLOWS = 152;
export const UNPLACED_STREAMS = 160;

/* Of each of these: where it begins, how many there are, and how many there is room for. */
export const FLOWS = 168;
export const HEADS = 180;
export const KNOWN = 192;
export const LANES = 204;
export const SAMPLES = 216;
export const EVENTS = 228;
export const CHANGES = 240;
/** As above, of segments: where their addresses stand. */
export const RECORDS = 252;
export const COURSES = 264;

/** Behind all of it. */
export const END = 276;

/** Bytes of one of them. */
export const FLOW_WIDTH = 16;
export const KNOWN_WIDTH = 32;
export const EVENT_WIDTH = 32;
export const CHANGE_WIDTH = 24;

/** Records of a segment, and courses, as a power of 2. */
export const RECORD_SHIFT = 7;
export const COURSE_SHIFT = 4;

/** First bytes of a payload that are kept, of how many payloads of a stream, behind two bytes of its length each. */
export const SAMPLE_BYTES = 30;
export const SAMPLE_COUNT = 4;

/**
 * A course: how many steps it has and how many nanoseconds one lasts, then so many steps of as many numbers each (32-bit
 * floating point: an interval is a second times a power of 2, which fits).
 */
export const COURSE_STEPS = 64;
export const COURSE_WIDTH = 5;
export const COURSE_HEAD = 4;
export const FIRST_INTERVAL = 1e9;

/* What `packet` answers. */
export const COUNTED = 0;
/** It is RTCP, which is read elsewhere. */
export const IS_RTCP = 1;
