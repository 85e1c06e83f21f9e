#!/usr/bin/env node
/**
 * Makes the captures the benches read; none is kept in the repository.
 *
 *   node test/bench/generate.mjs media OUT.pcap         400 proxied calls, 2.4 M RTP packets, about 550 MB
 *   node test/bench/generate.mjs signalling OUT.pcap    32,000 proxied calls, 416,000 SIP messages, about 240 MB
 *   node test/bench/generate.mjs dialogs N OUT.pcap     N short dialogs (OPTIONS, refused INVITEs)
 *   node test/bench/generate.mjs proxied N OUT.pcap     N calls over a proxy without media: 3 N transactions over two hops
 *   node test/bench/generate.mjs streams N OUT.pcap     proxied calls with about N short RTP streams
 *   node test/bench/generate.mjs long N OUT.pcap        one dialog of N messages
 *   node test/bench/generate.mjs big SIZE_GB OUT.pcap   like media, of about SIZE_GB (10^9 bytes)
 *   --seed N                                            other numbers, same shape (default 1)
 */
import { addCall, makeWorld } from './generator/calls.mjs';
import { addDialog } from './generator/dialogs.mjs';
import { addLongDialog } from './generator/long.mjs';
import { Output } from './generator/output.mjs';
import { Random } from './generator/random.mjs';
import { Schedule } from './generator/schedule.mjs';

/** RTP packets per call on average: 60 s both ways, or 30 s both ways on two hops. */
const RTP_PER_CALL = 6000;
/** File bytes of a call of the media kind: RTP records of 230 bytes and 13 SIP messages. */
const BYTES_PER_CALL = RTP_PER_CALL * 230 + 8_000;

/**
 * @typedef {object} Kind
 * @property {number} count calls or dialogs
 * @property {number} gapUs mean time between two starts
 * @property {(world: import('./generator/calls.mjs').World, start: number, index: number) => void} add
 */

/** Calls with media. Neighbours share 12,000 packets unevenly: lengths differ and the total stays exact. @param {number} count */
function media(count) {
  let difference = 0;
  /** @type {Kind} */
  const kind = {
    count,
    gapUs: 700_000,
    add(world, start, index) {
      if (index % 2 === 0) difference = index + 1 === count ? 0 : 4 * world.random.below(1000);
      addCall(world, start, RTP_PER_CALL + (index % 2 === 0 ? difference : -difference));
    },
  };
  return kind;
}

/** As many calls with media as fill a file. @param {number} bytes */
function big(bytes) {
  return media(Math.max(1, Math.round(bytes / BYTES_PER_CALL)));
}

/** @param {number} count @returns {Kind} */
function signalling(count) {
  return { count, gapUs: 5_000, add: (world, start) => addCall(world, start, 0) };
}

/** @param {number} count @returns {Kind} */
function dialogs(count) {
  return { count, gapUs: 1_000, add: addDialog };
}

/** Packets of a short stream, and streams of a call: two, or four where a relay makes two of one. */
const SHORT = 40;
const STREAMS_PER_CALL = 3;

/** Calls with short streams, many at a time. @param {number} count @returns {Kind} */
function streams(count) {
  return {
    count: Math.ceil(count / STREAMS_PER_CALL),
    gapUs: 20_000,
    add: (world, start) => addCall(world, start, SHORT * STREAMS_PER_CALL),
  };
}

/** @param {number} messages @returns {Kind} */
function long(messages) {
  return { count: 1, gapUs: 1_000, add: (world, start) => addLongDialog(world, start, messages) };
}

/** Starts calls one after the other, so that only those in progress are in memory. */
class Arrivals {
  /** @param {import('./generator/calls.mjs').World} world @param {Kind} kind */
  constructor(world, kind) {
    this.world = world;
    this.kind = kind;
    this.index = 0;
  }

  /** @param {number} time @returns {number} */
  step(time) {
    const { world, kind } = this;
    kind.add(world, time + 1, this.index++);
    return this.index < kind.count ? time + 1 + world.random.exponential(kind.gapUs) : -1;
  }
}

/** @param {string} message @returns {never} */
function refuse(message) {
  process.stderr.write(
    `${message}\nusage: generate.mjs media|signalling OUT | dialogs N OUT | proxied N OUT | streams N OUT | long N OUT | big SIZE_GB OUT [--seed N]\n`,
  );
  process.exit(2);
}

/** @param {string | undefined} text @param {string} what @returns {number} */
function positive(text, what) {
  const value = Number(text);
  return value > 0 ? value : refuse(`${what} has to be a number above 0`);
}

function main() {
  const words = process.argv.slice(2);
  let seed = 1;
  const at = words.indexOf('--seed');
  if (at !== -1) seed = positive(words.splice(at, 2)[1], 'the seed');
  const [name, first, second] = words;
  const sized = ['dialogs', 'proxied', 'streams', 'long', 'big'].includes(name);
  const out = sized ? second : first;
  if (!out) refuse('which file?');
  /** @type {Kind} */
  let kind;
  if (name === 'media') kind = media(400);
  else if (name === 'signalling') kind = signalling(32_000);
  else if (name === 'dialogs') kind = dialogs(Math.floor(positive(first, 'N')));
  else if (name === 'proxied') kind = signalling(Math.floor(positive(first, 'N')));
  else if (name === 'streams') kind = streams(Math.floor(positive(first, 'N')));
  else if (name === 'long') kind = long(Math.floor(positive(first, 'N')));
  else if (name === 'big') kind = big(positive(first, 'SIZE_GB') * 1e9);
  else refuse(`what is "${name}"?`);

  const started = performance.now();
  const output = new Output(out);
  const schedule = new Schedule();
  const world = makeWorld(output, schedule, new Random(seed));
  schedule.add(0, new Arrivals(world, kind));
  schedule.run();
  output.close();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${output.packets} packets, ${output.written} bytes, ${kind.count} ${name}, ${seconds} s\n`);
}

main();
