import type { OpenRequest } from '../../core/contract/desktop.ts';
import { visible } from '../../core/ladder/visible.ts';
import { shell } from '../shell/index.ts';
import { forgetCalls } from '../state/calls.ts';
import { detach, failed, useCapture } from '../state/capture.ts';
import { useLadder } from '../state/ladder.ts';
import { orAsk } from '../state/leaving.ts';
import { notify } from '../state/view.ts';
import { readableFiles } from './readable-files.ts';

/** Opens what was asked for; what comes of it comes as a capture or as a problem. */
export function open(request: OpenRequest | { readonly kind: 'offered'; readonly id: string }): void {
  orAsk(() => {
    // While a dialog is open nothing is waited for: the user thinks.
    void waitFor(() => shell.open(request), request.kind !== 'dialog');
  });
}

export function openDropped(files: readonly File[]): void {
  orAsk(() => {
    void waitFor(() => dropped(files), true);
  });
}

/** One file among several that is no capture does not keep the others from being opened. */
async function dropped(files: readonly File[]): Promise<void> {
  const { readable, others } = files.length > 1 ? await readableFiles(files) : { readable: files, others: [] };
  const isMixed = readable.length > 0 && others.length > 0;
  if (isMixed)
    notify(
      `Left out, because there is only text in it, or nothing: ${others.map((name) => visible(name)).join(', ')}.`,
      true,
    );
  await shell.openDropped(isMixed ? readable : files);
}

/** Stops reading too. Back to the welcome screen. */
export function closeCapture(): void {
  orAsk(() => {
    detach();
    forgetCalls();
    useLadder.setState({ order: [], selected: null, band: null, marked: null });
    void waitFor(() => shell.closeCapture(), false);
  });
}

async function waitFor(ask: () => Promise<unknown>, awaited: boolean): Promise<void> {
  if (awaited) useCapture.setState({ awaited: true });
  try {
    await ask();
  } catch (error) {
    tellProblem(problemText(error));
  } finally {
    if (awaited) useCapture.setState({ awaited: false });
  }
}

/** What went wrong with opening: in place of the welcome screen, or beside the capture that is on the screen. */
export function tellProblem(text: string): void {
  const { phase } = useCapture.getState();
  if (phase === 'none' || phase === 'failed') failed(text);
  else notify(text, true);
}

/** The sentence of an error, as a user can read it. */
export function problemText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // An error of ours comes with its stack, for reports; a sentence is its first line.
  const [line = ''] = text.split('\n');
  // A word gets a capital letter; the name of a file stays what it is.
  const begun = line.replace(/^[a-z](?=[a-z]* )/u, (letter) => letter.toUpperCase());
  const sentence = begun === '' ? 'Something went wrong' : begun;
  return /[.!?”]$/u.test(sentence) ? sentence : `${sentence}.`;
}
