/**
 * Where in memory `media.ts` finds what it is told and leaves what it found, in bytes: read by TypeScript and by
 * AssemblyScript alike. Below 1024, where AssemblyScript puts nothing.
 */

/** What records look like (pcap): 1 where numbers are little-endian, bytes of the longest, LINKTYPE_ number; nanoseconds of a part. */
export const LITTLE = 64;
export const LONGEST = 68;
export const LINK_TYPE = 72;
export const SCALE = 80;
/** Seconds that times are counted from; the latest time so far, nanoseconds from there. */
export const BASE = 88;
export const LATEST = 96;
/** Bytes on the wire of the packets of a run. */
export const WIRE_BYTES = 104;
/** Packets of a run. */
export const RUN_PACKETS = 112;
/** 1 where streams are measured, 0 where packets of known flows are only counted. */
export const MEASURES = 116;
/** Where the table of known streams or flows begins, its places less 1 (they are a power of 2), and how many are taken. */
export const KNOWN = 120;
export const KNOWN_MASK = 124;
export const KNOWN_COUNT = 128;
/** Where a byte for each UDP port stands: 0 where no decoder is. */
export const PORTS = 132;
/** Where lanes begin, by number from 1. */
export const LANES_AT = 136;
/** Where nanoseconds of a tick stand, by payload type and by lane (doubles). */
export const TYPE_TICKS = 140;
export const LANE_TICKS = 144;

/** Bytes of a place in the table of what is known. */
export const KNOWN_WIDTH = 32;
