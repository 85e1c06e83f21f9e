import type { Node } from './pattern-read.ts';
import type { Ranges } from './pattern-sets.ts';

/**
 * The longest text that stands in everything a pattern matches, in any case of ASCII letters: printable ASCII without
 * white space. Null where there is none.
 */
export function literalOf(tree: Node): string | null {
  const runs = [''];
  collect(tree, runs);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best));
  return longest === '' ? null : longest;
}

/** Adds what a node says: characters go on the last run, what is not known begins another. */
function collect(node: Node, runs: string[]): void {
  switch (node.kind) {
    case 'all':
      for (const part of node.parts) collect(part, runs);
      break;
    case 'set': {
      const sign = signOf(node.set);
      if (sign === null) runs.push('');
      else runs.push((runs.pop() ?? '') + sign);
      break;
    }
    case 'place':
      // Takes no character: what stands before and behind it stands side by side.
      break;
    case 'repeat':
      runs.push('');
      if (node.min > 0) collect(node.part, runs);
      runs.push('');
      break;
    default:
      runs.push('');
  }
}

/** The one character of a set, in lower case where it has both. */
function signOf(set: Ranges): string | null {
  const [first = 0, firstEnd = 0, second = 0, secondEnd = 0] = set;
  if (first <= 0x20 || first >= 0x7f || first !== firstEnd) return null;
  if (set.length === 2) return String.fromCharCode(first);
  const letters = set.length === 4 && first >= 0x41 && first <= 0x5a && second === first + 32 && second === secondEnd;
  return letters ? String.fromCharCode(second) : null;
}
