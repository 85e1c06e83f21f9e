import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { FILE_SPAN } from '../../core/bytes/position.ts';
import { END, NEED } from '../../core/capture/input.ts';
import { openInputs } from '../../core/capture/inputs.ts';
import type { InputOptions, Inputs } from '../../core/capture/inputs.ts';
import { CaptureError } from '../../core/capture/reader.ts';
import { Bytes, enhanced, interfaceBlock, join, payload, pcapHeader, pcapRecord, section } from './build.ts';
import { testFolder } from './folder.ts';

const path = testFolder();
const capture = join(
  pcapHeader(),
  ...Array.from({ length: 50 }, (_, i) => pcapRecord({ seconds: 1000 + 2 * i, data: payload(100 + i, i) })),
);
const other = join(
  section(),
  interfaceBlock({ linkType: 113 }),
  ...Array.from({ length: 50 }, (_, i) =>
    enhanced({ ticks: BigInt(1001 + 2 * i) * 1_000_000n, data: payload(70 + i, i) }),
  ),
);

const open: Inputs[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((inputs) => inputs.close()));
});

async function openThem(names: readonly string[], options: Partial<InputOptions> = {}): Promise<Inputs> {
  const inputs = await openInputs(names, { spool: true, ...options });
  open.push(inputs);
  return inputs;
}

interface Seen {
  readonly seconds: number;
  readonly input: number;
  readonly position: number;
  readonly bytes: Uint8Array;
}

/** All packets; and each, looked at again at its position, has to be the same. */
async function packetsOf(inputs: Inputs): Promise<Seen[]> {
  const { merged } = inputs;
  const seen: Seen[] = [];
  for (let step = merged.step(); step !== END; step = merged.step()) {
    if (step === NEED) {
      await merged.refill();
      continue;
    }
    const { reader, window, index } = merged.current;
    const bytes = window.bytes.slice(reader.dataAt, reader.dataAt + reader.captured);
    seen.push({ seconds: reader.seconds, input: index, position: merged.current.position(), bytes });
  }
  for (const { position, bytes } of seen) expect(Buffer.compare(inputs.readAt(position, bytes.length), bytes)).toBe(0);
  return seen;
}

async function refusal(names: readonly string[], options: Partial<InputOptions> = {}): Promise<string> {
  try {
    await openThem(names, options);
  } catch (error) {
    if (error instanceof CaptureError) return error.message;
    throw error;
  }
  return 'was not refused';
}

function file(name: string, bytes: Uint8Array | string): string {
  writeFileSync(path(name), bytes);
  return path(name);
}

describe('openInputs', () => {
  test('reads a file, compressed or not, and standard input, and any packet again', async () => {
    const names = [file('plain', capture), file('packed', gzipSync(capture)), '-'];
    for (const name of names) {
      const inputs = await openThem([name], { stdin: Readable.from([capture]) });
      const seen = await packetsOf(inputs);
      expect(seen).toHaveLength(50);
      expect(seen[0]?.position).toBe(40);
      expect(seen[1]?.position).toBe(40 + 100 + 16);
      expect(inputs.warnings).toEqual([]);
      expect(inputs.inputs[0]?.packets).toBe(50);
    }
  });

  test('merges several by time, each with positions of its own', async () => {
    const names = [file('one', capture), file('two', gzipSync(other)), '-'];
    const inputs = await openThem(names, { stdin: Readable.from([join(pcapHeader(), pcapRecord({ seconds: 1050 }))]) });
    const seen = await packetsOf(inputs);
    expect(seen).toHaveLength(101);
    expect(seen.slice(0, 3).map(({ seconds, input }) => [seconds, input])).toEqual([
      [1000, 0],
      [1001, 1],
      [1002, 0],
    ]);
    const times = seen.map(({ seconds }) => seconds);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const { position, input } of seen) expect(Math.floor(position / FILE_SPAN)).toBe(input);
    expect(inputs.inputs.map(({ packets }) => packets)).toEqual([50, 50, 1]);
    expect(inputs.inputs.map(({ reader }) => reader.format)).toEqual(['pcap', 'pcapng', 'pcap']);
  });

  test('tells progress in bytes as they are stored', async () => {
    const packed = gzipSync(capture);
    const inputs = await openThem([file('progress', capture), file('progress.gz', packed)]);
    expect(inputs.progress.total).toBe(capture.length + packed.length);
    await packetsOf(inputs);
    expect(inputs.progress).toEqual({ read: capture.length + packed.length, total: capture.length + packed.length });
    const piped = await openThem(['-'], { stdin: Readable.from([capture]) });
    await packetsOf(piped);
    expect(piped.progress).toEqual({ read: capture.length, total: null });
  });

  test('leaves no temporary file, and makes none where none is needed', async () => {
    mkdirSync(path('place'));
    const inputs = await openThem(['-'], { stdin: Readable.from([capture]), folder: path('place') });
    await packetsOf(inputs);
    expect(readdirSync(path('place'))).toEqual([]);
    const once = await openThem(['-'], { stdin: Readable.from([capture]), spool: false, folder: path('nowhere') });
    expect(once.merged.step()).toBe(NEED);
    await once.merged.refill();
    expect(() => once.readAt(40, 10)).toThrow('standard input: can be read only once');
  });

  test('brings the names of addresses of all captures together', async () => {
    const names = (...list: string[]): Uint8Array => {
      const text = list.map((name) => `${name}\0`).join('');
      const body = new Bytes()
        .u16(1, 4 + text.length)
        .u8(192, 0, 2, 1)
        .bytes(text)
        .pad()
        .done();
      return join(
        section(),
        new Bytes()
          .u32(4, body.length + 12)
          .bytes(body)
          .u32(body.length + 12)
          .done(),
      );
    };
    const inputs = await openThem([file('n1', names('alice')), file('n2', names('alice', 'a.example'))]);
    await packetsOf(inputs);
    expect([...inputs.names()]).toEqual([['192.0.2.1', ['alice', 'a.example']]]);
  });
});

