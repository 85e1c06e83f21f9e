import { create } from 'zustand';
import type { RegistrationState } from '../../core/contract/registrations.ts';

/** What of the registrations is shown, and which is meant. Rows stay in the host. */
export interface RegistrationsState {
  readonly search: string;
  /** Only this state; null for all. */
  readonly state: RegistrationState | null;
  /** Place in the list, from 0. */
  readonly cursor: number;
}

const atFirst: RegistrationsState = { search: '', state: null, cursor: 0 };

export const useRegistrations = create<RegistrationsState>()(() => atFirst);

/** For another capture. */
export function forgetRegistrations(): void {
  useRegistrations.setState(atFirst);
}
