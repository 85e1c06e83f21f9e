import type { LadderInk } from '../../../core/contract/ladder.ts';
import type { Severity } from '../../widgets/severity.ts';

const severities: Readonly<Partial<Record<LadderInk, Severity>>> = {
  good: 'ok',
  info: 'info',
  warn: 'warn',
  bad: 'bad',
};

/** How bad the state of a call is, which the ladder tells as an ink. */
export function severityOf(ink: LadderInk): Severity {
  return severities[ink] ?? 'idle';
}
