import { readFileSync, statSync } from 'node:fs';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { TypedKeyPair, TypedKeys } from '../core/contract/security.ts';
import { UsageError } from './complain.ts';

/** Bytes of a file with keys; a longer one is something else. */
const MAX_FILE = 4 << 20;

/** What was said of keys for IPsec. */
export interface KeyOptions {
  readonly esp?: readonly string[];
  readonly ik?: readonly string[];
  readonly ck?: readonly string[];
  readonly keys?: readonly string[];
  readonly autoKeys?: boolean;
}

/** Options for keys, of all commands that read captures. */
export function keyOptions(command: Command): void {
  const several = (flags: string, text: string): Option =>
    new Option(flags, text).argParser((value: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      value,
    ]);
  command
    .addOption(several('--keys <file>', 'keys for IPsec: Wireshark’s esp_sa, output of “ip xfrm state”, … (see docs)'))
    .addOption(
      several(
        '--esp <sa>',
        'a security association: src,dst,spi,encryption,key,authentication,key[,esn] (may be repeated)',
      ),
    )
    .addOption(several('--ik <hex>', 'IK of IMS, or IMPI=HEX for one subscriber (may be repeated)'))
    .addOption(several('--ck <hex>', 'CK of IMS, or IMPI=HEX; the first belongs to the first --ik (may be repeated)'))
    .option('--no-auto-keys', 'do not use keys for IPsec that the capture holds');
}

/** The keys that the options name; files are read. Throws UsageError. */
export function typedKeys({ esp = [], ik = [], ck = [], keys = [] }: KeyOptions): TypedKeys {
  return { pairs: pairsOf(ik, ck), associations: esp, texts: keys.map(keyFile) };
}

/** Those with a subscriber go together by it, the others by their order. */
function pairsOf(iks: readonly string[], cks: readonly string[]): TypedKeyPair[] {
  const named = new Map<string, { ik: string | null; ck: string | null }>();
  const bare: { readonly ik: string[]; readonly ck: string[] } = { ik: [], ck: [] };
  const take = (name: 'ik' | 'ck', text: string): void => {
    const equals = text.lastIndexOf('=');
    if (equals === -1) bare[name].push(text);
    else {
      const subscriber = text.slice(0, equals);
      const pair = named.get(subscriber) ?? { ik: null, ck: null };
      pair[name] = text.slice(equals + 1);
      named.set(subscriber, pair);
    }
  };
  for (const text of iks) take('ik', text);
  for (const text of cks) take('ck', text);
  const unnamed = Array.from({ length: Math.max(bare.ik.length, bare.ck.length) }, (_, i) => ({
    subscriber: null,
    ik: bare.ik[i] ?? null,
    ck: bare.ck[i] ?? null,
  }));
  return [...unnamed, ...[...named].map(([subscriber, pair]) => ({ subscriber, ...pair }))];
}

function keyFile(name: string): { readonly name: string; readonly text: string } {
  try {
    if (statSync(name).size > MAX_FILE)
      throw new UsageError(`${name}: is too long for a file with keys (4 MB at most)`);
    return { name, text: readFileSync(name, 'utf8') };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UsageError(`${name}: the file with keys cannot be read${code === '' ? '' : ` (${code})`}`);
  }
}
