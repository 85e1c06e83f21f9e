import { vi } from 'vitest';

/** What was scheduled on the device. */
export interface Started {
  readonly when: number;
  readonly offset: number;
  readonly buffer: FakeBuffer;
  stopped: boolean;
}

export class FakeBuffer {
  readonly length: number;
  readonly numberOfChannels: number;
  readonly sampleRate: number;
  private readonly samples: Float32Array;

  constructor({ length, numberOfChannels = 1, sampleRate }: AudioBufferOptions) {
    this.length = length;
    this.numberOfChannels = numberOfChannels;
    this.sampleRate = sampleRate;
    this.samples = new Float32Array(length);
  }

  getChannelData(): Float32Array {
    return this.samples;
  }
}

interface FakeNode {
  readonly gain: { value: number };
  readonly to: unknown[];
  connect(to: unknown, ...rest: number[]): void;
}

function node(): FakeNode {
  const to: unknown[] = [];
  return { gain: { value: 1 }, to, connect: (target, ...rest) => void to.push([target, ...rest]) };
}

/** A device whose time goes as the test says. */
export class FakeContext {
  currentTime = 10;
  closed = false;
  readonly started: Started[] = [];
  readonly gains: FakeNode[] = [];
  readonly destination = {};

  resume(): Promise<void> {
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
  createGain(): FakeNode {
    const made = node();
    this.gains.push(made);
    return made;
  }
  createChannelMerger(): FakeNode {
    return node();
  }
  createBufferSource(): object {
    const { started } = this;
    let mine: Started | null = null;
    return {
      buffer: null as FakeBuffer | null,
      connect: () => undefined,
      disconnect: () => undefined,
      start(this: { buffer: FakeBuffer }, when: number, offset: number) {
        mine = { when, offset, buffer: this.buffer, stopped: false };
        started.push(mine);
      },
      stop: () => {
        if (mine !== null) mine.stopped = true;
      },
    };
  }

  /** As Web Audio's, as far as the player looks. */
  get asContext(): AudioContext {
    return this as unknown as AudioContext;
  }

  /** Time goes by, for the device and for the page. */
  async pass(seconds: number): Promise<void> {
    for (let left = Math.round(seconds * 1000); left > 0; left -= 50) {
      this.currentTime += Math.min(50, left) / 1000;
      await vi.advanceTimersByTimeAsync(Math.min(50, left));
    }
  }
}
