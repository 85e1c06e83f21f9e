import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Analysis } from '../../core/analysis/index.ts';
import { openInputs } from '../../core/capture/inputs.ts';
import { Session } from '../../core/host/session.ts';
import { SipHead } from '../../core/decode/sip-head.ts';
import type { MessageRow, Stats } from '../../core/contract/model.ts';
import { opened, table } from '../capture-session.ts';

/** Whatever is in a capture: no exception, no hang, every packet accounted for. */
const root = join(import.meta.dirname, '..', '..');
const corpus = join(root, '..', 'shared', 'captures', 'corpus');
const lab = join(root, '..', 'shared', 'captures', 'lab');
const fixtures = readdirSync(join(root, 'fixtures'))
  .filter((name) => /\.pcap(ng)?$/.test(name))
  .map((name) => join(root, 'fixtures', name));
const scratch = mkdtempSync(join(tmpdir(), 'sipglass-robust-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Reads a capture in full and looks at everything in it; returns the statistics. */
async function lookAtAll(path: string): Promise<Stats> {
  const { client } = await opened(path);
  try {
    const stats = await client.ask('stats', {});
    const rows = await table<MessageRow>(client, 'messages');
    await table(client, 'calls');
    for (const frame of new Set(rows.slice(0, 50).map((row) => row.frame))) await client.ask('message', { frame });
    if (rows.length > 1) await client.ask('diff', { a: rows[0]?.frame ?? 0, b: rows.at(-1)?.frame ?? 0 });
    if (stats.calls > 0) await client.ask('ladder', { calls: [1] });
    return stats;
  } finally {
    await client.close();
  }
}

function sumOf(stats: { ledger: readonly { packets: number }[] }): number {
  return stats.ledger.reduce((sum, { packets }) => sum + packets, 0);
}

const there = existsSync(corpus);
const captures = there
  ? [join(corpus, 'captures'), join(corpus, 'malformed'), lab].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => !name.endsWith('.json'))
        .map((name) => join(folder, name)),
    )
  : [];

describe.skipIf(!there)('every capture of the collection', () => {
  test.each(captures.map((path) => [path.slice(root.length), path] as const))(
    '%s: the ledger adds up',
    async (_name, path) => {
      let stats;
      try {
        stats = await lookAtAll(path);
      } catch (error) {
        // Not a capture, or nothing in it: said in one sentence. Anything else is a bug of ours.
        expect(error).toMatchObject({ code: 'capture' });
        return;
      }
      expect(sumOf(stats)).toBe(stats.packets);
      expect(stats.ledger.find(({ code }) => code === 'unset')).toBeUndefined();
    },
  );
});

test.each(fixtures.map((path) => [path.slice(root.length + 1), path] as const))(
  '%s: every packet cut at every byte, with rubbish behind',
  async (_name, path) => {
    const inputs = await openInputs([path], { spool: false });
    const session = new Session([path], inputs, { ports: [], streams: true });
    const analysis = new Analysis(() => 0);
    const head = new SipHead();
    const packet = session.newPacket(
      {
        sip: (carrier, at, end, transport) => {
          expect(at <= end && end <= carrier.bytes.length).toBe(true);
          head.scan(carrier.bytes, at, end);
          analysis.add(carrier, head, at, end, transport);
        },
      },
      { media: () => undefined },
    );
    const { merged } = inputs;
    const room = new Uint8Array(1 << 17);
    const view = new DataView(room.buffer);
    for (let step = merged.step(); step >= 0; step = merged.step()) {
      if (step === 0) {
        await merged.refill();
        continue;
      }
      const { reader, window } = merged.current;
      // Two thousand packets of media are cut alike.
      if (reader.captured > 190 && reader.captured < 220 && packet.frame % 16 !== 0) {
        packet.frame += 1;
        continue;
      }
      const bytes = window.bytes.subarray(reader.dataAt, reader.dataAt + reader.captured);
      for (let length = 0; length <= bytes.length; length += 1) {
        room.fill(length & 1 ? 0xff : 0x41, 0, Math.min(bytes.length + 64, room.length));
        room.set(bytes.subarray(0, length), 0);
        packet.bytes = room;
        packet.view = view;
        packet.frame += 1;
        packet.time += 1e5;
        packet.start = 0;
        packet.end = length;
        packet.position = 0;
        packet.missing = length % 3 === 0 ? 0 : bytes.length - length;
        packet.linkType = reader.linkType;
        packet.begin();
        packet.routes.linkType.get(reader.linkType)?.(packet, 0, length);
      }
    }
    packet.routes.finish(packet);
    for (let call = 1; call <= analysis.calls.count; call++) expect(analysis.why(analysis.judge(call))).not.toBe('');
    await session.close();
  },
);

test.each(fixtures.map((path) => [path.slice(root.length + 1), path] as const))(
  '%s: the file cut anywhere gives what comes before, and one warning at most',
  async (_name, path) => {
    const bytes = readFileSync(path);
    const step = Math.max(1, Math.floor(bytes.length / 60)) | 1;
    let before = 0;
    for (let length = 30; length < bytes.length; length += step) {
      const cut = join(scratch, 'cut');
      writeFileSync(cut, bytes.subarray(0, length));
      const { client, warnings } = await opened(cut);
      const stats = await client.ask('stats', {});
      await client.close();
      expect(sumOf(stats)).toBe(stats.packets);
      expect(stats.packets).toBeGreaterThanOrEqual(before);
      expect(warnings.length).toBeLessThanOrEqual(1);
      before = stats.packets;
    }
  },
);

test('captures with flipped bytes are read to an end', async () => {
  const originals = fixtures.filter((path) => !path.includes('sample-day')).map((path) => readFileSync(path));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(originals.length - 1),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 40 }),
      async (which, flips) => {
        const bytes = Buffer.from(originals[which] ?? []);
        for (const [at, value] of flips) bytes[24 + (at % (bytes.length - 24))] = value;
        const path = join(scratch, 'flipped');
        writeFileSync(path, bytes);
        const stats = await lookAtAll(path).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'capture' });
          return null;
        });
        if (stats !== null) expect(sumOf(stats)).toBe(stats.packets);
      },
    ),
    { seed: 20_261_123, numRuns: 60 },
  );
});
