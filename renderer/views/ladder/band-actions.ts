import type { LadderBand } from '../../../core/contract/ladder.ts';
import { bandTooltip } from '../../../core/ladder/tooltip.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { shell } from '../../shell/index.ts';
import { useLadder } from '../../state/ladder.ts';
import { notify } from '../../state/view.ts';
import { openMedia } from '../media/go.ts';
import { sentenceOf } from '../message/answer.ts';
import type { Shown } from './scene.ts';

/** The ladder that is on the screen, for commands: keys know nothing of components. */
let current: Shown | null = null;

/** Tells commands which ladder there is; null for none. */
export function setCurrent(shown: Shown | null): void {
  current = shown;
}

/** The band that is chosen, if it has come; null for none. */
export function chosenBand(): LadderBand | null {
  const { band } = useLadder.getState();
  return band === null || current === null ? null : current.items.band(band);
}

/** Chooses a band; the arrow that was selected stays so for the pane beside. */
export function pickBand(key: string): void {
  useLadder.setState({ band: key });
}

/** Shows the stream of a band; of several the media of their call. */
export function openBand(shown: Shown, { streams, call }: LadderBand): void {
  const [stream] = streams;
  const number = shown.query.calls?.[call];
  if (streams.length > 1 && typeof number === 'number') openMedia({ call: number });
  else if (stream !== undefined) openMedia({ stream });
}

/** As `openBand`, of the band that is chosen. */
export function openChosenBand(): void {
  const band = chosenBand();
  if (band !== null && current !== null) openBand(current, band);
}

/** Puts all there is to say about a band on the clipboard, as one line. */
export async function copyBand(band: LadderBand): Promise<void> {
  try {
    await shell.copyText(visible(bandTooltip(band)));
    notify('Copied the line of the RTP stream.');
  } catch (error) {
    notify(sentenceOf(error), true);
  }
}
