/**
 * Where in memory programs find what the records of a capture look like, in bytes: read by TypeScript and by AssemblyScript
 * alike, so nothing but constants. Below 1024, where AssemblyScript puts nothing; whoever told of it tells all programs that
 * work on this memory.
 */

/** 1 where numbers are little-endian; bytes of the longest packet; LINKTYPE_ number. */
export const LITTLE = 20;
export const LONGEST = 24;
export const LINK_TYPE = 28;
/** Seconds since 1970 that times are counted from. */
export const BASE = 32;
/** Of pcap: nanoseconds of a part of a second. Of pcapng: those of a tick. */
export const SCALE = 40;
/** Of pcapng: ticks of a second, and seconds that are added. */
export const UNITS = 48;
export const OFFSET = 56;
/** 1 for pcapng; its interface as blocks of this section number it, and over all sections. */
export const IS_BLOCKS = 64;
export const BLOCK_INTERFACE = 68;
export const INTERFACE = 72;