describe('damage', () => {
  const warning = async (name: string, bytes: Uint8Array): Promise<string | undefined> => {
    const inputs = await openThem([file(name, bytes)]);
    await packetsOf(inputs);
    expect(inputs.warnings.length).toBeLessThan(2);
    return inputs.warnings[0]?.replace(path(name), 'NAME');
  };

  test('is one sentence that says where, and that everything before was read', async () => {
    expect(await warning('cut', capture.subarray(0, -3))).toBe(
      'NAME: cut short in packet 50 (the last packet is not complete); everything before it was read',
    );
    expect(await warning('cut-header', capture.subarray(0, 20))).toBe(
      'NAME: cut short before the first packet (the file header is not complete)',
    );
    expect(await warning('bad', join(capture, pcapRecord({ captured: 300_000 }), capture))).toBe(
      'NAME: damaged in packet 51 (a record claims 300000 captured bytes); everything before it was read',
    );
    expect(await warning('bad-block', join(other, enhanced({ trailer: 5 })))).toBe(
      'NAME: damaged in packet 51 (the two lengths of a block differ); everything before it was read',
    );
  });

  test('of compressed data is told with how far they went', async () => {
    const packed = gzipSync(join(capture, pcapRecord({ data: payload(60_000) })));
    expect(await warning('cut.gz', packed.subarray(0, -20_000))).toBe(
      'NAME: cut short in packet 51 (the gzip data end too early); everything before it was read',
    );
    expect(await warning('tail.gz', packed.subarray(0, -4))).toBe(
      'NAME: cut short after packet 51 (the gzip data end too early); everything before it was read',
    );
    expect(await warning('garbage.gz', join(gzipSync(capture), payload(33)))).toBe(
      'NAME: damaged after packet 50 (the gzip data are damaged: incorrect header check); everything before it was read',
    );
  });

  test('of one capture does not touch the others', async () => {
    const inputs = await openThem([file('good', capture), file('short', other.subarray(0, -5))]);
    expect(await packetsOf(inputs)).toHaveLength(99);
    expect(inputs.warnings).toEqual([
      `${path('short')}: cut short in packet 50 (the last block is not complete); everything before it was read`,
    ]);
  });
});

describe('what cannot be read', () => {
  test('is refused with one sentence', async () => {
    const text = file('text', 'INVITE sip:bob@example.com SIP/2.0\r\n');
    const name = (value: string): string => path(value);
    expect(await refusal([text])).toBe(`${text}: not a capture file (neither pcap nor pcapng nor snoop)`);
    expect(await refusal([file('short-text', 'x')])).toBe(
      `${name('short-text')}: not a capture file (neither pcap nor pcapng nor snoop)`,
    );
    expect(await refusal([file('empty', '')])).toBe(`${name('empty')}: is empty, without even a file header`);
    expect(await refusal([file('text.gz', gzipSync('hello'))])).toBe(
      `${name('text.gz')}: what gzip unpacks is not a capture file (neither pcap nor pcapng nor snoop)`,
    );
    expect(await refusal([file('cut.gz', gzipSync(capture).subarray(0, 8))])).toBe(
      `${name('cut.gz')}: the gzip data end too early, and nothing could be unpacked`,
    );
    expect(await refusal([file('ok', capture), name('missing')])).toBe(`${name('missing')}: no such file`);
    expect(await refusal(['-'], { stdin: Readable.from([]) })).toBe(
      'standard input: is empty, without even a file header',
    );
    expect(await refusal(['-', '-'])).toBe('standard input: can be read only once');
    expect(await refusal([])).toBe('no capture was named');
    expect(await refusal(Array.from({ length: 513 }, () => text))).toBe(
      'more than 512 captures cannot be read at once',
    );
    expect(await refusal(['-'], { stdin: Readable.from([capture]), folder: name('nowhere') })).toBe(
      `standard input: no copy can be kept in ${name('nowhere')}: no such file (TMPDIR names another place for it)`,
    );
  });
});

describe('cancelling', () => {
  test('ends waiting for a pipe that gives nothing', async () => {
    const stdin = new PassThrough();
    stdin.write(capture.subarray(0, 100));
    const controller = new AbortController();
    const inputs = await openThem(['-'], { stdin, signal: controller.signal });
    const { merged } = inputs;
    const reading = (async () => {
      for (let step = merged.step(); step !== END; step = merged.step()) if (step === NEED) await merged.refill();
    })();
    setTimeout(() => controller.abort(new Error('enough')), 5);
    await expect(reading).rejects.toThrow('enough');
    await expect(merged.refill()).rejects.toThrow('enough');
  });

  test('ends opening, too', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(openThem(['-'], { stdin: new PassThrough(), signal })).rejects.toThrow('enough');
  });
});

test('refill lets other work of the program have its turn', async () => {
  const inputs = await openThem([
    file('turns', join(pcapHeader(), ...Array.from({ length: 40 }, () => pcapRecord({ data: payload(250_000) })))),
  ]);
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 0);
  let refills = 0;
  for (let step = inputs.merged.step(); step !== END; step = inputs.merged.step()) {
    if (step !== NEED) continue;
    refills += 1;
    await inputs.merged.refill();
  }
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  clearInterval(timer);
  expect(refills).toBeGreaterThan(1);
  expect(turns).toBeGreaterThan(0);
});
