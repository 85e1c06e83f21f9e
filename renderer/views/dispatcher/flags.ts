import type { DispatcherRow, DispatcherTransition } from '../../../core/contract/dispatcher.ts';
import type { Severity } from '../../widgets/severity.ts';

/** How bad flags are: the strip's colour. */
export function severityOfFlags(flags: string | null): Severity {
  if (flags === null || flags.startsWith('D')) return 'idle';
  if (flags.startsWith('I')) return 'bad';
  if (flags.startsWith('T')) return 'warn';
  return flags.endsWith('X') ? 'info' : 'ok';
}

const states: Readonly<Record<string, string>> = {
  A: 'active',
  T: 'trying: failing, the threshold is not reached',
  I: 'inactive',
  D: 'disabled by the administrator',
};

/** `inactive, probed` */
export function flagsWords(flags: string | null): string {
  if (flags === null) return 'not known';
  const [letter = '', mark = ''] = flags;
  return `${states[letter] ?? letter}, ${mark === 'P' ? 'probed' : 'not probed'}`;
}

/** `ip:port` may stand at several probers. */
export function keyOf({ prober, destination }: DispatcherRow): string {
  return `${prober} ${destination}`;
}

/** The transition that brought the flags that held at `seconds`; null before the first. */
export function transitionAt(
  transitions: readonly DispatcherTransition[],
  seconds: number,
): DispatcherTransition | null {
  let low = 0;
  let high = transitions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(transitions[middle]?.ts) <= seconds) low = middle + 1;
    else high = middle;
  }
  return transitions[low - 1] ?? null;
}

/** Names of what a row is, the short one first. */
export function nameOf({ name, destination }: DispatcherRow): string {
  return name ?? destination;
}
