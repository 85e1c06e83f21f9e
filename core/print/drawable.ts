const plain = /^[\n\u0020-\u007E]*$/u;
const mark = /^\p{M}$/u;

/** Shown in place of a character that no font of ours has. */
export const REPLACEMENT = '\uFFFD';

/**
 * `text` with what the font lacks replaced by `�`, so that it is seen that something stands there; marks that it lacks
 * are left out, since they go with the character before.
 */
export function drawable(text: string, characters: ReadonlySet<number>): string {
  if (plain.test(text)) return text;
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x7f || characters.has(code)) out += character;
    else if (!mark.test(character)) out += REPLACEMENT;
  }
  return out;
}
