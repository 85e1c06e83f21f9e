/** What a filter is left with when only calls with a problem are wanted, too. */
const PROBLEM = 'problem';
const JOINED = /^(?<rest>.+) and problem$/su;

/** Whether the filter ends in `problem`, as `withProblem` leaves it. */
export function hasProblem(filter: string): boolean {
  return filter === PROBLEM || JOINED.test(filter);
}

/** The filter for those of its calls that have a problem. */
export function withProblem(filter: string): string {
  const rest = filter.trim();
  if (rest === '') return PROBLEM;
  if (hasProblem(rest)) return rest;
  // `and` binds tighter than `or`.
  return `${/\bor\b|\|\|/iu.test(rest) ? `(${rest})` : rest} and ${PROBLEM}`;
}

/** The filter as it was before `withProblem`. */
export function withoutProblem(filter: string): string {
  if (filter === PROBLEM) return '';
  const rest = JOINED.exec(filter)?.groups?.rest ?? filter;
  return isWrapped(rest) ? rest.slice(1, -1) : rest;
}

/** Whether the first bracket is closed by the last sign. Brackets in strings make it no: then they stay, which does no harm. */
function isWrapped(filter: string): boolean {
  if (!filter.startsWith('(') || !filter.endsWith(')') || /["']/u.test(filter)) return false;
  let depth = 0;
  for (let at = 0; at < filter.length; at++) {
    if (filter[at] === '(') depth += 1;
    if (filter[at] === ')') depth -= 1;
    if (depth === 0) return at === filter.length - 1;
  }
  return false;
}
