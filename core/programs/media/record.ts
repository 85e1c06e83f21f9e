/**
 * The record of a stream, of numbers: the 32-bit ones first, then the doubles, then the counts of arrival spacing. All lie
 * next to each other, and begin where a line of the processor's cache does: a packet touches a few lines. Read by
 * TypeScript and by AssemblyScript alike, so nothing but constants.
 */

/** Bytes in front of the doubles, in front of the counts of arrival spacing, and of it all. */
export const REALS_AT = 256;
export const SPACINGS_AT = 576;
export const RECORD_WIDTH = 832;

/* 32-bit numbers, by fours of bytes. Timestamps and SSRCs are signed. What each packet touches stands at the end, next to the doubles that it touches. */
/** The stream of the same flow that was looked at before, 0 at the end. */
export const NEXT_STREAM = 0;
export const SRC = 1;
export const DST = 2;
/** Source port in the upper half. */
export const UDP_PORTS = 3;
/** First packet, from 1. */
export const FIRST_FRAME = 4;
export const BASE_SEQUENCE = 5;
/** Times the sequence number began anew at 0. */
export const CYCLES = 6;
export const DUPLICATES = 7;
export const LATE = 8;
/** Times the sequence went on somewhere else (RFC 3550 A.1). */
export const RESTARTS = 9;
/** Sequence number behind one that was out of all order, + 1. */
export const JUMP_SEQUENCE = 10;
export const MARKERS = 11;
export const TYPE_CHANGES = 12;
/** Payload type + 1 of the first four that were met, and their packets; those of the current one since `TYPE_SINCE` come on top. */
export const TYPES = 13;
export const TYPE_PACKETS = 17;
export const TYPE_SINCE = 21;
export const CANDIDATE = 22;
/** Bytes of payload for the step that holds. */
export const CURRENT_PAYLOAD = 23;
/** Numbers in what is kept beside the records, 0 where nothing is. */
export const EVENT = 24;
export const COURSE = 25;
export const SAMPLES_NUMBER = 26;
export const COMFORT_NOISE = 27;
export const EVENT_PACKETS = 28;
/** Gaps in the sequence, and packets missing in the longest. */
export const GAPS = 29;
export const LONGEST_GAP = 30;
/** Changes of the packet time that are kept of it. */
export const STEP_CHANGES = 31;
export const MAX_SEQUENCE = 34;
/** A bit for each of the 64 newest sequence numbers that was seen; bit 0 of the first is the newest. */
export const SEEN_LOW = 35;
export const SEEN_HIGH = 36;
/** Of the packet before: what delta and jitter are counted from. */
export const REF_TIMESTAMP = 37;
/** Of the newest packet by sequence number. */
export const LAST_TIMESTAMP = 38;
export const PREVIOUS_PAYLOAD = 39;
/** Bytes in front of its payload are no measure of a packet's time: it was an event or comfort noise. */
export const SKIP = 40;
export const PAYLOAD_TYPE = 41;
/** Which of the four steps below was the last. */
export const STEP = 42;
/** Differences of the timestamps of consecutive packets, the most frequent ones, and how often. */
export const STEPS = 43;
export const STEP_COUNTS = 47;
/** The step that holds at present. */
export const CURRENT = 51;
export const CANDIDATE_COUNT = 52;
export const LANES_NUMBER = 53;
/** Packets with the sequence number behind the one before. */
export const STEADY = 54;
/** 1 where its first packet cannot be read without what came before: put together, decrypted, or behind a TCP connection. */
export const NEEDS_ALL = 55;
export const SSRC = 56;
export const PACKETS = 57;
export const REGRESSED = 58;
/** Packets of the run that is under way, what the next one of it begins with, and how long each is. */
export const RUN = 59;
export const NEXT_HEAD = 60;
export const NEXT_TIMESTAMP = 61;
/** Of UDP's payload, and on the wire. */
export const SIZE = 62;
export const WIRE = 63;

/* Doubles, by eights of bytes. Times are nanoseconds of the session. */
/** Of the packet before. */
export const REF_TIME = 0;
export const JITTER = 1;
export const MEAN_JITTER = 2;
export const MAX_JITTER = 3;
/** Over all packets, as RFC 3550 has it. */
export const JITTER_SUM = 4;
export const MEAN_DELTA = 5;
export const MAX_DELTA = 6;
/** Of the step of the course that is under way. */
export const COURSE_END = 7;
export const COURSE_MAX_DELTA = 8;
export const FIRST = 9;
/** Sums for the line through arrival (ms) and timestamp. */
export const SUM_TIME = 10;
export const SUM_TICKS = 11;
export const SUM_TIME_TIME = 12;
export const SUM_TIME_TICKS = 13;
/** Timestamp since the first packet, not wrapped. */
export const TICKS = 14;
export const JITTER_PEAK = 15;
export const JITTER_COUNT = 16;
/** Of the newest packet by sequence number. */
export const ORDER_TIME = 17;
export const LAST = 18;
export const PAYLOAD_BYTES = 19;
/** Of UDP's payload. */
export const RTP_BYTES = 20;
export const WIRE_SUM = 21;
/** By step: spacing of arrivals, bytes of payload of the packet that lasted so long. */
export const STEP_SPACING = 22;
export const STEP_PAYLOAD = 26;
/** Packets that were expected before the last restart. */
export const EXPECTED_BEFORE = 30;
export const COURSE_PACKETS = 31;
export const COURSE_EXPECTED = 32;
/** When the candidate was first met. */
export const CANDIDATE_TIME = 33;

/** Numbers of a lane (doubles): jitter, mean and peak of regular packets, sum and peak of all; how many lanes there are. */
export const LANE_JITTER = 0;
export const LANE_MEAN = 1;
export const LANE_MAX = 2;
export const LANE_SUM = 3;
export const LANE_PEAK = 4;
export const LANE_WIDTH = 5;
export const LANE_COUNT = 7;

/** Arrival spacing: steps of 2 ms up to 100, of 10 ms up to 200, then four that double. */
export const SPACINGS = 64;
/** Up to so many nanoseconds places are of the same length: so many of them lie in a nanosecond. */
export const LINEAR = 100e6;
export const PLACES_PER_NS = 5e-7;
