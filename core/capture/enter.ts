import { Cancel } from './cancel.ts';
import { FileSource, openFile } from './file.ts';
import { formats } from './formats.ts';
import { Input } from './input.ts';
import type { Place } from './record-places.ts';
import { CHUNK } from './window.ts';

/**
 * Opens a plain file that was read before once more, in the middle: the first record is the one at `place`. `format` is
 * that of its reader. Null where the file cannot be entered there (it is no regular file any more). Rejects with a
 * CaptureError where it cannot be opened. `signal` ends `refill` with a rejection.
 */
export async function enterFile(
  name: string,
  format: string,
  { headers, packets, start }: Place,
  signal: AbortSignal,
): Promise<{ readonly input: Input; readonly close: () => Promise<void> } | null> {
  const reader = formats.find((one) => one.name === format)?.open();
  const source = await openFile(name);
  if (reader === undefined || !(source instanceof FileSource)) {
    await source.close();
    return null;
  }
  try {
    for (const { at, length } of headers) {
      const bytes = new Uint8Array(length);
      source.consumed = at;
      const got = await source.read(bytes, 0, length);
      reader.next(bytes, new DataView(bytes.buffer), 0, got);
    }
  } catch (error) {
    await source.close();
    throw error;
  }
  source.consumed = start;
  const cancel = new Cancel(signal);
  const input = new Input(source, reader, 0, CHUNK, null, cancel);
  input.window.read = start;
  input.packets = packets;
  return {
    input,
    close: () => {
      cancel.close();
      return input.close();
    },
  };
}
