import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Document } from '../../core/contract/api.ts';
import type { Answering, Handlers } from '../../core/contract/channel.ts';
import { CaptureHost } from '../../core/host/handlers.ts';
import { save, type SaveTargets } from '../../core/host/save.ts';
import { testFolder } from '../capture/folder.ts';

/** Writing to a file that the user chose: only that one, once, whole or not at all. */
const path = testFolder();
const sample = join(import.meta.dirname, '..', '..', 'fixtures', 'sample-day.pcapng');
const table: Document = { method: 'exportTable', params: { what: 'calls', format: 'csv' } };
const never = new AbortController().signal;

/** Handlers of which only `exportTable` is there. */
function writing(work: (answering: Answering) => Promise<void>): Handlers {
  const exportTable: Handlers['exportTable'] = async (_params, answering) => {
    await work(answering);
    return { rows: 1 };
  };
  return { exportTable } as unknown as Handlers;
}

function granted(name: string, inputs: readonly string[] = []): SaveTargets {
  return new Map([['t', { path: path(name), inputs }]]);
}

/** What is in the folder of the tests besides files that a test made itself. */
function leftovers(): string[] {
  return readdirSync(dirname(path('x'))).filter((name) => name.startsWith('.sipglass-'));
}

test('a real table arrives in the file, byte for byte', async () => {
  const targets = granted('calls.csv');
  const host = new CaptureHost(targets);
  const chunk = (): Promise<void> => Promise.resolve();
  await host.handlers.open({ inputs: [sample] }, { signal: never, chunk });
  const { bytes } = await host.handlers.save({ target: 't', ...table }, { signal: never, chunk });
  const pieces: Uint8Array[] = [];
  await host.handlers.exportTable(table.params, {
    signal: never,
    chunk: (piece) => {
      pieces.push(piece.slice());
      return Promise.resolve();
    },
  });
  await host.close();
  const written = readFileSync(path('calls.csv'));
  expect(written.equals(Buffer.concat(pieces))).toBe(true);
  expect(written).toHaveLength(bytes);
  expect(bytes).toBeGreaterThan(1000);
});

test('a target counts once, and one that nobody granted never', async () => {
  const targets = granted('once.csv');
  const handlers = writing((answering) => answering.chunk(new Uint8Array([65, 10])));
  expect(await save(handlers, targets, 't', table, never)).toEqual({ bytes: 2 });
  await expect(save(handlers, targets, 't', table, never)).rejects.toMatchObject({ code: 'not-found' });
  await expect(save(handlers, targets, 'other', table, never)).rejects.toMatchObject({ code: 'not-found' });
});

test('where the document fails midway, the file that was there stays as it was', async () => {
  writeFileSync(path('kept.csv'), 'before');
  const handlers = writing(async (answering) => {
    await answering.chunk(new Uint8Array(1000));
    throw new TypeError('midway');
  });
  await expect(save(handlers, granted('kept.csv'), 't', table, never)).rejects.toThrow('midway');
  expect(readFileSync(path('kept.csv'), 'utf8')).toBe('before');
  expect(leftovers()).toEqual([]);
});

test('a question that is cancelled leaves nothing', async () => {
  const abort = new AbortController();
  const handlers = writing(async (answering) => {
    await answering.chunk(new Uint8Array(1000));
    abort.abort();
    await answering.chunk(new Uint8Array(1000));
  });
  await expect(save(handlers, granted('none.csv'), 't', table, abort.signal)).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(existsSync(path('none.csv'))).toBe(false);
  expect(leftovers()).toEqual([]);
});

test('a capture that is being read is not overwritten', async () => {
  writeFileSync(path('input.pcap'), 'capture');
  const handlers = writing((answering) => answering.chunk(new Uint8Array(3)));
  await expect(save(handlers, granted('input.pcap', [path('input.pcap')]), 't', table, never)).rejects.toThrow(
    'is a capture that is being read',
  );
  expect(readFileSync(path('input.pcap'), 'utf8')).toBe('capture');
});

test('a method that writes no document is refused', async () => {
  const strange = { method: 'open', params: {} } as unknown as Document;
  await expect(
    save(
      writing(() => Promise.resolve()),
      granted('x.csv'),
      't',
      strange,
      never,
    ),
  ).rejects.toMatchObject({
    code: 'bad-request',
  });
  expect(existsSync(path('x.csv'))).toBe(false);
});
