/**
 * Where in memory stands where it is free from, in bytes: whoever takes some moves that on (core/bytes/program-memory.ts, and
 * programs that take some themselves). Read by TypeScript and by AssemblyScript alike.
 */
export const NEXT = 16;
