import { createReadStream } from 'node:fs';
import type { HostNews, LiveDeskQuestion } from '../../contract/process.ts';
import { CaptureError } from '../../capture/reader.ts';
import { fileError } from '../../capture/system-error.ts';
import { openOutput } from '../../capture/write-file.ts';
import { checkBpf } from '../../live/check-bpf.ts';
import { liveInterfaces } from '../../live/interfaces.ts';
import { forgetLeft, leftBehind } from '../../live/left-behind.ts';
import { livePrograms } from '../../live/sources.ts';

/** Answers a question about live captures, in a process that has none. Never rejects. */
export async function deskNews(number: number, question: LiveDeskQuestion): Promise<HostNews> {
  try {
    return { news: 'desk', number, ok: true, value: await answer(question) };
  } catch (error) {
    return { news: 'desk', number, ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}

async function answer(question: LiveDeskQuestion): Promise<unknown> {
  switch (question.name) {
    case 'interfaces':
      return liveInterfaces();
    case 'programs':
      return livePrograms();
    case 'checkBpf':
      return checkBpf(question.params);
    case 'left':
      return leftBehind();
    case 'removeLeft':
      await forgetLeft(question.params);
      return null;
    case 'saveLeft':
      return joined(await onlyLeft(question.params.files), question.params.path);
    default:
      throw new TypeError('this is not asked here');
  }
}

/** Of these files those that are left behind: no others are read here. Rejects where there is none. */
async function onlyLeft(files: readonly string[]): Promise<readonly string[]> {
  const all = new Set((await leftBehind()).flatMap((one) => one.files));
  const found = files.filter((path) => all.has(path));
  if (found.length === 0) throw new CaptureError('this capture is not there any more');
  return found;
}

/** Files of one capture are sections of one pcapng. It takes its name when it is whole; answers with its bytes. */
export async function joined(files: readonly string[], path: string): Promise<number> {
  const output = await openOutput(path, { inputs: files });
  let bytes = 0;
  try {
    for (const file of files) {
      const source = createReadStream(file);
      for await (const chunk of source) {
        const piece = chunk as Uint8Array;
        await output.write(piece);
        bytes += piece.length;
      }
    }
    await output.finish();
    return bytes;
  } catch (error) {
    await output.discard();
    throw fileError(path, error);
  }
}
