import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { MessageRow } from '../../core/contract/model.ts';
import { localHost } from '../../core/host/local.ts';
import { opened, table } from '../capture-session.ts';

/*
 * Keys that come late in a capture, and keys that are changed while it is open: what is known in the end counts from the
 * start, and what was answered before is told to be of the past. No key leaves by a way that is not asked for it.
 */

const lab = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'lab');
const here = existsSync(lab);
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-keys-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Packets of a little-endian pcap, each with its record header. */
function records(path: string): { readonly head: Buffer; readonly packets: readonly Buffer[] } {
  const bytes = readFileSync(path);
  const packets: Buffer[] = [];
  for (let at = 24; at < bytes.length;) {
    const length = 16 + bytes.readUInt32LE(at + 8);
    packets.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { head: bytes.subarray(0, 24), packets };
}

const said = ({ ts, src, dst, cseq, method, status, protection }: MessageRow): string =>
  [ts, src, dst, cseq?.number, cseq?.method, method ?? status, protection?.spi, protection?.icv].join(' ');

interface Keys {
  readonly ik: string;
  readonly ck: string;
}

function keysOf(name: string): Keys {
  const truth = JSON.parse(readFileSync(join(lab, `ims-esp-${name}.truth.json`), 'utf8')) as {
    readonly ues: readonly { readonly registrations: readonly Keys[] }[];
  };
  return truth.ues[0]?.registrations[0] as Keys;
}

describe.skipIf(!here)('keys (skipped where the collection is not beside the project)', () => {
  test.each(['a', 'b', 'd'])('ims-esp-%s: the 401 with the keys comes last in the file', async (name) => {
    const path = join(lab, `ims-esp-${name}.pcap`);
    const { head, packets } = records(path);
    const hasKeys = (packet: Buffer): boolean => packet.includes('ck="');
    const late = join(scratch, `${name}.pcap`);
    const order = [...packets.filter((packet) => !hasKeys(packet)), ...packets.filter(hasKeys)];
    writeFileSync(late, Buffer.concat([head, ...order]));
    const rereads: number[] = [];
    const client = localHost();
    client.on('reread', ({ generation }) => rereads.push(generation));
    await client.ask('open', { inputs: [late] });
    const before = await opened(path);
    try {
      const { messages } = await client.ask('done', {});
      const ours = (await table<MessageRow>(client, 'messages')).map(said).toSorted();
      expect(ours).toEqual((await table<MessageRow>(before.client, 'messages')).map(said).toSorted());
      expect(messages).toBe(ours.length);
      expect(rereads).toEqual([1]);
    } finally {
      await client.close();
      await before.client.close();
    }
  });

  test('typed while it is open, wrong, right, and taken back', async () => {
    const { client } = await opened(join(lab, 'ims-esp-h.pcap'));
    const rereads: number[] = [];
    client.on('reread', ({ generation }) => rereads.push(generation));
    const count = async (): Promise<number> => (await client.ask('messages', { from: 0, count: 100 })).total;
    try {
      expect(await count()).toBe(2);
      const wrong = { pairs: [{ subscriber: null, ik: '00'.repeat(16), ck: '11'.repeat(16) }] };
      expect(await client.ask('setKeys', { add: wrong })).toEqual({ reread: true });
      expect(await count()).toBe(2);
      const first = await client.ask('securityAssociations', {});
      expect(first.typed).toMatchObject([{ id: 1, state: 'wrong', authentication: { bits: 128 } }]);
      const right = { pairs: [{ subscriber: null, ...keysOf('h') }] };
      await client.ask('setKeys', { keep: [1], add: right });
      expect(await count()).toBe(20);
      const second = await client.ask('securityAssociations', {});
      expect(second.typed).toMatchObject([
        { id: 1, state: 'wrong' },
        { id: 2, state: 'used' },
      ]);
      const shown = await client.ask('revealKey', { association: second.associations[0]?.id ?? 0 });
      expect([shown.ik, shown.ck]).toEqual([keysOf('h').ik, keysOf('h').ck]);
      expect(shown.wireshark).toContain(keysOf('h').ck);
      expect(await client.ask('setKeys', { keep: [1, 2] })).toEqual({ reread: false });
      await client.ask('setKeys', {});
      expect(await count()).toBe(2);
      expect(rereads).toEqual([1, 2, 3]);
      await expect(client.ask('setKeys', { keep: [1] })).rejects.toThrow('not there');
      await expect(client.ask('revealKey', { association: 99 })).rejects.toThrow('no security association');
    } finally {
      await client.close();
    }
  });

  test('only what can change is read again', async () => {
    const { client } = await opened(join(lab, 'ims-esp-h.pcap'));
    const rereads: number[] = [];
    client.on('reread', ({ generation }) => rereads.push(generation));
    try {
      const { associations } = await client.ask('securityAssociations', {});
      const [first] = associations;
      if (first === undefined) throw new Error('there are associations');
      const line = (src: string, dst: string, spi: string): string =>
        `${src},${dst},${spi},aes-cbc,${'00'.repeat(16)},hmac-sha-1-96,${'11'.repeat(20)}`;
      const add = (...lines: string[]) => ({ add: { associations: lines } });
      const { spi, src, dst } = first;
      // Of others: another SPI, another address.
      const others = add(line('*', '*', '0xdead'), line(src, '192.0.2.77', spi), line(dst, src, spi));
      expect(await client.ask('setKeys', others)).toEqual({ reread: false });
      expect((await client.ask('securityAssociations', {})).typed).toMatchObject(
        [1, 2, 3].map((id) => ({ id, state: 'unused' })),
      );
      expect(await client.ask('setKeys', { keep: [2] })).toEqual({ reread: false });
      // No keys were in the capture.
      expect(await client.ask('setKeys', { keep: [2], auto: false })).toEqual({ reread: false });
      expect(await client.ask('setKeys', { keep: [2], auto: true })).toEqual({ reread: true });
      // Of one that is there, and of any.
      expect(await client.ask('setKeys', { keep: [2], ...add(line(src, '*', spi)) })).toEqual({ reread: true });
      expect(await client.ask('setKeys', { keep: [2] })).toEqual({ reread: true });
      expect(await client.ask('setKeys', add(line('*', '*', '*')))).toEqual({ reread: true });
      expect(rereads).toEqual([1, 2, 3, 4]);
    } finally {
      await client.close();
    }
  });

  test('without ESP nothing is read again', async () => {
    const { client } = await opened(join(lab, 'message.pcap'));
    try {
      const add = { pairs: [{ subscriber: null, ik: '00'.repeat(16), ck: null }] };
      expect(await client.ask('setKeys', { add })).toEqual({ reread: false });
      expect((await client.ask('securityAssociations', {})).typed).toMatchObject([{ state: 'unused' }]);
    } finally {
      await client.close();
    }
  });

  test('no key is in any answer but the one that is asked for it', async () => {
    const keys = keysOf('h');
    const text = `"IPv4","1.1.1.1","1.1.1.2","77","AES-CBC [RFC3602]","0x${keys.ck}","NULL",""`;
    const { client, warnings } = await opened(join(lab, 'ims-esp-h.pcap'), {
      keys: { pairs: [{ subscriber: null, ...keys }], texts: [{ name: 'k', text }] },
    });
    const written: string[] = [...warnings];
    const onChunk = (bytes: Uint8Array): void => void written.push(Buffer.from(bytes).toString('latin1'));
    try {
      const answers = [
        await client.ask('securityAssociations', {}),
        await client.ask('stats', {}),
        await client.ask('messages', { from: 0, count: 100 }),
        await client.ask('calls', { from: 0, count: 100 }),
        await client.ask('ladder', { calls: [1, 2, 3] }),
        await client.ask('checkKeys', { keys: { texts: [{ name: 'k', text: `${text}x` }] } }),
      ];
      written.push(JSON.stringify(answers));
      for (const what of ['messages', 'calls', 'streams'] as const) {
        await client.ask('exportTable', { what, format: 'ndjson' }, { onChunk });
      }
      for (const format of ['html', 'svg', 'markdown', 'json', 'text'] as const) {
        await client.ask('exportLadder', { calls: [1, 2, 3], format }, { onChunk });
      }
      await client.ask('extract', { calls: [1, 2, 3], decrypted: true }, { onChunk });
      for (const bad of [`${keys.ik}0`, `${keys.ik}zz`]) {
        const add = { pairs: [{ subscriber: null, ik: bad, ck: null }], associations: [`*,*,1,aes-cbc,${bad}`] };
        await client
          .ask('setKeys', { add })
          .catch((error: unknown) => written.push(String(error), String((error as Error).stack)));
      }
    } finally {
      await client.close();
    }
    const all = written.join('\n').toLowerCase();
    expect(all.length).toBeGreaterThan(50_000);
    for (const key of [keys.ik, keys.ck]) {
      for (let at = 0; at + 8 <= key.length; at++) expect(all).not.toContain(key.slice(at, at + 8));
      const bytes = Buffer.from(key, 'hex').toString('latin1').toLowerCase();
      expect(all).not.toContain(bytes.slice(0, 8));
    }
  });
});
