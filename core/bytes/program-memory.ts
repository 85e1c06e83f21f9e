import { NEXT } from '../programs/room.ts';

/** What of WebAssembly is used here; its types come with those of browsers only. */
interface WebAssemblyLike {
  readonly validate: (program: Uint8Array<ArrayBuffer>) => boolean;
  readonly Module: new (program: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number; readonly shared: true }) => Memory;
}

interface Memory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** A program that makes a vector of 16 bytes: there are processors without such instructions. */
const vectors = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    [1, 5, 1, 0x60, 0, 1, 0x7b],
    [3, 2, 1, 0],
    [10, 8, 1, 6, 0, 0x41, 0, 0xfd, 0x0f, 0x0b],
  ].flat(),
);

const PAGE = 1 << 16;
/** What programs are compiled for, in pages: a gigabyte. */
const MAXIMUM = 1 << 14;
/** Pages at first, and at least, when there is need for more. They take nothing until they are written to. */
const STEP = 1 << 8;
/** Below is what programs keep for themselves, among it where memory is free from: they take some as well. */
const FIRST = PAGE;
/** What is taken begins where a line of the processor's cache does. */
const LINE = 64;

/**
 * Memory that programs for WebAssembly (core/programs) work on, together with typed arrays that are views of it. It grows
 * as more is taken; since it is shared memory, views from before stay what they are. Nothing is given back.
 */
export class ProgramMemory {
  private readonly machine: WebAssemblyLike;
  private readonly memory: Memory;
  /** As it was each time something was taken: what was taken then lies in these. */
  private readonly buffers = new Set<ArrayBufferLike>();

  private constructor(machine: WebAssemblyLike, memory: Memory) {
    this.machine = machine;
    this.memory = memory;
    this.words[NEXT >> 2] = FIRST;
  }

  /** Null where there is no WebAssembly, or an old processor, or no room for it: it takes a good deal of address space, of which there may be little. */
  static open(): ProgramMemory | null {
    const { WebAssembly: machine } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyLike };
    if (machine?.validate(vectors) !== true) return null;
    try {
      return new ProgramMemory(machine, new machine.Memory({ initial: STEP, maximum: MAXIMUM, shared: true }));
    } catch {
      return null;
    }
  }

  /** A program's functions, working on this memory. */
  run(program: Uint8Array<ArrayBuffer>): unknown {
    const { Instance, Module } = this.machine;
    return new Instance(new Module(program), { env: { memory: this.memory } }).exports;
  }

  /** So many bytes of zeros, of which the address in the memory is `byteOffset`. Throws RangeError when a gigabyte is taken. */
  take(bytes: number): Uint8Array<SharedArrayBuffer> {
    const at = this.words[NEXT >> 2] as number;
    const end = at + bytes;
    // Some memory is always behind it: programs look at 16 bytes at a step, wherever what they were given ends.
    const needed = end + LINE - this.memory.buffer.byteLength;
    if (needed > 0) {
      const room = MAXIMUM - this.memory.buffer.byteLength / PAGE;
      this.memory.grow(Math.max(Math.ceil(needed / PAGE), Math.min(STEP, room)));
    }
    this.words[NEXT >> 2] = Math.ceil(end / LINE) * LINE;
    const { buffer } = this.memory;
    this.buffers.add(buffer);
    return new Uint8Array(buffer, at, bytes);
  }

  /** Whether these bytes were taken from it. */
  holds(bytes: Uint8Array): boolean {
    return this.buffers.has(bytes.buffer);
  }

  /** All of it, as it is now. */
  get words(): Int32Array<SharedArrayBuffer> {
    return new Int32Array(this.memory.buffer);
  }

  get doubles(): Float64Array<SharedArrayBuffer> {
    return new Float64Array(this.memory.buffer);
  }
}
