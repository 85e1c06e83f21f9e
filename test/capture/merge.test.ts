import { expect, test } from 'vitest';
import { Cancel } from '../../core/capture/cancel.ts';
import { END, Input, NEED } from '../../core/capture/input.ts';
import { Merge } from '../../core/capture/merge.ts';
import { pcap } from '../../core/capture/pcap.ts';
import { join, pcapHeader, pcapRecord } from './build.ts';
import { sourceOf } from './drain.ts';

/** Inputs that hold packets of the given seconds, read a few bytes at a time. */
function inputsOf(files: readonly (readonly number[])[], piece = 50): Input[] {
  return files.map((seconds, index) => {
    const bytes = join(pcapHeader(), ...seconds.map((second) => pcapRecord({ seconds: second, fraction: index })));
    return new Input(sourceOf(bytes, piece), pcap.open(), index, 4096, null, new Cancel(null));
  });
}

/** `second/input` of every packet, in the merged order. */
async function order(files: readonly (readonly number[])[], piece?: number): Promise<string[]> {
  const merge = new Merge(inputsOf(files, piece));
  const found: string[] = [];
  for (let step = merge.step(); step !== END; step = merge.step()) {
    if (step === NEED) await merge.refill();
    else found.push(`${merge.current.reader.seconds}/${merge.current.index}`);
  }
  return found;
}

test('packets of several inputs come by time', async () => {
  for (const piece of [1, 7, 50, Infinity]) {
    expect(
      await order(
        [
          [10, 30, 40],
          [20, 21, 35],
          [5, 50],
        ],
        piece,
      ),
    ).toEqual(['5/2', '10/0', '20/1', '21/1', '30/0', '35/1', '40/0', '50/2']);
  }
});

test('equal times come in the order of the inputs, down to the fraction of a second', async () => {
  // The fraction is the number of the input, so 7/0 is earlier than 7/1.
  expect(
    await order([
      [7, 7, 8],
      [7, 8],
      [6, 7],
    ]),
  ).toEqual(['6/2', '7/0', '7/0', '7/1', '7/2', '8/0', '8/1']);
});

test('an input keeps its own order even where its clock goes back', async () => {
  expect(
    await order([
      [10, 5, 12],
      [7, 11],
    ]),
  ).toEqual(['7/1', '10/0', '5/0', '11/1', '12/0']);
});

test('inputs without packets and inputs that end early do no harm', async () => {
  expect(await order([[], [3], [], [1, 2, 9]])).toEqual(['1/3', '2/3', '3/1', '9/3']);
  expect(await order([[], []])).toEqual([]);
});

test('many inputs give what sorting gives', async () => {
  const files = Array.from({ length: 40 }, (_, file) =>
    Array.from({ length: 25 }, (__, i) => i * 40 + ((file * 17 + i * i) % 40)),
  );
  const sorted = files.flatMap((seconds, file) => seconds.map((second) => ({ second, file })));
  sorted.sort((a, b) => a.second - b.second || a.file - b.file);
  expect(await order(files)).toEqual(sorted.map(({ second, file }) => `${second}/${file}`));
});
