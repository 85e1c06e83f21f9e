import { ContractError } from '../core/contract/api.ts';
import { forTerminal } from './wire-text.ts';

/** A mistake in the command line that only shows when it is looked at closer: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Says in one sentence what went wrong and sets the exit status: 2 for the command line, 1 for the work. */
export function complain(error: unknown): void {
  const ours = error instanceof UsageError || (error instanceof ContractError && error.code !== 'internal');
  const known = ours || (error instanceof Error && error.name === 'CaptureError');
  // A bug of ours: where it happened helps whoever mends it.
  if (error instanceof Error) say(known ? error.message : (error.stack ?? error.message));
  else say(String(error));
  const usage = error instanceof ContractError && (error.code === 'filter' || error.code === 'bad-request');
  process.exitCode = usage || error instanceof UsageError ? 2 : 1;
}

/** A line on standard error. File names and filters are other people's text: control characters are made visible. */
export function say(text: string): void {
  process.stderr.write(`sipglass: ${forTerminal(text, true)}\n`);
}
