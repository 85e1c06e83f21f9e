import { ProgramMemory } from '../bytes/program-memory.ts';
import { program } from '../programs/esp.ts?program';
import { KEY, LOCK, LOCKS, MD5, MEMORY_END, NO_HASH, ROWS, SHA1, SHA256 } from '../programs/esp/places.ts';

/** Bytes of a block of the hashes here. */
const BLOCK = 64;

/** What core/programs/esp.ts exports. */
export interface Exports {
  /** 1 where the SPI was not known before, else 0. */
  readonly know: (spi: number, lock: number) => number;
  readonly forget: () => void;
  readonly expand: (lock: number) => void;
  readonly add: (row: number, start: number, at: number, end: number, lock: number) => void;
  readonly walk: (records: number, ways: number, shift: number, rows: number, linkType: number) => number;
  readonly looked: { readonly value: number };
  readonly check: (hash: number, rows: number, shift: number) => void;
  readonly records: (at: number, end: number, shift: number, isLittle: number, longest: number) => number;
  readonly use: (rows: number, batch: number) => number;
  readonly chain: (lock: number, rows: number, shift: number, to: number, isBrief: number) => number;
  readonly skim: (rows: number, shift: number) => void;
  readonly lookInside: (rows: number, shift: number) => void;
  readonly run: (row: number, end: number, shift: number) => number;
  readonly associationOf: (row: number, shift: number) => number;
  readonly destinationOf: (row: number, shift: number) => number;
  readonly rememberFlow: (row: number, shift: number) => number;
}

/** Numbers of the hashes that are worked out without OpenSSL, by its names for them. */
const hashes: Readonly<Record<string, number>> = { md5: MD5, sha1: SHA1, sha256: SHA256 };

/** The number of the hash that OpenSSL calls so; NO_HASH where it is none of these. */
export function hashNumber(name: string | null): number {
  return name === null ? NO_HASH : (hashes[name] ?? NO_HASH);
}

/**
 * The program for ESP (core/programs/esp.ts) and its memory. An HMAC (RFC 2104) that comes out as the ICV of a packet is
 * right, whatever one thinks of this code: 96 bits do not come out by chance. One that does not may be a fault of its own, so OpenSSL is
 * asked then, and OpenSSL is who proves keys: this spares it the packets that are as they should be.
 */
export class EspProgram {
  readonly exports: Exports;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly words: Int32Array;
  readonly doubles: Float64Array;

  private constructor(exports: Exports, words: Int32Array, doubles: Float64Array) {
    this.exports = exports;
    this.words = words;
    this.doubles = doubles;
    this.bytes = new Uint8Array(words.buffer);
    this.view = new DataView(words.buffer);
  }

  /** Null where there is no WebAssembly or no room for it, where it is switched off, or a processor has no vectors. */
  static open(): EspProgram | null {
    const memory = ProgramMemory.open();
    if (memory === null) return null;
    try {
      const room = memory.take(MEMORY_END - ROWS);
      if (room.byteOffset !== ROWS) throw new RangeError('the memory of the program for ESP begins elsewhere');
      return new EspProgram(memory.run(program) as Exports, memory.words, memory.doubles);
    } catch {
      return null;
    }
  }

  /** Puts the HMAC key of a lock down, which is of a block’s length at most. */
  expand(lock: number, key: Uint8Array): void {
    this.bytes.fill(0, KEY, KEY + BLOCK);
    this.bytes.set(key, KEY);
    this.exports.expand(lock);
  }

  /** A number of a lock, at one of its places. */
  setLock(lock: number, place: number, value: number): void {
    this.words[(LOCKS + LOCK * lock + place) >> 2] = value;
  }
}
