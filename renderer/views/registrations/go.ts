import type { RegistrationRow } from '../../../core/contract/registrations.ts';
import { goToCall } from '../../app/palette/go.ts';
import { useCalls } from '../../state/calls.ts';
import { useView } from '../../state/view.ts';

/** One ladder of all REGISTERs of an address of record (of the first twenty Call-IDs). */
export function goToLadder(row: RegistrationRow | undefined): void {
  const last = row?.calls.at(-1);
  if (row === undefined || last === undefined) return;
  useCalls.setState({ ticked: row.calls.length > 1 ? row.calls : [] });
  void goToCall(last).then(() => useView.setState({ ladderOnly: true }));
}

/** The ladder of one of its calls. */
export function goToOne(call: number): void {
  useCalls.setState({ ticked: [] });
  void goToCall(call);
}
