import { Option } from 'commander';
import type { Command } from 'commander';
import type { CallChoice } from '../core/contract/api.ts';
import { UsageError } from './complain.ts';

export interface CallOptions {
  readonly call?: readonly string[];
  readonly filter?: string;
}

export function callOption(command: Command): Command {
  return command.addOption(
    new Option('--call <id>', 'number of a call as “calls” shows it, or its Call-ID (may be repeated)').argParser(
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    ),
  );
}

/** The calls asked for: numbers stay text, since a Call-ID may be a number; the host prefers a Call-ID that fits. */
export function callsOf({ call, filter }: CallOptions): CallChoice {
  if (call === undefined && filter === undefined) {
    throw new UsageError('which call? Name it with --call (“sipglass calls” lists them), or select some with --filter');
  }
  return { ...(call === undefined ? {} : { calls: call }), ...(filter === undefined ? {} : { filter }) };
}
