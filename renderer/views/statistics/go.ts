import { useCalls } from '../../state/calls.ts';
import { useView } from '../../state/view.ts';

/** To the list of calls, narrowed by one more condition. */
export function narrowTo(condition: string): void {
  useCalls.setState(({ filter }) => ({ filter: joined(filter, condition), cursor: null }));
  useView.setState({ screen: 'calls', ladderOnly: false });
}

/** The filter in force and one more condition; the same condition twice is once. */
export function joined(filter: string, condition: string): string {
  const before = filter.trim();
  if (before === '' || before === condition) return condition;
  if (before.endsWith(` and ${condition}`)) return before;
  // What holds an `or` is one operand; a chain of `and` needs no brackets.
  return /\bor\b|\|\|/iu.test(before) && !/^\([^()]*\)$/u.test(before)
    ? `(${before}) and ${condition}`
    : `${before} and ${condition}`;
}

/** Calls with a request of this method. Methods are text of the capture: those that are not plain words go into quotes. */
export function methodCondition(method: string): string {
  return /^[A-Z][A-Z\d]*$/u.test(method)
    ? `method:${method}`
    : `method == "${method.replaceAll(/["\\]/gu, String.raw`\$&`)}"`;
}

/** Calls with a message that has this fault. */
export function faultCondition(code: string): string {
  return `fault:${code}`;
}
