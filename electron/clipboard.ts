import { clipboard, nativeImage } from 'electron';
import * as electron from 'electron';

/** Electron's clipboard was synchronous, and is now the web's. Pictures differ; text can be written the same way. */
interface Before {
  readonly writeImage?: (picture: Electron.NativeImage) => void;
}

export async function copyText(text: string): Promise<void> {
  await clipboard.writeText(text);
}

/** Rejects where `bytes` are no PNG. */
export async function copyPng(bytes: Uint8Array): Promise<void> {
  const own = new Uint8Array(bytes);
  const picture = nativeImage.createFromBuffer(Buffer.from(own.buffer));
  if (picture.isEmpty()) throw new TypeError('The picture could not be copied.');
  const { writeImage } = clipboard as Before;
  if (writeImage === undefined)
    await clipboard.write([new electron.ClipboardItem({ 'image/png': new Blob([own], { type: 'image/png' }) })]);
  else writeImage.call(clipboard, picture);
}
