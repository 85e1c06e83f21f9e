import { problemText } from '../../app/opening.ts';
import { isCancelled } from '../../state/asking.ts';
import { goToMessage } from '../../app/palette/go.ts';
import { useCapture } from '../../state/capture.ts';
import { notify } from '../../state/view.ts';

/** To the message that a frame completes, in the ladder of its call. */
export async function goToFrame(frame: number): Promise<void> {
  const { client } = useCapture.getState();
  if (client === null) return;
  try {
    const [message] = await client.ask('message', { frame });
    if (message !== undefined) await goToMessage(message.row);
  } catch (error) {
    if (!isCancelled(error)) notify(problemText(error), true);
  }
}
