import type { StreamLine } from '../../../core/contract/streams.ts';
import { visibleLines } from '../../../core/ladder/visible.ts';
import { shell } from '../../shell/index.ts';
import { notify } from '../../state/view.ts';
import { codecText, pathText, verdictLook } from './words.ts';

/** What is said of the packet time of some streams, a line each, to the clipboard: for a ticket. */
export async function copySentence(streams: readonly StreamLine[]): Promise<void> {
  if (streams.length === 0) return;
  const lines = streams.map((stream) => {
    const call = stream.callId === null ? '' : `, Call-ID ${stream.callId}`;
    const said = [stream.ptime.explanation, ...(stream.warning === null ? [] : [stream.warning])];
    const { word } = verdictLook(stream.ptime);
    return `${pathText(stream)} (${codecText(stream)}, ${stream.ssrc}${call}): ${word}. ${[...new Set(said)].join(' ')}`;
  });
  try {
    await shell.copyText(visibleLines(lines.join('\n')));
    notify('Copied what is said of the packet time.');
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error), true);
  }
}
