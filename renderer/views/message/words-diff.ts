/** Which words of two texts differ. */

export interface Word {
  readonly text: string;
  readonly differs: boolean;
}

/** More words than these are not compared one by one: the work is the product of their numbers. */
const MOST = 600;

/** A run of letters and digits, a run of blanks, or one sign. */
const word = /[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu;

/** `before` and `after` in words, those marked that are not in both. Texts with too many words are marked as a whole. */
export function differingWords(before: string, after: string): { before: Word[]; after: Word[] } {
  const a = before.match(word) ?? [];
  const b = after.match(word) ?? [];
  if (a.length > MOST || b.length > MOST) {
    return { before: [{ text: before, differs: true }], after: [{ text: after, differs: true }] };
  }
  const kept = common(a, b);
  return { before: joined(a, kept.a), after: joined(b, kept.b) };
}

/** Places of a longest common subsequence. */
function common(a: readonly string[], b: readonly string[]): { a: ReadonlySet<number>; b: ReadonlySet<number> } {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const down = lengths[(i + 1) * width + j] ?? 0;
      const right = lengths[i * width + j + 1] ?? 0;
      lengths[i * width + j] =
        a[i] === b[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : down > right ? down : right;
    }
  }
  const inA = new Set<number>();
  const inB = new Set<number>();
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return { a: inA, b: inB };
}

/** Neighbours that are marked alike, as one. */
function joined(words: readonly string[], kept: ReadonlySet<number>): Word[] {
  const out: { text: string; differs: boolean }[] = [];
  for (const [at, text] of words.entries()) {
    const differs = !kept.has(at);
    const last = out[out.length - 1];
    const before = out[out.length - 2];
    // A lone sign that happens to be in both reads better as part of what differs around it.
    if (differs && last?.differs === false && last.text.length === 1 && before !== undefined) {
      before.text += last.text + text;
      out.pop();
    } else if (last?.differs === differs) last.text += text;
    else out.push({ text, differs });
  }
  return out;
}
