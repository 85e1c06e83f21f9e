import { Option } from 'commander';
import type { Command } from 'commander';
import type { LegChoices } from '../core/contract/legs.ts';
import type { LocalClient } from '../core/host/local.ts';
import { UsageError } from './complain.ts';

/** What the user says about legs of calls. */
export interface LegOptions {
  readonly join?: readonly (readonly [string, string])[];
  readonly cut?: readonly (readonly [string, string])[];
  readonly legHeader?: readonly string[];
}

export function legOptions(command: Command): Command {
  const pairs = (text: string, before: readonly (readonly [string, string])[] | undefined) => [
    ...(before ?? []),
    pair(text),
  ];
  return command
    .addOption(
      new Option('--join <a,b>', 'these two calls are legs of one: Call-IDs or numbers (may be repeated)').argParser(
        pairs,
      ),
    )
    .addOption(new Option('--cut <a,b>', 'these two are not (may be repeated)').argParser(pairs))
    .addOption(
      new Option(
        '--leg-header <name>',
        'a header that names the other leg, besides X-Call-ID and the like (may be repeated)',
      ).argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]),
    );
}

/** As the host takes it; nothing where nothing was said. */
export function legChoices({ join, cut, legHeader }: LegOptions): { readonly legs?: LegChoices } {
  if (join === undefined && cut === undefined && legHeader === undefined) return {};
  return {
    legs: {
      ...(join === undefined ? {} : { join }),
      ...(cut === undefined ? {} : { cut }),
      ...(legHeader === undefined ? {} : { headers: legHeader }),
    },
  };
}

/** Complains about calls that are not in the capture: a slip of the pen would else go unnoticed. */
export async function checkLegs(client: LocalClient, { join = [], cut = [] }: LegOptions): Promise<void> {
  const named = [...join, ...cut].flat();
  if (named.length > 0) await client.ask('legs', { calls: named });
}

/** Call-IDs may hold commas, but no blanks: “A, B” is taken apart at the comma before a blank, else at the only one. */
function pair(text: string): readonly [string, string] {
  const [a = '', b = '', ...more] = text.includes(', ') ? text.split(/, +/u) : text.split(',');
  if (a.trim() === '' || b.trim() === '' || more.length > 0)
    throw new UsageError(`“${text}” is not two calls; write --join 3,4 or --join "CALL-ID, CALL-ID"`);
  return [a.trim(), b.trim()];
}
