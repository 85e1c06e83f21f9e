import type { ByteSource } from './reader.ts';

/** Bytes asked for at once where there is one input. */
export const CHUNK = 4 << 20;
/** Room in front of each chunk for what the one before it left unread, so that whole chunks need not be moved. */
const MARGIN = 256 << 10;

/** Gives so many bytes of memory. */
export type Room = (bytes: number) => Uint8Array;
const ownRoom: Room = (bytes) => new Uint8Array(bytes);

/**
 * A view of a source that moves forward: `bytes[at, end)` is what was read and not consumed. While one chunk is being
 * looked at, the next one is already being read into a second buffer. Holds two chunks and their margins; more only
 * while a record longer than the margin is being put together, and then at most four times its length.
 */
export class Window {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  at = 0;
  end = 0;
  /** Offset in the source of `bytes[0]`; negative offsets stand for the margin. */
  origin = 0;
  /** Bytes of the source read so far. */
  read = 0;

  private readonly source: ByteSource;
  private readonly chunk: number;
  private readonly room: Room;
  private spare: Uint8Array | null = null;
  private current: Uint8Array | null = null;
  private ahead: Promise<number> | null = null;
  private over = false;

  /**
   * `chunk`: bytes to ask for at once. With many inputs, smaller ones keep the sum bounded. `from`: where the source
   * begins, for one whose first bytes are gone. `room`: gives memory for chunks.
   */
  constructor(source: ByteSource, chunk = CHUNK, from = 0, room: Room = ownRoom) {
    this.source = source;
    this.chunk = chunk;
    this.room = room;
    this.read = from;
    this.origin = from;
  }

  /**
   * Reads on until `bytes[at, end)` holds `need` bytes; false where the source ends before. What was unread stays, what
   * was consumed goes: `bytes`, `view`, `at` and `end` are others afterwards. Rejects with what the source rejects with.
   */
  async fill(need: number): Promise<boolean> {
    if (need > MARGIN && this.end - this.at < need) return this.gather(need);
    while (this.end - this.at < need) {
      if (this.over) return false;
      const got = await this.readAhead();
      if (got === 0) return false;
      this.take(got);
    }
    return true;
  }

  /** What the next chunk brought, into `spare`; 0 at the end. */
  private async readAhead(): Promise<number> {
    this.ahead ??= this.source.read((this.spare ??= this.buffer()), MARGIN, this.chunk);
    const got = await this.ahead;
    this.ahead = null;
    if (got === 0) this.over = true;
    return got;
  }

  private buffer(): Uint8Array {
    return this.room(MARGIN + this.chunk);
  }

  /** Makes the chunk that was read ahead the current one, with what was left of the one before in front of it. */
  private take(got: number): void {
    const next = this.spare as Uint8Array;
    const left = this.end - this.at;
    const start = MARGIN - left;
    next.set(this.bytes.subarray(this.at, this.end), start);
    this.spare = this.current ?? this.buffer();
    this.current = next;
    this.show(next, start, MARGIN + got, this.read - left);
    this.read += got;
    this.ahead = this.source.read(this.spare, MARGIN, this.chunk);
    // A rejection is reported by the next fill; without this it would count as unhandled until then.
    this.ahead.catch(() => undefined);
  }

  private show(bytes: Uint8Array, at: number, end: number, offset: number): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = at;
    this.end = end;
    this.origin = offset - at;
  }

  /**
   * Puts a long record together in a buffer of its own, which doubles as bytes come in: a record that only claims to be
   * long costs nothing, and no byte is copied more than a few times however small the pieces are.
   */
  private async gather(need: number): Promise<boolean> {
    while (this.end - this.at < need) {
      if (this.over) return false;
      const got = await this.readAhead();
      if (got === 0) return false;
      const left = this.end - this.at;
      const spare = this.spare as Uint8Array;
      if (this.bytes === this.current || this.bytes.length - this.end < got) {
        const room = new Uint8Array(Math.max(2 * (left + got), MARGIN));
        room.set(this.bytes.subarray(this.at, this.end));
        this.show(room, 0, left, this.read - left);
      }
      this.bytes.set(spare.subarray(MARGIN, MARGIN + got), this.end);
      this.end += got;
      this.read += got;
    }
    return true;
  }

  /** Waits for a read that is under way, so that the source can be closed. */
  async settle(): Promise<void> {
    await this.ahead?.catch(() => undefined);
  }
}
