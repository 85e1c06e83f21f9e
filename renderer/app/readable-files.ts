/** Bytes that tell text from a capture: all formats of captures have zeros or control characters among the first few. */
const LOOKED_AT = 512;

/** Of several files those that can be captures, and the names of the others: empty ones and plain text, as of a README that lay beside. */
export async function readableFiles(
  files: readonly File[],
): Promise<{ readonly readable: readonly File[]; readonly others: readonly string[] }> {
  const isText = await Promise.all(files.map(isPlainText));
  return {
    readable: files.filter((_, at) => isText[at] !== true),
    others: files.filter((_, at) => isText[at] === true).map(({ name }) => name),
  };
}

/** Whether there is nothing but text at the beginning. What cannot be read is left to the host, which says why. */
async function isPlainText(file: File): Promise<boolean> {
  try {
    const bytes = new Uint8Array(await file.slice(0, LOOKED_AT).arrayBuffer());
    return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  } catch {
    return false;
  }
}
