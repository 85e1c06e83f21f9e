import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenOptions } from '../../core/contract/api.ts';
import type { MessageRow } from '../../core/contract/model.ts';
import type { SecurityList, TypedKeys } from '../../core/contract/security.ts';
import type { StreamRow } from '../../core/contract/streams.ts';
import { opened, table } from '../capture-session.ts';

/*
 * Captures of made phones behind a real layout of ESP: every message and every RTP packet that was sent is found, with
 * the keys that the capture holds, with typed ones where it holds none; and wrong keys are told to be wrong.
 */

const lab = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'lab');
const here = existsSync(lab);

interface Truth {
  readonly calls: readonly { readonly rtp: readonly { readonly ssrc: number; readonly n: number }[] }[];
  readonly ues: readonly {
    readonly impi: string;
    readonly registrations: readonly {
      readonly ck: string;
      readonly ik: string;
      readonly gcm_salt: string;
      readonly sas: readonly {
        readonly src: string;
        readonly dst: string;
        readonly spi: string;
        readonly alg: string;
        readonly ealg: string;
        readonly auth_key: string;
        readonly enc_key: string;
        readonly uat: string;
      }[];
    }[];
  }[];
  readonly messages: readonly {
    readonly src: string;
    readonly dst: string;
    readonly transport: string;
    readonly spi: string | null;
    readonly cseq: string;
    readonly callid: string;
    readonly first_line: string;
  }[];
}

function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(join(lab, `ims-esp-${name}.truth.json`), 'utf8')) as Truth;
}

interface Found {
  readonly messages: readonly MessageRow[];
  readonly streams: readonly StreamRow[];
  readonly security: SecurityList;
  readonly ledger: Readonly<Record<string, number>>;
}

async function read(name: string, options: Partial<OpenOptions> = {}): Promise<Found> {
  const { client } = await opened(join(lab, `ims-esp-${name}.pcap`), options);
  try {
    const { ledger } = await client.ask('stats', {});
    return {
      messages: await table<MessageRow>(client, 'messages'),
      streams: await table<StreamRow>(client, 'streams'),
      security: await client.ask('securityAssociations', {}),
      ledger: Object.fromEntries(ledger.map(({ code, packets }) => [code, packets])),
    };
  } finally {
    await client.close();
  }
}

function ours({ messages }: Found): string[] {
  return messages
    .map(({ src, sport, dst, dport, transport, protection, cseq, callId, method, status }) =>
      [
        `${src}:${sport} ${dst}:${dport} ${transport}`,
        protection?.spi ?? null,
        `${cseq?.number} ${cseq?.method}`,
        callId,
        method ?? `SIP/2.0 ${status}`,
      ].join(' '),
    )
    .sort();
}

function theirs({ messages }: Truth): string[] {
  return messages
    .map(({ src, dst, transport, spi, cseq, callid, first_line: line }) =>
      [src, dst, transport, spi, cseq, callid, /^(?:SIP\/2.0 \d+|\S+)/.exec(line)?.[0]].join(' '),
    )
    .sort();
}

function expectAll(found: Found, name: string): void {
  const truth = truthOf(name);
  expect(ours(found)).toEqual(theirs(truth));
  const rtp = truth.calls.flatMap((call) => call.rtp).map(({ ssrc, n }) => [ssrc, n]);
  expect(found.streams.map(({ ssrc, packets }) => [Number(ssrc), packets])).toEqual(expect.arrayContaining(rtp));
  expect(found.ledger).not.toHaveProperty('esp');
}

const sas = (name: string) => truthOf(name).ues.flatMap(({ registrations }) => registrations.flatMap((one) => one.sas));

const wrongKeys = ['wrong-key', 'wrong-key', 'wrong-key', 'wrong-key'];

/** Associations as `--esp` takes them. */
const espLines = (name: string): string[] =>
  sas(name).map(({ src, dst, spi, alg, ealg, auth_key: auth, enc_key: enc }) =>
    [src, dst, spi, ealg, enc, alg, auth].join(','),
  );

