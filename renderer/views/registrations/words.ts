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

/** `user@host` of a URI. */
export function shortUri(uri: string): string {
  return uri.replace(/^(?:sips?|tel):/iu, '').replace(/;.*$/su, '');
}
