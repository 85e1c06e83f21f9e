import { openOutput } from '../capture/write-file.ts';
import { ContractError, type Document } from '../contract/api.ts';
import type { Answering, Handlers } from '../contract/channel.ts';

/** A file that the user chose in the desktop's dialog. */
export interface SaveTarget {
  readonly path: string;
  /** The captures being read: none of them is overwritten. */
  readonly inputs: readonly string[];
}

/** What the desktop's dialog chose, by the word that stands for it. Each can be written once. */
export type SaveTargets = Map<string, SaveTarget>;

/**
 * Writes what `document` answers in chunks to the file that `target` stands for. It has its own name only once it is
 * whole: where writing fails or is cancelled, what was there before is there still. Rejects with `not-found` for a
 * target that nobody granted, with a CaptureError where the file cannot be written, and as the document's method does.
 */
export async function save(
  handlers: Handlers,
  targets: SaveTargets,
  target: string,
  document: Document,
  signal: AbortSignal,
): Promise<{ readonly bytes: number }> {
  const granted = targets.get(target);
  if (granted === undefined) throw new ContractError('not-found', 'no file was chosen to be written');
  targets.delete(target);
  const output = await openOutput(granted.path, { inputs: granted.inputs });
  let bytes = 0;
  try {
    await answered(handlers, document, {
      signal,
      chunk: async (piece) => {
        refuseCancelled(signal);
        await output.write(piece);
        bytes += piece.length;
      },
    });
    refuseCancelled(signal);
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
  return { bytes };
}

async function answered(handlers: Handlers, document: Document, answering: Answering): Promise<void> {
  switch (document.method) {
    case 'exportTable':
      await handlers.exportTable(document.params, answering);
      break;
    case 'exportLadder':
      await handlers.exportLadder(document.params, answering);
      break;
    case 'exportPath':
      await handlers.exportPath(document.params, answering);
      break;
    case 'exportCapture':
      await handlers.exportCapture(document.params, answering);
      break;
    case 'exportCharts':
      await handlers.exportCharts(document.params, answering);
      break;
    case 'extract':
      await handlers.extract(document.params, answering);
      break;
    case 'exportAudio':
      await handlers.exportAudio(document.params, answering);
      break;
    default:
      // Reached only by what came through a pipe unchecked.
      throw new ContractError('bad-request', 'this cannot be written to a file');
  }
}

function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ContractError('cancelled', 'cancelled');
}
