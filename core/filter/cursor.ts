import { MAX_LENGTH } from './expression.ts';
import type { FilterError } from './expression.ts';
import { lex } from './lex.ts';
import type { Token } from './lex.ts';
import { shown } from './values.ts';

/** What is wrong with a filter, and where. Thrown by the parser, caught in `parse`, seen by nobody else. */
export class WrongError extends Error {
  override readonly name = 'WrongError';
  readonly at: number;
  readonly end: number;

  constructor(message: string, at: number, end: number) {
    super(message);
    this.at = at;
    this.end = end;
  }
}

/** The tokens of a filter, read from left to right. */
export class Cursor {
  readonly text: string;
  private readonly tokens: readonly Token[];
  /** What the lexer found wrong behind the last token. */
  private readonly rest: FilterError | null;
  private next = 0;

  constructor(text: string) {
    if (text.length > MAX_LENGTH)
      throw new WrongError(`The filter is longer than ${MAX_LENGTH} characters.`, MAX_LENGTH, text.length);
    this.text = text;
    const { tokens, error } = lex(text);
    this.tokens = tokens;
    this.rest = error;
  }

  /** The token in front, or the one `ahead` behind it. */
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.next + ahead];
  }

  /** Steps over `count` tokens. */
  step(count = 1): void {
    this.next += count;
  }

  /** Steps over a keyword, if it stands here (in any case). */
  skipWord(word: string): boolean {
    const token = this.peek();
    const found = token?.kind === 'word' && token.text.toLowerCase() === word;
    if (found) this.next += 1;
    return found;
  }

  skipSign(sign: string): boolean {
    const token = this.peek();
    const found = token?.kind === 'sign' && token.text === sign;
    if (found) this.next += 1;
    return found;
  }

  /** The next token; where there is none, `missing` is missing. */
  take(missing: string): Token {
    const token = this.peek();
    if (token !== undefined) {
      this.next += 1;
      return token;
    }
    this.finish();
    const last = this.tokens.at(-1);
    if (last === undefined) throw new WrongError('The filter is empty.', 0, this.text.length);
    throw new WrongError(`${missing} is missing after ${shown(last.text)}.`, last.at, this.text.length);
  }

  /** Throws what the lexer found wrong, once all tokens are read. */
  finish(): void {
    if (this.rest !== null && this.peek() === undefined)
      throw new WrongError(this.rest.message, this.rest.at, this.rest.end);
  }

  wrong(token: Token, message: string): WrongError {
    return new WrongError(message, token.at, token.end);
  }
}
