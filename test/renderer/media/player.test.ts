import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Player } from '../../../renderer/views/media/listen/player.ts';
import type { Piece } from '../../../renderer/views/media/listen/pieces.ts';
import { FakeBuffer, FakeContext } from './fake-audio.ts';

/** Playing in pieces: what is put on the device, and when. */
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakePieces {
  readonly count: number;
  readonly asked: number[] = [];
  /** Resolves what was asked for; by itself unless `slow`. */
  readonly waiting = new Map<number, () => void>();
  slow = false;
  problem: Error | null = null;

  constructor(seconds: number) {
    this.count = Math.ceil(seconds / 30);
  }

  get(index: number): Promise<Piece> {
    this.asked.push(index);
    if (this.problem !== null) return Promise.reject(this.problem);
    const piece = [0, 1].map(() => new FakeBuffer({ length: 240_000, sampleRate: 8000 }) as unknown as AudioBuffer);
    if (!this.slow) return Promise.resolve(piece);
    return new Promise((resolve) => {
      this.waiting.set(index, () => resolve(piece));
    });
  }
}

function start(seconds: number): { player: Player; pieces: FakePieces; context: FakeContext } {
  const pieces = new FakePieces(seconds);
  const context = new FakeContext();
  return { player: new Player({ seconds, channels: 2, pieces }, () => context.asContext), pieces, context };
}

test('each channel begins at the same moment, and pieces join without a gap', async () => {
  const { player, context, pieces } = start(75);
  player.play();
  await context.pass(1);
  expect(player.now()).toMatchObject({ playing: true, waiting: false });
  expect(player.now().position).toBeCloseTo(0.95, 1);
  await context.pass(70);
  const first = context.started[0]?.when ?? 0;
  expect(context.started.map(({ when, offset }) => [Math.round((when - first) * 1e6) / 1e6, offset])).toEqual([
    [0, 0],
    [0, 0],
    [30, 0],
    [30, 0],
    [60, 0],
    [60, 0],
  ]);
  await context.pass(6);
  expect(player.now()).toMatchObject({ playing: false, position: 75 });
  expect([...new Set(pieces.asked)]).toEqual([0, 1, 2]);
});

test('no more than the next piece is fetched ahead', async () => {
  const { player, context, pieces } = start(3600);
  player.play();
  await context.pass(2);
  expect(new Set(pieces.asked)).toEqual(new Set([0, 1]));
});

test('pause keeps the place, play goes on there, and at the end it begins again', async () => {
  const { player, context } = start(10);
  player.play();
  await context.pass(4);
  player.pause();
  const { position } = player.now();
  expect(position).toBeCloseTo(3.95, 1);
  expect(context.started.every(({ stopped }) => stopped)).toBe(true);
  await context.pass(5);
  expect(player.now().position).toBe(position);
  player.toggle();
  await context.pass(1);
  expect(context.started.at(-1)?.offset).toBeCloseTo(position, 6);
  await context.pass(6);
  expect(player.now()).toMatchObject({ playing: false, position: 10 });
  player.play();
  await context.pass(0.1);
  expect(context.started.at(-1)?.offset).toBe(0);
});

test('seeking while it plays stops what was on its way, and never leaves the sound', async () => {
  const { player, context, pieces } = start(100);
  player.play();
  await context.pass(0.2);
  player.seek(65);
  await context.pass(0.2);
  expect(context.started.at(-3)).toMatchObject({ offset: 5, stopped: false });
  expect(context.started[0]?.stopped).toBe(true);
  expect(pieces.asked).toContain(2);
  player.seek(1e9);
  expect(player.now()).toMatchObject({ playing: false, position: 100 });
  player.seek(-5);
  expect(player.now().position).toBe(0);
});

test('where the next piece comes late it waits, and goes on without a hole', async () => {
  const { player, context, pieces } = start(60);
  player.play();
  pieces.slow = true;
  await context.pass(35);
  expect(player.now()).toMatchObject({ playing: true, waiting: true, position: 30 });
  pieces.slow = false;
  pieces.waiting.get(1)?.();
  await context.pass(1);
  expect(player.now()).toMatchObject({ playing: true, waiting: false });
  expect(context.started.at(-1)).toMatchObject({ offset: 0, stopped: false });
  expect(player.now().position).toBeCloseTo(30.9, 0);
});

test('what fails is said, and can be tried again', async () => {
  const { player, context, pieces } = start(60);
  pieces.problem = new Error('the capture host is gone\n    at somewhere');
  player.play();
  await context.pass(0.1);
  expect(player.now()).toMatchObject({ playing: false, problem: 'the capture host is gone' });
  pieces.problem = null;
  player.play();
  await context.pass(1);
  expect(player.now()).toMatchObject({ playing: true, problem: null });
});

describe('loudness', () => {
  test('a channel is muted by itself, the volume is of both, also when set before the device is open', async () => {
    const { player, context } = start(60);
    player.setVolume(0.25);
    player.setMuted(1, true);
    player.play();
    await context.pass(0.1);
    expect(context.gains.map(({ gain }) => gain.value)).toEqual([0.25, 1, 0]);
    player.setMuted(1, false);
    player.setVolume(1);
    expect(context.gains.map(({ gain }) => gain.value)).toEqual([1, 1, 1]);
  });
});

test('closed, the device is let go, and can be opened anew', async () => {
  const { player, context } = start(60);
  player.play();
  await context.pass(0.1);
  player.close();
  expect(context.closed).toBe(true);
  expect(player.now().playing).toBe(false);
  await context.pass(5);
  const count = context.started.length;
  player.play();
  await context.pass(0.1);
  expect(context.started.length).toBeGreaterThan(count);
});
