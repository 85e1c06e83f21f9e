import pc from 'picocolors';
import { openOutput, type Output } from '../core/host/offers.ts';
import { UsageError } from './complain.ts';

/** Runs `work` with an output, standard output or a file: it is there whole or not at all. `inputs` are never overwritten. */
export async function withOutput<Result>(
  path: string | undefined,
  inputs: readonly string[],
  work: (output: Output) => Promise<Result>,
): Promise<Result> {
  const output = await openOutput(path ?? '-', { inputs });
  try {
    const result = await work(output);
    await output.finish();
    return result;
  } catch (error) {
    await output.discard();
    throw error;
  }
}

/** Colours on a terminal only; NO_COLOR is honoured. */
export const colours = pc.createColors(
  process.stdout.isTTY && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb',
);

/** Columns of the terminal; 0 where the output is not one: then nothing is cut. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : 0;
}

/** Formats that are bytes, not text. */
const binaryFormats: ReadonlySet<string> = new Set(['png', 'pdf']);

/** Throws a UsageError where a format that is no text would go to a terminal, which would act on its bytes. */
export function refuseBinaryOnTerminal(format: string, path: string | undefined, stdout = process.stdout): void {
  if ((path ?? '-') !== '-' || !stdout.isTTY || !binaryFormats.has(format)) return;
  throw new UsageError(
    `${format.toUpperCase()} is no text for a terminal: name a file with -o, or redirect the output`,
  );
}
