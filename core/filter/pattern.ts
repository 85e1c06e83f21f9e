/**
 * Regular expressions for `matches`. Not the JavaScript engine: that one backtracks, and a filter such as `(a+)+$` on
 * hostile bytes would hang it. Here every pattern runs in time linear in the text (pattern-machine.ts).
 */
import { utf8, wireText } from '../bytes/text.ts';
import type { FilterError } from './expression.ts';
import { literalOf } from './pattern-literal.ts';
import { Machine } from './pattern-machine.ts';
import { program } from './pattern-program.ts';
import { BadPatternError, readPattern } from './pattern-read.ts';

/** A compiled regular expression, found anywhere in the text unless it says `^` or `$` (of any line). */
export interface Pattern {
  /** Stands in all that matches, in any case of ASCII letters; no white space is in it. Null where nothing of the kind is known. */
  readonly literal: string | null;
  inText(text: string): boolean;
  /** In `bytes[from, to)`. */
  inBytes(bytes: Uint8Array, from: number, to: number): boolean;
}

export type Compiled =
  { readonly ok: true; readonly pattern: Pattern } | { readonly ok: false; readonly error: FilterError };

/**
 * Compiles a pattern; what is wrong with it comes back with its place in the pattern. Case of ASCII letters is ignored,
 * as in Wireshark and Kamailio, unless it begins with `(?-i)`.
 */
export function compilePattern(text: string): Compiled {
  try {
    const tree = readPattern(text);
    const machine = new Machine(program(tree, text.length));
    // Bytes need no decoding for a pattern that has no other letters than ASCII, not even as an escape.
    const ascii = utf8(text).length === text.length && !/\\[xu]/u.test(text);
    return {
      ok: true,
      pattern: {
        literal: literalOf(tree),
        inText: (subject) => machine.inText(subject),
        inBytes: (bytes, from, to) =>
          ascii ? machine.inBytes(bytes, from, to) : machine.inText(wireText(bytes.subarray(from, to))),
      },
    };
  } catch (error) {
    if (!(error instanceof BadPatternError)) throw error;
    return { ok: false, error: { message: error.message, at: error.at, end: error.end } };
  }
}
