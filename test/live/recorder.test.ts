import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { openInputs, openKept } from '../../core/capture/inputs.ts';
import { END, PACKET } from '../../core/capture/input.ts';
import { FileRing } from '../../core/live/file-ring.ts';
import { Recorder } from '../../core/live/recorder.ts';
import { testFolder } from '../capture/folder.ts';
import { call, more, stream, type Told } from './packets.ts';

const at = testFolder();
const ENDLESS = new AbortController().signal;

function calls(count: number, from = 0): Told[] {
  return Array.from({ length: count }, (_, i) => call(`call${from + i}`, (from + i) * 100)).flat();
}

/** Seconds, nanoseconds and length of each packet that comes out of a source. */
async function packets(inputs: Awaited<ReturnType<typeof openInputs>>): Promise<string[]> {
  const found: string[] = [];
  try {
    for (let step = inputs.merged.step(); step !== END; step = inputs.merged.step()) {
      const { reader } = inputs.merged.current;
      if (step === PACKET) found.push(`${reader.seconds}.${reader.nanoseconds} ${reader.captured}/${reader.original}`);
      else await inputs.merged.refill();
    }
    return found;
  } finally {
    await inputs.close();
  }
}

const said = (frames: readonly Told[]): string[] =>
  frames.map(
    ({ time, bytes }) => `${time / 1_000_000_000n}.${Number(time % 1_000_000_000n)} ${bytes.length}/${bytes.length}`,
  );

test('what comes is on disk, packet by packet, in files that each open by themselves', async () => {
  const ring = new FileRing(100, (number) => at(`rotated-${number}.pcapng`));
  const recorder = new Recorder('lo', ring, 2000);
  const frames = calls(20);
  const bytes = stream(frames);
  // In pieces of any size, as a pipe gives them.
  const pieces = Array.from({ length: Math.ceil(bytes.length / 777) }, (_, i) =>
    bytes.subarray(i * 777, (i + 1) * 777),
  );
  await recorder.record(Readable.from(pieces));
  await ring.close();
  expect(recorder.packets).toBe(100);
  expect(ring.paths.length).toBeGreaterThan(5);
  const each = [];
  for (const path of ring.paths) each.push(...(await packets(await openInputs([path], { spool: false }))));
  expect(each).toEqual(said(frames));
  // As one pcapng, too: the files are sections of it.
  const joined = Buffer.concat(ring.paths.map((path) => readFileSync(path)));
  expect(await packets(await openInputs(['-'], { spool: false, stdin: Readable.from([joined]) }))).toEqual(
    said(frames),
  );
});

test('a file that was being written when everything ended opens up to its last packet', async () => {
  const ring = new FileRing(100, (number) => at(`cut-${number}.pcapng`));
  const recorder = new Recorder('lo', ring, 1e9);
  const helper = new PassThrough();
  const done = recorder.record(helper);
  const frames = calls(3);
  helper.write(stream(frames));
  while (recorder.packets < frames.length || ring.written < 3000) await pause(1);
  // Nothing is ended: as it lies there when the program is killed.
  expect(await packets(await openInputs([at('cut-1.pcapng')], { spool: false }))).toEqual(said(frames));
  // And where the last write was cut short.
  const whole = readFileSync(at('cut-1.pcapng'));
  const cut = await openInputs(['-'], { spool: false, stdin: Readable.from([whole.subarray(0, -10)]) });
  expect(await packets(cut)).toEqual(said(frames).slice(0, -1));
  helper.end();
  await done;
});

test('a session reads along while packets come, waits where there are none, and ends when recording does', async () => {
  const ring = new FileRing(100, (number) => at(`along-${number}.pcapng`));
  const recorder = new Recorder('lo', ring, 3000);
  await recorder.begin();
  const reader = recorder.reader({ from: 0, carried: null });
  const helper = new PassThrough();
  const recording = recorder.record(helper);
  const reading = openKept({ source: reader, from: 0 }, ENDLESS).then(packets);
  const frames = calls(12);
  helper.write(stream(frames.slice(0, 1)));
  for (let i = 1; i < frames.length; i++) {
    helper.write(more(frames.slice(i, i + 1)));
    if (i % 7 === 0) await pause(1);
  }
  helper.end();
  await recording;
  expect(await reading).toEqual(said(frames));
  // Looked at once more, from its beginning and only up to a position.
  expect(await packets(await openKept(reader.again(), ENDLESS))).toEqual(said(frames));
  const second = ring.starts[1] as number;
  const some = await packets(await openKept(reader.again(second), ENDLESS));
  expect(some).toEqual(said(frames).slice(0, some.length));
  expect(some.length).toBeLessThan(frames.length);
  recorder.left(reader);
  await ring.close();
});

test('what is no capture is told, and makes no file', async () => {
  const ring = new FileRing(1, (number) => at(`none-${number}.pcapng`));
  const recorder = new Recorder('lo', ring, 1e9);
  await expect(recorder.record(Readable.from([Buffer.from('Permission denied, please try again')]))).rejects.toThrow(
    'not a capture file',
  );
  expect([ring.paths, recorder.packets]).toEqual([[], 0]);
  await expect(new Recorder('lo', ring, 1e9).record(Readable.from([]))).rejects.toThrow('is empty');
  expect(ring.paths).toEqual([]);
});

test('a capture without packets is a file that opens', async () => {
  const ring = new FileRing(1, (number) => at(`quiet-${number}.pcapng`));
  await new Recorder('lo', ring, 1e9).record(Readable.from([Buffer.from(stream([]))]));
  await ring.close();
  expect(await packets(await openInputs([at('quiet-1.pcapng')], { spool: false }))).toEqual([]);
});
