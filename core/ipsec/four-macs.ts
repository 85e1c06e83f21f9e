import { PAGE } from '../bytes/wasm-code.ts';
import { hashKind, type HashKind } from './hash-kinds.ts';
import { hashProgram, Place, VECTOR } from './hash-program.ts';

/** Bytes of a block of the hashes here. */
const BLOCK = 64;
/** Bytes of a longer message that are not taken, and the room of one. */
export const LONGEST = 4096;
const ROOM = LONGEST + 2 * BLOCK;
/** Where the messages lie, and where memory is free for others. */
const MESSAGES = 4096;
export const FREE = MESSAGES + 4 * ROOM;

/** What of WebAssembly is used here; its types come with those of browsers only. */
interface WebAssemblyLike {
  readonly Module: new (program: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
  readonly Memory: new (size: { readonly initial: number }) => Memory;
}

export interface Memory {
  readonly buffer: ArrayBuffer;
}

interface Exports {
  readonly blocks: (most: number) => void;
  readonly outer: () => void;
  readonly single: () => void;
}

function machine(): WebAssemblyLike | null {
  return (globalThis as unknown as { readonly WebAssembly?: WebAssemblyLike }).WebAssembly ?? null;
}

/** Memory of so many bytes; null where there is no WebAssembly, or no room for it. */
export function memoryOf(bytes: number): Memory | null {
  const there = machine();
  if (there === null) return null;
  try {
    return new there.Memory({ initial: Math.ceil(bytes / PAGE) });
  } catch {
    // It takes a good deal of address space, of which there may be little.
    return null;
  }
}

/** What the first blocks of an HMAC, which are of the key alone, leave behind: the words of the state, inner and outer. */
export interface MacKey {
  readonly inner: Int32Array;
  readonly outer: Int32Array;
}

/**
 * HMACs (RFC 2104) of four messages at a time, with keys of their own. A result that is the ICV of a packet is right,
 * whatever one thinks of this code: 96 bits do not come out by chance. One that is not may be a fault of its own, so
 * OpenSSL is asked then, and OpenSSL is who proves keys: this spares it the packets that are as they should be.
 */
export class FourMacs {
  private readonly kind: HashKind;
  private readonly program: Exports;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly words: Int32Array;
  /** The keys of the lanes. */
  private readonly keys: (MacKey | null)[] = [null, null, null, null];
  private most = 0;

  constructor(kind: HashKind, program: Exports, memory: Memory) {
    this.kind = kind;
    this.program = program;
    this.bytes = new Uint8Array(memory.buffer);
    this.view = new DataView(memory.buffer);
    this.words = new Int32Array(memory.buffer);
  }

  /** What a key comes to (RFC 2104 2.); `short` is one of a block's length at most. */
  key(short: Uint8Array): MacKey {
    this.constants();
    return { inner: this.ofPad(short, 0x36), outer: this.ofPad(short, 0x5c) };
  }

  private ofPad(key: Uint8Array, pad: number): Int32Array {
    const { isLittle, begin } = this.kind;
    for (let i = 0; i < BLOCK; i++) {
      const place = Place.Words + VECTOR * (i >> 2) + (isLittle ? i & 3 : 3 - (i & 3));
      for (let lane = 0; lane < 4; lane++) this.bytes[place + 4 * lane] = (key[i] ?? 0) ^ pad;
    }
    for (const [i, word] of begin.entries()) this.fill(Place.State + VECTOR * i, word);
    this.program.single();
    return Int32Array.from(begin, (_, i) => this.words[(Place.State + VECTOR * i) >> 2] as number);
  }

  private fill(place: number, word: number): void {
    for (let lane = 0; lane < 4; lane++) this.words[(place >> 2) + lane] = word | 0;
  }

  /** Makes the memory that it shares with other hashes its own: before others’ lanes are set, and after. */
  begin(): void {
    this.constants();
    this.keys.fill(null);
    this.clear();
  }

  private constants(): void {
    for (const [i, word] of this.kind.constants.entries()) this.fill(Place.Constants + VECTOR * i, word);
  }

  /** Lanes that are not set again are empty. */
  clear(): void {
    this.most = 0;
    for (let lane = 0; lane < 4; lane++) this.words[(Place.Counts >> 2) + lane] = 0;
  }

  /** Puts the message at `[from, from + length)` of the memory into a lane (0 to 3). No longer than LONGEST. */
  set(lane: number, key: MacKey, from: number, length: number): void {
    const { bytes, view, words } = this;
    if (this.keys[lane] !== key) this.takeKey(lane, key);
    const to = MESSAGES + lane * ROOM;
    const count = (length + 9 + BLOCK - 1) >> 6;
    const end = to + count * BLOCK;
    bytes.copyWithin(to, from, from + length);
    for (let at = to + length; at < end; at++) bytes[at] = 0;
    bytes[to + length] = 0x80;
    if (this.kind.isLittle) view.setInt32(end - 8, 8 * (BLOCK + length), true);
    else view.setInt32(end - 4, 8 * (BLOCK + length));
    words[(Place.Addresses >> 2) + lane] = to;
    words[(Place.Counts >> 2) + lane] = count;
    if (count > this.most) this.most = count;
  }

  private takeKey(lane: number, key: MacKey): void {
    const { words } = this;
    this.keys[lane] = key;
    for (let i = 0; i < key.inner.length; i++) {
      words[((Place.Inner + VECTOR * i) >> 2) + lane] = key.inner[i] as number;
      words[((Place.Outer + VECTOR * i) >> 2) + lane] = key.outer[i] as number;
    }
  }

  /** Works out the HMACs of the lanes. */
  run(): void {
    this.program.blocks(this.most);
    this.program.outer();
  }

  /** Whether the HMAC of a lane begins with the `length` bytes, a multiple of four, at `at` of the memory; in constant time. */
  matches(lane: number, at: number, length: number): boolean {
    let differing = 0;
    for (let i = 0; 4 * i < length; i++) {
      const word = this.words[((Place.State + VECTOR * i) >> 2) + lane] as number;
      differing |= word ^ this.view.getInt32(at + 4 * i, this.kind.isLittle);
    }
    return differing === 0;
  }
}

const modules = new Map<string, object>();

/** HMACs with a hash (OpenSSL’s name) on this memory; null where there is no program for it, or it cannot run here. */
export function fourMacs(hash: string, memory: Memory): FourMacs | null {
  const kind = hashKind(hash);
  const there = machine();
  if (kind === null || there === null) return null;
  try {
    const known = modules.get(hash) ?? new there.Module(hashProgram(kind.name));
    modules.set(hash, known);
    return new FourMacs(kind, new there.Instance(known, { e: { m: memory } }).exports, memory);
  } catch {
    // Switched off, or a processor without such instructions.
    return null;
  }
}
