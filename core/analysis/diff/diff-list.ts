/** What changed between two lists of values of one header: taken away, put in, turned into another, moved. */

export interface Change {
  /** Canonical header name; `start line`, `body`, or `SDP audio 1: a=ptime` and the like. */
  readonly header: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * How elements that are not in both lists belong together: `in order` (the first one gone became the first new one),
 * `never` (members of a set), or by a key that says what an element stands for ('' for none).
 */
export type Pairing = 'in order' | 'never' | ((element: string) => string);

/** Longer lists than this times this are compared as sets: the work is the product of their lengths. */
const MAX_PRODUCT = 1_000_000;

/** Adds to `changes` what turns `before` into `after`. */
export function diffList(
  header: string,
  before: readonly string[],
  after: readonly string[],
  pairing: Pairing,
  changes: Change[],
): void {
  const a = before.map(plain);
  const b = after.map(plain);
  const kept = common(a, b);
  const gone = left(before, a, kept.a);
  const come = left(after, b, kept.b);
  if (gone.length === 0 && come.length === 0) return;
  if (a.length === b.length && a.toSorted().join('\n') === b.toSorted().join('\n')) {
    changes.push({ header, kind: 'moved', before: before.join(', '), after: after.join(', ') });
    return;
  }
  const pairs = match(gone, come, (element) => element.plain).map((pair): [Element, Element, Change['kind']] => [
    ...pair,
    'moved',
  ]);
  const paired = new Set(pairs.flatMap(([from, to]) => [from, to]));
  if (pairing !== 'never') {
    const key = pairing === 'in order' ? (): string => 'any' : ({ text }: Element): string => pairing(text);
    const rest = match(
      gone.filter((element) => !paired.has(element)),
      come.filter((element) => !paired.has(element)),
      key,
    );
    for (const pair of rest) pairs.push([...pair, 'changed']);
  }
  const byNew = new Map(pairs.map(([from, to, kind]) => [to, { from, kind }]));
  const explained = new Set(pairs.map(([from]) => from));
  for (const to of come) {
    const pair = byNew.get(to);
    changes.push({ header, kind: pair?.kind ?? 'added', before: pair?.from.text ?? null, after: to.text });
  }
  for (const from of gone) {
    if (!explained.has(from)) changes.push({ header, kind: 'removed', before: from.text, after: null });
  }
}

interface Element {
  readonly text: string;
  readonly plain: string;
}

/** Pairs with the same key, each element in one at most, in order; '' pairs with nothing. */
function match(
  gone: readonly Element[],
  come: readonly Element[],
  key: (element: Element) => string,
): [Element, Element][] {
  const waiting = new Map<string, Element[]>();
  // From behind, so that the first one is at the end, where it is cheap to take.
  for (const element of gone.toReversed()) {
    const list = waiting.get(key(element));
    if (list === undefined) waiting.set(key(element), [element]);
    else list.push(element);
  }
  return come.flatMap((to): [Element, Element][] => {
    const name = key(to);
    const from = name === '' ? undefined : waiting.get(name)?.pop();
    return from === undefined ? [] : [[from, to]];
  });
}

function left(texts: readonly string[], plains: readonly string[], kept: ReadonlySet<number>): Element[] {
  return texts.flatMap((text, i) => (kept.has(i) ? [] : [{ text, plain: plains[i] ?? '' }]));
}

/** Places of a longest sequence that both lists have, in order. */
function common(a: readonly string[], b: readonly string[]): { a: Set<number>; b: Set<number> } {
  const kept = { a: new Set<number>(), b: new Set<number>() };
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    kept.a.add(start);
    kept.b.add(start);
    start++;
  }
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
    kept.a.add(endA);
    kept.b.add(endB);
  }
  const rows = endA - start;
  const columns = endB - start;
  if (rows * columns > MAX_PRODUCT) return kept;
  // lengths[i][j]: of the longest sequence of a from i on and b from j on.
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const same = a[start + i] === b[start + j];
      const here = i * width + j;
      const down = lengths[here + width] as number;
      const right = lengths[here + 1] as number;
      lengths[here] = same ? (lengths[here + width + 1] as number) + 1 : Math.max(down, right);
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns;) {
    const here = i * width + j;
    if (a[start + i] === b[start + j]) {
      kept.a.add(start + i++);
      kept.b.add(start + j++);
    } else if ((lengths[here + width] as number) >= (lengths[here + 1] as number)) i++;
    else j++;
  }
  return kept;
}

const tight = ';,=<>';

/** A value without the white space that means nothing: runs of it are one space, and none is beside `; , = < >`. Quoted strings stay. */
export function plain(value: string): string {
  let text = '';
  let blank = false;
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const character = value[i] as string;
    if (quoted) {
      text += character;
      if (character === '\\') text += value[++i] ?? '';
      else if (character === '"') quoted = false;
      continue;
    }
    if (character === ' ' || character === '\t' || character === '\r' || character === '\n') {
      blank = true;
      continue;
    }
    if (blank && text !== '' && !tight.includes(character) && !tight.includes(text.at(-1) ?? '')) text += ' ';
    blank = false;
    quoted = character === '"';
    text += character;
  }
  return text;
}
