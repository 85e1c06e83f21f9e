import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ladderFormatNames, tableNames } from '../../core/contract/api.ts';
import type { Client } from '../../core/contract/channel.ts';
import { guarded } from '../../core/host/guard.ts';
import { opened } from '../capture-session.ts';

/*
 * No key, whole or in part, is in anything that is written down or sent on: tables, ladders in every format, paths,
 * plain packets, errors with their stacks. Neither one that was typed nor one that a 401 in the capture carries.
 */

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const capture = join(fixtures, 'gm.pcap');
const { keys } = JSON.parse(readFileSync(join(fixtures, 'gm.expected.json'), 'utf8')) as {
  readonly keys: readonly { readonly impi: string; readonly ik: string; readonly ck: string }[];
};
/** Digits of a key that tell nothing but that it is one; fewer occur by chance. */
const PART = 8;

/** Places of keys in `written`, as digits or as bytes. */
function leaks(document: Buffer): string[] {
  const text = document.toString('latin1').toLowerCase();
  return keys.flatMap(({ impi, ik, ck }) =>
    [ik, ck].flatMap((key) => {
      const parts = Array.from({ length: key.length - PART + 1 }, (_, at) => key.slice(at, at + PART));
      const bytes = Buffer.from(key, 'hex').toString('latin1').toLowerCase().slice(0, PART);
      return [...parts, bytes].some((part) => text.includes(part)) ? [`${impi}: ${key === ik ? 'IK' : 'CK'}`] : [];
    }),
  );
}

async function written(what: (onChunk: (bytes: Uint8Array) => void) => Promise<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await what((bytes) => void chunks.push(bytes.slice()));
  return Buffer.concat(chunks);
}

async function withKeys(run: (client: Client, all: number[]) => Promise<void>): Promise<void> {
  const pairs = keys.map(({ impi, ik, ck }) => ({ subscriber: impi, ik, ck }));
  const { client } = await opened(capture, { keys: { pairs } });
  try {
    const { rows } = await client.ask('calls', { from: 0, count: 100 });
    expect(rows).toHaveLength(9);
    await run(
      client,
      rows.map(({ id }) => id),
    );
  } finally {
    await client.close();
  }
}

test('the search finds a key where there is one', () => {
  expect(leaks(readFileSync(capture))).toEqual(['anna@ims.example.net: IK', 'anna@ims.example.net: CK']);
});

test.each(ladderFormatNames)('ladders as %s', async (format) => {
  await withKeys(async (client, calls) => {
    const document = await written((onChunk) => client.ask('exportLadder', { calls, format }, { onChunk }));
    expect(document.length).toBeGreaterThan(1000);
    expect(leaks(document)).toEqual([]);
  });
});

test.each(tableNames)('the table of %s', async (what) => {
  await withKeys(async (client) => {
    for (const format of ['ndjson', 'csv'] as const)
      expect(
        leaks(await written((onChunk) => client.ask('exportTable', { what, format }, { onChunk }))),
        format,
      ).toEqual([]);
  });
});

test('paths, of which one loses its keys on the way', async () => {
  await withKeys(async (client) => {
    const { rows } = await client.ask('paths', { from: 0, count: 100 });
    expect(rows.length).toBeGreaterThan(0);
    for (const { id } of rows) {
      for (const format of ['json', 'svg'] as const)
        expect(
          leaks(await written((onChunk) => client.ask('exportPath', { path: id, format }, { onChunk }))),
          format,
        ).toEqual([]);
    }
  });
});

test('plain packets of the calls inside', async () => {
  await withKeys(async (client) => {
    const { rows } = await client.ask('calls', { from: 0, count: 100, filter: 'method != REGISTER' });
    const query = { calls: rows.map(({ id }) => id), decrypted: true };
    const packets = await written((onChunk) => client.ask('extract', query, { onChunk }));
    expect(packets.length).toBeGreaterThan(5000);
    expect(leaks(packets)).toEqual([]);
  });
});

test('answers about security associations, typed keys and statistics', async () => {
  await withKeys(async (client, calls) => {
    const answers = [
      await client.ask('securityAssociations', {}),
      await client.ask('stats', {}),
      await client.ask('ladder', { calls }),
      await client.ask('registrations', { from: 0, count: 100 }),
      await client.ask('checkKeys', {
        keys: { pairs: keys.map(({ ik }) => ({ subscriber: null, ik: `${ik}0`, ck: ik })) },
      }),
    ];
    expect(leaks(Buffer.from(JSON.stringify(answers)))).toEqual([]);
  });
});

test('errors and their stacks, from the host and from who checks what is asked', async () => {
  await withKeys(async (client) => {
    const errors: string[] = [];
    const refused = async (ask: () => unknown): Promise<void> => {
      try {
        await ask();
      } catch (error) {
        errors.push(String(error), error instanceof Error ? (error.stack ?? '') : '', JSON.stringify(error));
      }
    };
    for (const { impi, ik, ck } of keys) {
      const add = { pairs: [{ subscriber: impi, ik: `${ik}zz`, ck: ck.slice(1) }] };
      await refused(() => client.ask('setKeys', { add }));
      await refused(() =>
        client.ask('setKeys', { add: { associations: [`*,*,1,aes-cbc,${ck}00,hmac-sha-1-96,${ik}`] } }),
      );
      const texts = [{ name: 'mine', text: `"IPv4","*","*","1","AES-CBC [RFC3602]","0x${ck}ab` }];
      await refused(() => client.ask('setKeys', { add: { texts } }));
      // Not what the contract says: the guard in front of the host tells what is wrong with it.
      const check = guarded({ setKeys: () => ({ reread: false }) } as never) as unknown as Record<
        string,
        (params: unknown) => unknown
      >;
      for (const wrong of [{ add: { pairs: [{ subscriber: impi, ik: [ik], ck }] } }, { add: { pairs: ik } }])
        await refused(() => check.setKeys?.(wrong));
    }
    expect(errors).toHaveLength(keys.length * 5 * 3);
    expect(leaks(Buffer.from(errors.join('\n')))).toEqual([]);
  });
});
