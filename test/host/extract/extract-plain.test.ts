import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { MessageRow } from '../../../core/contract/model.ts';
import { opened, readAll, readStreams, table } from '../../capture-session.ts';
import { BAD_CHECKSUM, dissect, hasTshark, NEEDS_TSHARK } from '../../fixtures/tshark.ts';

/* What was inside ESP, written as plain packets, reads as it did inside: for this program and for others. */

const lab = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'captures', 'lab');
const here = existsSync(lab);
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-plain-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const said = ({ ts, src, sport, dst, dport, transport, cseq, method, status, callId }: MessageRow): string =>
  [ts, src, sport, dst, dport, transport, cseq?.number, cseq?.method, method ?? status, callId].join(' ');

describe.skipIf(!here)('lab captures with ESP (skipped where the collection is not beside the project)', () => {
  test.each(['a', 'b', 'c', 'd'])(`ims-esp-%s, decrypted${NEEDS_TSHARK}`, async (name) => {
    const path = join(lab, `ims-esp-${name}.pcap`);
    const out = join(scratch, `${name}.pcapng`);
    const { client } = await opened(path);
    const chunks: Uint8Array[] = [];
    let inside: MessageRow[] = [];
    try {
      inside = await table<MessageRow>(client, 'messages');
      const calls = [...new Set(inside.map(({ callId }) => callId ?? ''))];
      const onChunk = (chunk: Uint8Array): void => void chunks.push(chunk.slice());
      const { packets, messages } = await client.ask('extract', { calls, decrypted: true }, { onChunk });
      expect(messages).toBe(inside.length);
      expect(packets).toBeGreaterThan(messages);
    } finally {
      await client.close();
    }
    writeFileSync(out, Buffer.concat(chunks));
    const plain = await readAll(out, { autoKeys: false });
    expect(plain.map(said).toSorted()).toEqual(inside.map(said).toSorted());
    expect(plain.filter(({ protection }) => protection !== null)).toEqual([]);
    const counts = async (file: string): Promise<string[]> =>
      (await readStreams(file)).map(({ ssrc, packets }) => `${ssrc} ${packets}`).toSorted();
    expect(await counts(out)).toEqual(await counts(path));
    if (!hasTshark) return;
    expect(dissect(out, 'esp', ['frame.number'])).toEqual([]);
    expect(dissect(out, BAD_CHECKSUM, ['frame.number'])).toEqual([]);
  });
});
