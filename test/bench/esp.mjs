/**
 * Times `sipglass stats` against tshark on 100,000 ESP packets of two security associations, with the same keys given to
 * both and ICVs checked by both: with one SIP request in twenty packets and RTP else, as where calls are in ESP, and with a
 * request in every other one, each the first of a dialog. Prints medians and the ratio; the goal is 5.
 *
 *   node test/bench/esp.mjs                     AES-CBC and NULL, both with HMAC-SHA-1-96, three rounds
 *   node test/bench/esp.mjs --rounds 5 --packets 100000
 */
import { spawnSync } from 'node:child_process';
import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Output } from './generator/output.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, packets: { type: 'string', default: '100000' } },
});
const packets = Number(values.packets);
const folder = join(tmpdir(), 'sipglass-bench');
const ends = /** @type {const} */ (['10.20.0.2', '10.20.0.9']);
const spis = [0x1000_0001, 0x1000_0002];
const GOAL = 5;

/** Source and destination of one direction. @param {number} from @returns {readonly [string, string]} */
function flow(from) {
  return from === 0 ? ends : [ends[1], ends[0]];
}

/** Bytes that look random and are the same each time. @param {string} name @param {number} length */
function bytesOf(name, length) {
  return createHash('sha512').update(name).digest().subarray(0, length);
}
const encryptionKey = bytesOf('cipher', 16);
const authenticationKey = bytesOf('mac', 20);

