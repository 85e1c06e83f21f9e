import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAll } from '../capture-session.ts';

/**
 * The lab captures, made with real software: as many messages of each method and status as were counted there.
 */
const lab = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'lab');
const here = existsSync(lab);
const names = here
  ? readdirSync(lab)
      .filter((name) => name.endsWith('.pcap'))
      .map((name) => name.replace('.pcap', ''))
  : [];

interface Truth {
  readonly pcap?: {
    readonly sip_requests: Readonly<Record<string, number>>;
    readonly sip_responses: Readonly<Record<string, number>>;
  };
}

function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(join(lab, `${name}.truth.json`), 'utf8')) as Truth;
}

/** Over TCP the counts of the other decoder are low (it misses messages cut in odd places); there others tests know better. */
const counted = names.filter(
  (name) => truthOf(name).pcap !== undefined && name !== 'tcp-calls' && !name.startsWith('ims-esp'),
);

describe.skipIf(!here)('lab captures (skipped where the collection is not beside the project)', () => {
  test.each(counted)('%s: every message, by method and status', async (name) => {
    const requests: Record<string, number> = {};
    const responses: Record<string, number> = {};
    for (const { method, status } of await readAll(join(lab, `${name}.pcap`))) {
      if (method === null) responses[String(status)] = (responses[String(status)] ?? 0) + 1;
      else requests[method] = (requests[method] ?? 0) + 1;
    }
    const truth = truthOf(name).pcap;
    expect({ requests, responses }).toEqual({ requests: truth?.sip_requests, responses: truth?.sip_responses });
  });
});
