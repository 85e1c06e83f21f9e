import type { RegistrationEvent, RegistrationState } from '../../../core/contract/registrations.ts';
import type { Severity } from '../../widgets/severity.ts';

/** A state as word and severity. */
export const stateWords: Readonly<Record<RegistrationState, { readonly word: string; readonly severity: Severity }>> = {
  registered: { word: 'Registered', severity: 'ok' },
  unregistered: { word: 'Unregistered', severity: 'idle' },
  expired: { word: 'Expired', severity: 'warn' },
  challenged: { word: 'Challenged', severity: 'warn' },
  rejected: { word: 'Rejected', severity: 'bad' },
  'timed-out': { word: 'Timed out', severity: 'bad' },
  pending: { word: 'Pending', severity: 'info' },
  queried: { word: 'Asked only', severity: 'idle' },
};

export const eventSeverity: Readonly<Record<RegistrationEvent['what'], Severity>> = {
  bound: 'ok',
  refreshed: 'ok',
  removed: 'idle',
  queried: 'idle',
  challenged: 'info',
  refused: 'bad',
  failed: 'bad',
  unanswered: 'bad',
  expired: 'warn',
};

export const eventWords: Readonly<Record<RegistrationEvent['what'], string>> = {
  bound: 'Bound',
  refreshed: 'Refreshed',
  removed: 'Removed',
  queried: 'Asked',
  challenged: 'Challenged',
  refused: 'Refused',
  failed: 'Failed',
  unanswered: 'No answer',
  expired: 'Expired',
};

/** How long a binding was granted for: `120 s`, `2 h`, `6.9 d`. */
export function grantedText(seconds: number): string {
  if (seconds < 7200) return `${seconds} s`;
  const hours = seconds / 3600;
  return hours < 48 ? `${Math.round(hours * 10) / 10} h` : `${Math.round((hours / 24) * 10) / 10} d`;
}

/** `user@host` of a URI. */
export function shortUri(uri: string): string {
  return uri.replace(/^(?:sips?|tel):/iu, '').replace(/;.*$/su, '');
}
