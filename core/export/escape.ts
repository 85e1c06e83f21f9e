/**
 * The one place where text from a capture is made harmless for what it is written to. All functions take any string
 * (lone surrogates, NUL, megabytes) and never throw.
 */
import { visible } from '../ladder/visible.ts';

/** For terminals: one line, or (`terminalLines`) several; no control character, direction override or invisible character is left. */
export { isPlain, visible as terminal, visibleLines as terminalLines } from '../ladder/visible.ts';

const markup: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Everything XML 1.0 2.2 does not allow in a document, not even as a reference. */
const notXml = /[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

/** For XML and HTML, in text and in quoted attributes. What XML can't hold becomes U+FFFD. */
export function xml(text: string): string {
  return text.replaceAll(notXml, '\uFFFD').replaceAll(/[&<>"']/gu, (character) => markup[character] as string);
}

/** What a spreadsheet takes for the start of a formula (fullwidth forms too: Excel reads them as the plain ones). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

/**
 * A cell of a CSV table (RFC 4180). Numbers and booleans are ours and stay; text that a spreadsheet would read as a
 * formula gets an apostrophe in front, and control characters are made visible. Null is an empty cell.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = (formula.test(value) ? "'" : '') + visible(value);
  return /[",;]|^[\s']|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const actingInJson =
  /[\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

/** JSON on one line that is also safe on a terminal: what JSON leaves as it is but a terminal acts on is written as `\u…`, which reads back the same. */
export function jsonText(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent) as string | undefined;
  return (text ?? 'null').replaceAll(actingInJson, (character) => {
    let out = '';
    for (let at = 0; at < character.length; at++) out += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
    return out;
  });
}

/**
 * For a text in a Mermaid sequence diagram. `;` and line ends end a statement, `#` begins an entity, `%%{` a directive,
 * `$$` a formula, `<br>` a new line, and the word `end` a block; all are written as Mermaid's own entities.
 */
export function mermaid(text: string): string {
  return visible(text)
    .replaceAll(/[#;%{}<>&"`$\\]/gu, (character) => `#${character.charCodeAt(0)};`)
    .replaceAll(/\be(?=nd\b)/giu, (letter) => `#${letter.charCodeAt(0)};`)
    .replace(/^(?=:?(?:no)?wrap:)/u, '#8203;')
    .trim();
}

/**
 * For a text in a PlantUML sequence diagram. `%name()` and `$name` are the preprocessor's, `<…>`, `[[…]]`, `**`, `//`,
 * `__`, `--`, `~~`, `""` and `\n` Creole's, and `#`, `*`, `=` at the beginning are lists and headings; they are written as `<U+…>`, which Creole shows as the character itself.
 */
export function plantuml(text: string): string {
  return visible(text)
    .replaceAll(/[%<>&~\\"[\]{}|!$^`]|\*(?=\*)|_(?=_)|-(?=-)|\/(?=[/'])|'|=(?==)|#(?=#)|\.(?=\.)/gu, unicode)
    .replace(/^\s*[#*=]/u, (start) => unicode(start.trim()))
    .replaceAll(/:\/(?=\/)/gu, (text_) => `:${unicode(text_[1] as string)}`)
    .trim();
}

function unicode(character: string): string {
  return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * Text of a capture in Markdown: a code span, in which nothing is formatting, link, mention or issue number (CommonMark
 * 6.1). '' stays empty. Not for tables.
 */
export function markdownCode(text: string): string {
  const shown = visible(text).trim();
  if (shown === '') return '';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const edge = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${edge}${shown}${edge}${fence}`;
}

/** As `markdownCode`, in a table's cell: only there `|` is escaped, and the backslash not shown (GFM 4.10). */
export function markdownCell(text: string): string {
  return markdownCode(text).replaceAll('|', String.raw`\|`);
}

/** A sentence in Markdown: reads as running text, and nothing in it is formatting, HTML, a mention or a link. */
export function markdownText(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~$]/gu, String.raw`\$&`)
    .replaceAll(/[@#](?=\w)/gu, '$&<!-- -->')
    .replaceAll(/\b(?:https?|ftp|www)(?=[:.])/giu, '$&<!-- -->')
    .trim();
}

/** A fence for a code block of `text`: longer than any run of backticks in it (CommonMark 4.5). */
export function markdownFence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}
