import type { Icv } from '../decode/esp-lock.ts';

/** The values of Icv, of which this room may know the type only. */
export const UNCHECKED: Icv = 0;
export const GOOD: Icv = 1;
export const BAD: Icv = 2;