describe.skipIf(!here)('lab captures with ESP (skipped where the collection is not beside the project)', () => {
  test.each(['a', 'b', 'c', 'd'])('ims-esp-%s: all of it, and nothing is typed', async (name) => {
    const found = await read(name);
    expectAll(found, name);
    const inside = found.messages.filter(({ decrypted }) => decrypted);
    expect(new Set(inside.map(({ protection }) => `${protection?.icv} ${protection?.keySource}`))).toEqual(
      new Set(['good capture']),
    );
    const { associations, registrations } = found.security;
    expect(associations.filter(({ packets }) => packets > 0).map(({ state }) => state)).not.toContain('closed');
    for (const one of associations) {
      expect(one.icv).toEqual({ good: one.packets, bad: 0, unchecked: 0 });
      const truth = sas(name).find(({ spi, dst }) => Number(spi) === Number(one.spi) && dst === one.dst);
      expect([one.src, one.encryption, one.authentication]).toEqual([truth?.src, truth?.ealg, truth?.alg]);
    }
    expect(registrations.map(({ impi }) => impi)).toEqual(truthOf(name).ues.map(({ impi }) => impi));
    expect(registrations.flatMap(({ differences }) => differences)).toEqual([]);
    expect(registrations.map(({ associations: own }) => own.length)).toEqual(registrations.map(() => 4));
  });

  test.each(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])(
    'ims-esp-%s: all of it, with typed associations',
    async (name) => {
      const found = await read(name, { keys: { associations: espLines(name) }, autoKeys: false });
      expectAll(found, name);
      const inside = found.messages.filter(({ decrypted }) => decrypted);
      expect(new Set(inside.map(({ protection }) => `${protection?.icv} ${protection?.keySource}`))).toEqual(
        new Set(['good user']),
      );
    },
  );

  test.each(['b', 'c', 'd', 'f', 'h'])('ims-esp-%s: all of it, with Wireshark’s table', async (name) => {
    const text = sas(name)
      .map(({ uat }) => uat)
      .join('\n');
    const keys: TypedKeys = { texts: [{ name: 'esp_sa', text }] };
    expectAll(await read(name, { keys, autoKeys: false }), name);
  });

  test.each(['b', 'c', 'd', 'e', 'g', 'h'])(
    'ims-esp-%s: all of it, with IK and CK of its subscribers',
    async (name) => {
      const pairs = truthOf(name).ues.flatMap(({ impi, registrations }) =>
        registrations.map(({ ik, ck }) => ({ subscriber: impi, ik, ck })),
      );
      const found = await read(name, { keys: { pairs }, autoKeys: false });
      expectAll(found, name);
      expect(found.security.typed.map(({ state }) => state)).toEqual(pairs.map(() => 'used'));
    },
  );

  test('ims-esp-e: the keys that the capture shows are told to be wrong', async () => {
    const { security, messages } = await read('e');
    const seen = security.associations.filter(({ packets }) => packets > 0);
    expect(seen.map(({ state, opened: count }) => [state, count])).toEqual(seen.map(() => ['wrong-key', 0]));
    expect(seen[0]?.reason).toContain('is wrong');
    expect(messages.filter(({ protection }) => protection !== null)).toEqual([]);
  });

  test('ims-esp-h: typed keys of somebody else are told to be wrong, and CK alone too', async () => {
    const other = truthOf('b').ues[0]?.registrations[0];
    const [right] = truthOf('h').ues[0]?.registrations ?? [];
    const wrong = await read('h', {
      keys: { pairs: [{ subscriber: null, ik: other?.ik ?? '', ck: other?.ck ?? '' }] },
    });
    expect(wrong.security.typed[0]).toMatchObject({ state: 'wrong' });
    expect(wrong.security.associations.map(({ state }) => state)).toEqual(wrongKeys);
    // The key for authentication is right, so that every ICV fits.
    const half = await read('h', { keys: { pairs: [{ subscriber: null, ik: right?.ik ?? '', ck: other?.ck ?? '' }] } });
    expect(half.messages.filter(({ decrypted }) => decrypted)).toEqual([]);
    expect(half.security.associations.map(({ state }) => state)).toEqual(wrongKeys);
    expect(half.security.associations[0]?.reason).toContain('right for authentication and wrong for aes-cbc');
  });

  test('ims-esp-h: CK alone opens it, and nothing is checked', async () => {
    const [right] = truthOf('h').ues[0]?.registrations ?? [];
    const found = await read('h', { keys: { pairs: [{ subscriber: null, ik: null, ck: right?.ck ?? '' }] } });
    expectAll(found, 'h');
    expect(found.security.associations.every(({ icv }) => icv.good === 0 && icv.unchecked > 0)).toBe(true);
  });

  test('ims-esp-g: a wrong IK is told to be wrong, and what is not encrypted is shown all the same', async () => {
    const pairs = [{ subscriber: truthOf('g').ues[0]?.impi ?? '', ik: '00'.repeat(16), ck: null }];
    const found = await read('g', { keys: { pairs } });
    expectAll(found, 'g');
    expect(found.security.typed).toMatchObject([{ state: 'wrong' }]);
    const inside = found.messages.filter(({ decrypted }) => decrypted);
    expect(new Set(inside.map(({ protection }) => protection?.icv))).toEqual(new Set(['bad', 'unchecked']));
  });
});
