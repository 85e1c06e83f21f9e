import { ContractError } from '../../core/contract/api.ts';

/** Rejects with a ContractError of one sentence where the browser refuses. */
export async function copyText(text: string): Promise<void> {
  await written((clipboard) => clipboard.writeText(text));
}

export async function copyPng(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const type = 'image/png';
  await written((clipboard) => clipboard.write([new ClipboardItem({ [type]: new Blob([bytes], { type }) })]));
}

async function written(write: (clipboard: Clipboard) => Promise<void>): Promise<void> {
  if (!isSecureContext)
    throw new ContractError(
      'bad-request',
      'Browsers give the clipboard only to pages of this computer: reach the server through “ssh -L” and open it as localhost, or save to a file.',
    );
  try {
    await write(navigator.clipboard);
  } catch (error) {
    throw new ContractError(
      'bad-request',
      `The browser did not let this be copied (${why(error)}); save it to a file instead.`,
    );
  }
}

function why(error: unknown): string {
  if (error instanceof DOMException && error.name === 'NotAllowedError') return 'it was not allowed';
  return error instanceof Error ? error.message : String(error);
}
