/**
 * Our own small program that captures, on libpcap through the package `cap`: the only part of ours with capture rights,
 * and it looks into no packet. It writes a pcap stream to standard output. `cap` tells neither the time of a packet nor
 * what the kernel dropped, so a packet has the time at which it arrived here.
 *
 *   node cap-helper.cjs INTERFACE SNAPLEN [FILTER]
 *   node cap-helper.cjs --check        whether `cap` is there
 */
import { createRequire } from 'node:module';

/** What is used of `cap` 0.2.1 (github.com/mscdex/cap). */
interface Cap {
  open(device: string, filter: string, bufferSize: number, packet: Buffer): string;
  setMinBytes?(bytes: number): void;
  on(name: 'packet', handler: (bytes: number, truncated: boolean) => void): void;
  close(): void;
}
interface CapModule {
  readonly Cap: new () => Cap;
}

/** LINKTYPE_ numbers of the words that `cap` has for them. */
const linkTypes: Readonly<Record<string, number>> = {
  NULL: 0,
  ETHERNET: 1,
  RAW: 101,
  LINKTYPE_LINUX_SLL: 113,
  IEEE802_11_RADIO: 127,
};
/** Bytes of the kernel's buffer, and those that may wait for the program that reads: beyond, packets are dropped and counted. */
const KERNEL_BUFFER = 64 << 20;
const WAITING = 64 << 20;
/** Packets are written in pieces of this size, and what is there after each turn of the loop. */
const PIECE = 256 << 10;

function load(): CapModule {
  return createRequire(__filename)('cap') as CapModule;
}

class Writer {
  private piece = Buffer.allocUnsafe(PIECE);
  private end = 0;
  private due = false;
  packets = 0;
  dropped = 0;

  header(linkType: number, snapLength: number): void {
    const bytes = Buffer.alloc(24);
    bytes.writeUInt32LE(0xa1b2c3d4, 0);
    bytes.writeUInt16LE(2, 4);
    bytes.writeUInt16LE(4, 6);
    bytes.writeUInt32LE(snapLength, 16);
    bytes.writeUInt32LE(linkType, 20);
    process.stdout.write(bytes);
  }

  packet(bytes: Buffer, length: number, snapLength: number): void {
    if (process.stdout.writableLength > WAITING) {
      this.dropped += 1;
      return;
    }
    this.packets += 1;
    const kept = Math.min(length, snapLength);
    if (this.end + 16 + kept > PIECE) this.flush();
    const micros = (performance.timeOrigin + performance.now()) * 1000;
    const seconds = Math.floor(micros / 1e6);
    this.end = this.piece.writeUInt32LE(seconds, this.end);
    this.end = this.piece.writeUInt32LE(Math.floor(micros - seconds * 1e6), this.end);
    this.end = this.piece.writeUInt32LE(kept, this.end);
    this.end = this.piece.writeUInt32LE(length, this.end);
    bytes.copy(this.piece, this.end, 0, kept);
    this.end += kept;
    if (this.due) return;
    this.due = true;
    setImmediate(() => this.flush());
  }

  flush(): void {
    this.due = false;
    if (this.end === 0) return;
    process.stdout.write(this.piece.subarray(0, this.end));
    this.piece = Buffer.allocUnsafe(PIECE);
    this.end = 0;
  }
}

function run([device = '', snapText = '', filter = '']: readonly string[]): void {
  const snapLength = Number(snapText);
  const cap = new (load().Cap)();
  const packet = Buffer.alloc(65_535);
  const linkType = linkTypes[cap.open(device, filter, KERNEL_BUFFER, packet)];
  if (linkType === undefined) throw new Error(`${device}: packets of a kind that cap has no number for`);
  cap.setMinBytes?.(0);
  const writer = new Writer();
  writer.header(linkType, snapLength);
  process.stderr.write(`listening on ${device}\n`);
  cap.on('packet', (length) => writer.packet(packet, length, snapLength));
  const end = (): void => {
    cap.close();
    writer.flush();
    // Nobody tells what the kernel dropped, so that “0” would say too much.
    if (writer.dropped > 0) process.stderr.write(`${writer.dropped} packets dropped by interface\n`);
    // What is written yet has to leave.
    process.stdout.end(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  process.stdout.on('error', () => process.exit(0));
}

const args = process.argv.slice(2);
try {
  if (args[0] === '--check') load();
  else run(args);
} catch (error) {
  const text = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
  process.stderr.write(`sipglass: ${text}\n`);
  process.exitCode = 1;
}
