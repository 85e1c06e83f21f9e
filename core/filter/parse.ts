import { Cursor, WrongError } from './cursor.ts';
import { MAX_DEPTH, MAX_SEARCHES, MAX_TERMS } from './expression.ts';
import type { Expression, Parsed } from './expression.ts';
import type { Token } from './lex.ts';
import { isSearch, readTerm } from './term.ts';
import { shown } from './values.ts';

/**
 * Reads a filter. Never throws for any text: what is wrong comes back as one sentence with its place. An empty text is
 * an error, too: "no filter" is for the caller to decide.
 */
export function parse(text: string): Parsed {
  try {
    const cursor = new Cursor(text);
    return { ok: true, expression: new Grammar(cursor).whole() };
  } catch (error) {
    if (!(error instanceof WrongError)) throw error;
    return { ok: false, error: { message: error.message, at: error.at, end: error.end } };
  }
}

/** What joins terms: `not` binds most, then `and` (or nothing at all between two terms), then `or`. */
class Grammar {
  private readonly cursor: Cursor;
  private depth = 0;
  private terms = 0;
  private searches = 0;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  whole(): Expression {
    const expression = this.either();
    const token = this.cursor.peek();
    if (token === undefined) {
      this.cursor.finish();
      return expression;
    }
    const closing = token.kind === 'sign' && token.text === ')';
    throw this.cursor.wrong(
      token,
      closing ? 'There is no "(" for this ")".' : `${shown(token.text)} cannot stand here.`,
    );
  }

  private either(): Expression {
    const parts = [this.all()];
    while (this.cursor.skipWord('or') || this.cursor.skipSign('||')) parts.push(this.all());
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'or', parts };
  }

  private all(): Expression {
    const parts = [this.negated()];
    while (this.cursor.skipWord('and') || this.cursor.skipSign('&&') || this.startsTerm()) parts.push(this.negated());
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'and', parts };
  }

  /** Whether what comes next is one more term, joined by nothing. */
  private startsTerm(): boolean {
    const token = this.cursor.peek();
    if (token === undefined) return false;
    if (token.kind === 'sign') return token.text === '(' || token.text === '!';
    return token.kind === 'string' || token.text.toLowerCase() !== 'or';
  }

  private negated(): Expression {
    const token = this.cursor.peek();
    if (token !== undefined && (this.cursor.skipWord('not') || this.cursor.skipSign('!'))) {
      return this.inside(token, () => ({ kind: 'not', part: this.negated() }));
    }
    if (token !== undefined && this.cursor.skipSign('(')) return this.inside(token, () => this.bracketed(token));
    return this.term();
  }

  private inside(token: Token, read: () => Expression): Expression {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw this.cursor.wrong(token, `Parentheses and "not" go at most ${MAX_DEPTH} deep.`);
    const expression = read();
    this.depth -= 1;
    return expression;
  }

  private bracketed(open: Token): Expression {
    const first = this.cursor.peek();
    if (first?.kind === 'sign' && first.text === ')')
      throw new WrongError('There is nothing between these parentheses.', open.at, first.end);
    if (first === undefined) this.missingBracket(open);
    const expression = this.either();
    if (!this.cursor.skipSign(')')) this.missingBracket(open);
    return expression;
  }

  private missingBracket(open: Token): void {
    const stop = this.cursor.peek();
    if (stop !== undefined) throw this.cursor.wrong(stop, `${shown(stop.text)} cannot stand here; a ")" is missing.`);
    this.cursor.finish();
    throw this.cursor.wrong(open, 'The ")" for this "(" is missing.');
  }

  private term(): Expression {
    const token = this.cursor.take('An expression');
    this.terms += 1;
    if (this.terms > MAX_TERMS) {
      throw this.cursor.wrong(
        token,
        `A filter has at most ${MAX_TERMS} comparisons; put many values into one "in {…}".`,
      );
    }
    const term = readTerm(this.cursor, token);
    if (isSearch(term)) this.searches += 1;
    if (this.searches > MAX_SEARCHES)
      throw this.cursor.wrong(token, `A filter searches for at most ${MAX_SEARCHES} texts.`);
    return term;
  }
}
