/**
 * Where in memory `sip-run.ts` finds what it is told and leaves what it found, in bytes: read by TypeScript and by
 * AssemblyScript alike. Below 1024, where AssemblyScript puts nothing, and behind what the programs for media have there.
 */

/* Doubles. */

/** Position in the capture of byte 0 of the memory (see core/bytes/position.ts). */
export const ORIGIN = 520;
/** Earliest and latest time so far, and that of the last packet of the run, nanoseconds since the base. */
export const EARLIEST = 528;
export const LATEST = 536;
export const TIME = 544;

/* 32-bit numbers. */

/** Where the messages are to be put, a multiple of 8, and where no more room is for them. */
export const ROOM = 568;
export const ROOM_END = 572;
/** 1 where descriptions (SDP) are put down with their messages. */
export const WANTS_SDP = 576;
/** Number of the packet before the run. */
export const FRAME = 580;
/** What was found: packets, each of them a message; their bytes on the wire; bytes of the messages as they were put down. */
export const COUNT = 584;
export const WIRE = 588;
export const WRITTEN = 592;
/** 1 where the run has ended for want of room. */
export const FULL = 596;