/** A UDP datagram: every so manieth is SIP, the others are RTP. @param {number} number @param {number} from @param {number} every */
function datagram(number, from, every) {
  const isSip = (number >> 1) % every === 0;
  const [src, dst] = flow(from);
  const text = [
    `OPTIONS sip:probe@${dst} SIP/2.0`,
    `Via: SIP/2.0/UDP ${src}:5060;branch=z9hG4bK${number}`,
    `From: <sip:a@${src}>;tag=${number}`,
    `To: <sip:b@${dst}>`,
    `Call-ID: ${number}@${src}`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
  const payload = isSip ? Buffer.from(text) : Buffer.alloc(172);
  if (!isSip) {
    payload.writeUInt16BE(0x8008, 0);
    payload.writeUInt16BE((number >> 2) & 0xffff, 2);
    payload.writeUInt32BE((number >> 2) * 160, 4);
    payload.writeUInt32BE(0xabcd_0000 + from, 8);
  }
  const udp = Buffer.alloc(8 + payload.length);
  udp.writeUInt16BE(isSip ? 5060 : 40_000, 0);
  udp.writeUInt16BE(isSip ? 5060 : 40_002, 2);
  udp.writeUInt16BE(udp.length, 4);
  payload.copy(udp, 8);
  return udp;
}

/** @param {number} spi @param {number} sequence @param {Buffer} inside @param {boolean} encrypted */
function esp(spi, sequence, inside, encrypted) {
  const block = encrypted ? 16 : 4;
  const padding = (block - ((inside.length + 2) % block)) % block;
  const trailer = Buffer.from([...Array.from({ length: padding }, (_, i) => i + 1), padding, 17]);
  const plain = Buffer.concat([inside, trailer]);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(spi, 0);
  header.writeUInt32BE(sequence, 4);
  let body = plain;
  if (encrypted) {
    const iv = bytesOf(`iv ${spi} ${sequence}`, 16);
    const cipher = createCipheriv('aes-128-cbc', encryptionKey, iv).setAutoPadding(false);
    body = Buffer.concat([iv, cipher.update(plain)]);
  }
  const whole = Buffer.concat([header, body]);
  return Buffer.concat([whole, createHmac('sha1', authenticationKey).update(whole).digest().subarray(0, 12)]);
}

/** @param {string} file @param {boolean} encrypted @param {number} every */
function make(file, encrypted, every) {
  const output = new Output(file);
  const sequences = [0, 0];
  for (let number = 0; number < packets; number++) {
    const from = number % 2;
    const sequence = (sequences[from] = (sequences[from] ?? 0) + 1);
    const inside = esp(spis[from] ?? 0, sequence, datagram(number, from, every), encrypted);
    const frame = Buffer.alloc(34 + inside.length);
    frame.writeUInt16BE(0x0800, 12);
    frame.writeUInt8(0x45, 14);
    frame.writeUInt16BE(20 + inside.length, 16);
    frame.writeUInt16BE(number & 0xffff, 18);
    frame.writeUInt8(64, 22);
    frame.writeUInt8(50, 23);
    for (const [place, text] of [
      [26, ends[from]],
      [30, ends[1 - from]],
    ]) {
      for (const [i, part] of String(text).split('.').entries()) frame.writeUInt8(Number(part), Number(place) + i);
    }
    inside.copy(frame, 34);
    const at = output.record(number * 500, frame.length);
    frame.copy(output.buffer, at);
  }
  output.close();
}

/** Milliseconds of a whole process. @param {string[]} command */
function time([program = '', ...args]) {
  const began = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return { seconds: Number(process.hrtime.bigint() - began) / 1e9, stdout };
}

/** @param {number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

mkdirSync(folder, { recursive: true });
let missed = false;
const cases = [20, 2].flatMap((every) => [true, false].map((encrypted) => ({ every, encrypted })));
for (const { every, encrypted } of cases) {
  const file = join(folder, `esp-${encrypted ? 'aes' : 'null'}-${every}-${packets}.pcap`);
  if (!existsSync(file)) make(file, encrypted, every);
  const mac = authenticationKey.toString('hex');
  const key = encrypted ? encryptionKey.toString('hex') : '';
  const ours = [
    process.execPath,
    join(import.meta.dirname, '..', '..', 'bin', 'sipglass.cjs'),
    'stats',
    file,
    '--json',
  ];
  const preferences = ['esp.enable_encryption_decode:TRUE', 'esp.enable_authentication_check:TRUE'];
  const options = preferences.flatMap((preference) => ['-o', preference]);
  const theirs = ['tshark', '-n', '-r', file, '-q', '-z', 'sip,stat', ...options];
  for (const from of [0, 1]) {
    const [src, dst] = flow(from);
    const spi = `0x${(spis[from] ?? 0).toString(16)}`;
    ours.push('--esp', `${src},${dst},${spi},${encrypted ? 'aes-cbc' : 'null'},${key},hmac-sha-1-96,${mac}`);
    const cells = ['IPv4', src, dst, spi, encrypted ? 'AES-CBC [RFC3602]' : 'NULL', encrypted ? `0x${key}` : ''];
    const line = [...cells, 'HMAC-SHA-1-96 [RFC2404]', `0x${mac}`].map((cell) => `"${cell}"`).join(',');
    theirs.push('-o', `uat:esp_sa:${line}`);
  }
  /** @type {number[]} */ const own = [];
  /** @type {number[]} */ const other = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const { seconds, stdout } = time(ours);
    own.push(seconds);
    const { messages } = /** @type {{messages: number}} */ (JSON.parse(stdout));
    if (messages !== packets / every) throw new Error(`${messages} messages were found, ${packets / every} are there`);
    other.push(time(theirs).seconds);
  }
  const ratio = median(other.map((seconds, i) => seconds / (own[i] ?? seconds)));
  if (ratio < GOAL) missed = true;
  process.stdout.write(
    `${encrypted ? 'AES-CBC' : 'NULL'} with HMAC-SHA-1-96, ${packets} packets, one in ${every} SIP: sipglass ${median(own).toFixed(2)} s, ` +
      `tshark ${median(other).toFixed(2)} s: ${ratio.toFixed(1)} × as fast (goal ${GOAL}: ${ratio < GOAL ? 'MISSED' : 'reached'})\n`,
  );
}
process.exitCode = missed ? 1 : 0;
