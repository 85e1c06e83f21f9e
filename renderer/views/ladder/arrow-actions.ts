import type { LadderArrow } from '../../../core/contract/ladder.ts';
import { tooltip } from '../../../core/ladder/tooltip.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { shell } from '../../shell/index.ts';
import { useCapture } from '../../state/capture.ts';
import { useLadder } from '../../state/ladder.ts';
import { notify } from '../../state/view.ts';
import { narrowTo, quoted } from '../calls/narrow.ts';
import { sentenceOf } from '../message/answer.ts';

/** Puts all there is to say about an arrow on the clipboard, as one line. */
export async function copyRow(arrow: LadderArrow): Promise<void> {
  try {
    await shell.copyText(visible(tooltip(arrow)));
    notify(`Copied the line of frame ${arrow.frame}.`);
  } catch (error) {
    notify(sentenceOf(error), true);
  }
}

/** Narrows the list of calls to the Call-ID of the message in `row`. */
export async function narrowToCall(row: number): Promise<void> {
  const { client } = useCapture.getState();
  if (client === null) return;
  try {
    const [message] = await client.ask('message', { row });
    const callId = message?.row.callId ?? null;
    if (callId === null) notify('The message has no Call-ID.', true);
    else narrowTo(`call-id == ${quoted(callId)}`);
  } catch (error) {
    notify(sentenceOf(error), true);
  }
}

/** A click on the arrow in `row`; `pair`: it is to be compared with the marked one, or else with the one selected before. */
export function pick(row: number, pair: boolean): void {
  useLadder.setState(({ selected, marked }) => {
    if (!pair || selected === null) return { selected: row, band: null };
    return {
      selected: row,
      band: null,
      marked: marked === null || marked === row ? (selected === row ? null : selected) : marked,
    };
  });
}
