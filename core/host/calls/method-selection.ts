import { utf8 } from '../../bytes/text.ts';
import type { Analysis } from '../../analysis/index.ts';

/** Calls that a method began. Methods are case-sensitive (RFC 3261 7.1); a lower-case one that nobody uses means the usual one. */
export class MethodSelection {
  private readonly analysis: Analysis;
  private readonly method: number;

  constructor(analysis: Analysis, name: string) {
    this.analysis = analysis;
    const { methods } = analysis.messages;
    this.method = methods.find(utf8(name)) || methods.find(utf8(name.toUpperCase()));
  }

  has(call: number): boolean {
    return this.method !== 0 && this.analysis.methodOf(call) === this.method;
  }
}
