/**
 * A position names a byte of the capture by one number: the number of its input times FILE_SPAN, plus the offset in
 * that input (of the decompressed bytes, where it is compressed). Doubles hold this exactly for 512 inputs of 16 TiB.
 */

/** Inputs are 2^44 bytes apart. */
export const FILE_SPAN = 2 ** 44;

/** Inputs that can be told apart: beyond, positions would not be exact integers any more. */
export const MAX_INPUTS = 512;
