import { ContractError } from '../../../core/contract/api.ts';
import { useCalls } from '../../state/calls.ts';
import type { MessageRow } from '../../../core/contract/model.ts';
import { useCapture } from '../../state/capture.ts';
import { useLadder } from '../../state/ladder.ts';
import { notify, useView } from '../../state/view.ts';
import { problemText } from '../opening.ts';
import { isCancelled } from '../../state/asking.ts';
import { focusScreen } from '../places.ts';

/** To the call of a message, and to the message in its ladder. */
export async function goToMessage({ call, row }: Pick<MessageRow, 'call' | 'row'>): Promise<void> {
  if (call === null) return;
  // The ladder that comes keeps what is selected where it holds it.
  useLadder.setState({ selected: row, band: null });
  useCalls.setState(({ ticked }) => (ticked.includes(call) ? {} : { ticked: [] }));
  await goToCall(call);
}

/** Puts the cursor on a call, and takes away a filter that hides it. */
export async function goToCall(call: number): Promise<void> {
  useView.setState({ screen: 'calls', ladderOnly: false });
  useCalls.setState({ cursor: call });
  requestAnimationFrame(focusScreen);
  const { client } = useCapture.getState();
  const { filter, method, sort } = useCalls.getState();
  if (client === null || (filter === '' && method === null)) return;
  try {
    const list = { ...(filter === '' ? {} : { filter }), ...(method === null ? {} : { method }), sort };
    const { at } = await client.ask('callPosition', { ...list, call });
    if (at !== null || useCalls.getState().cursor !== call) return;
    useCalls.setState({ filter: '', method: null });
    notify('The filter was taken away, because it hides this call.');
  } catch (error) {
    if (!isCancelled(error) && !(error instanceof ContractError && error.code === 'not-found'))
      notify(problemText(error), true);
  }
}
