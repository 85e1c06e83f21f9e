/**
 * How `identify.ts` keeps a string: a node of its number, its length, for a Call-ID what was seen last with it, and its
 * bytes; offsets in bytes. Read by TypeScript and by AssemblyScript alike.
 */
export const LENGTH = 4;
/** Where the bytes begin, and of a Call-ID. */
export const HEAD = 8;
export const CALL_HEAD = 32;
