/**
 * A file's name for titles, menus and lists: what would steer the text (control characters, marks that turn its
 * direction) is shown as a box, and a name without end is cut.
 */
export function plainName(name: string): string {
  const plain = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{25A1}');
  return plain.length <= 200 ? plain : `${plain.slice(0, 199)}…`;
}

/** The title of a window that shows captures of these names. */
export function windowTitle(names: readonly string[]): string {
  if (names.length === 0) return 'Sipglass';
  const shown = names.slice(0, 3).map(plainName).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `${shown}${more} — Sipglass`;
}
