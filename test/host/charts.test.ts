import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChartsExport } from '../../core/contract/charts.ts';
import type { StreamRow } from '../../core/contract/streams.ts';
import type { LocalClient } from '../../core/host/local.ts';
import { opened } from '../capture-session.ts';

/** The charts of the packet-time view as documents: what they show is what the streams say. */
let client: LocalClient;
let streams: readonly StreamRow[];

beforeAll(async () => {
  ({ client } = await opened(join(import.meta.dirname, '..', '..', 'fixtures', 'sample-day.pcapng')));
  const { rows } = await client.ask('streams', { from: 0, count: 10 });
  const [first] = rows;
  streams = rows.filter(({ call }) => call === first?.call).slice(0, 2);
});
afterAll(() => client.close());

async function charts(more: Partial<ChartsExport> = {}): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const sides = streams.map(({ id }, at) => ({
    stream: id,
    title: at === 0 ? 'Caller to <callee>' : 'Callee to caller',
  }));
  await client.ask(
    'exportCharts',
    { format: 'svg', title: 'alice → bob & co', sides, ...more },
    { onChunk: (chunk) => void chunks.push(chunk.slice()) },
  );
  return Buffer.concat(chunks);
}

async function drawn(more: Partial<ChartsExport> = {}): Promise<string> {
  return new TextDecoder().decode(await charts(more));
}

test('a whole document with all four charts, both sides, and texts made harmless', async () => {
  const svg = await drawn();
  for (const title of ['Arrival spacing, ms', 'Jitter (RFC 3550), ms', 'Lost packets, a second', 'MOS, estimate']) {
    expect(svg).toContain(`>${title}<`);
  }
  expect(svg).toContain('Caller to &lt;callee&gt;');
  expect(svg).toContain('alice → bob &amp; co');
  expect(svg).not.toMatch(/NaN|undefined|Infinity|<script/u);
  // A line of each side in each chart, and its sample in the legend.
  expect(svg.match(/stroke-dasharray="4 2\.5"/gu)?.length).toBeGreaterThanOrEqual(4);
  expect(await drawn()).toBe(svg);
  expect(await drawn({ theme: 'dark' })).not.toBe(svg);
});

test('a stretch alone, with marks only where they are in it', async () => {
  const from = Number(streams[0]?.start) + 1;
  const marks = [
    { at: from + 0.2, text: 'packets now 40 ms', severity: 'bad', shades: true },
    { at: from + 500, text: 'far away', severity: 'idle', shades: false },
  ] as const;
  const svg = await drawn({ from: from.toFixed(6), to: (from + 1).toFixed(6), marks });
  expect(svg).toContain('▲ packets now 40 ms');
  expect(svg).toContain('fill-opacity');
  expect(svg).not.toContain('far away');
  // Times go on counting from the first packet.
  expect(svg).toContain('>00:01.2<');
});

test('a side without a stream stays empty; no stream at all, or one that there is not, is refused', async () => {
  const sides = [
    { stream: streams[0]?.id ?? 0, title: 'One' },
    { stream: null, title: 'Other' },
  ];
  expect(await drawn({ sides })).toContain('Other: no stream');
  await expect(drawn({ sides: [{ stream: 99_999, title: '' }] })).rejects.toMatchObject({ code: 'not-found' });
  await expect(drawn({ sides: [{ stream: null, title: '' }] })).rejects.toMatchObject({ code: 'bad-request' });
});

test('as a PNG of the size asked for', async () => {
  const bytes = await charts({ format: 'png', pixelRatio: 1 });
  expect([...bytes.subarray(1, 4)].map((code) => String.fromCodePoint(code)).join('')).toBe('PNG');
  expect(new DataView(bytes.buffer, bytes.byteOffset).getUint32(16)).toBe(1200);
});
