/**
 * A live capture that goes on: memory is level, disk and index stay within their bounds.
 *
 *   node test/bench/live-soak.mjs                     30 minutes at 2,000 packets/s
 *   node test/bench/live-soak.mjs --minutes 2         as in CI
 *
 * Fails where memory at the end is more than 10 % from what it was at one third, where the disk or the list of calls is
 * beyond its bound, or where a packet was lost.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, traffic, watch } from './live/run.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '2000' },
    calls: { type: 'string', default: '20' },
    backend: { type: 'string', default: 'dumpcap' },
    port: { type: 'string', default: '35000' },
    files: { type: 'string', default: '6' },
    megabytes: { type: 'string', default: '4' },
    level: { type: 'string', default: '0.1' },
    keep: { type: 'string', default: '1000' },
  },
});
const seconds = Number(values.minutes) * 60;
const files = Number(values.files);
const fileBytes = Number(values.megabytes) * 1e6;
const calls = Number(values.keep);
/** What memory may differ, and files beyond the limit while the index is made anew. */
const LEVEL = Number(values.level);
const MORE_FILES = 5;
const folder = join(tmpdir(), `sipglass-live-soak-${process.pid}`);
mkdirSync(folder, { recursive: true });

await prepare();
let said = 0;
const host = await watch(
  {
    source: {
      from: 'interface',
      interface: 'lo',
      backend: /** @type {'dumpcap' | 'tcpdump' | 'cap'} */ (values.backend),
    },
    bpf: `udp and dst host 127.255.255.255 and portrange ${values.port}-${Number(values.port) + 2002}`,
    folder,
    files,
    fileBytes,
    calls,
  },
  (line) => {
    if (performance.now() - said < 60_000) return;
    said = performance.now();
    console.log(tell(line));
  },
);
const began = host.lines.length;
const sent = await traffic({ rate: values.rate, calls: values.calls, seconds, port: values.port });
await host.settled();
const last = await host.end();
console.log(tell(last));
rmSync(folder, { recursive: true, force: true });

const lines = host.lines.slice(began).filter(({ last: isLast }) => !isLast);
const third = around(Math.floor(lines.length / 3));
const end = around(lines.length - 1);
const most = (/** @type {'files' | 'bytesKept' | 'rss' | 'calls'} */ name) =>
  Math.max(...lines.map((line) => line[name]));
const problems = [
  ...(Math.abs(end - third) > LEVEL * third ? [`memory ${mb(third)} at one third and ${mb(end)} at the end`] : []),
  ...(most('files') > files + MORE_FILES ? [`${most('files')} files where ${files} are kept`] : []),
  ...(most('bytesKept') > (files + MORE_FILES) * (fileBytes + 2e6) ? [`${mb(most('bytesKept'))} on disk`] : []),
  ...(last.packets === sent.sent ? [] : [`${sent.sent - last.packets} of ${sent.sent} packets lost`]),
  ...(last.problem === null ? [] : [last.problem]),
];
console.log(
  `${sent.sent} packets (${sent.calls} calls) in ${Math.round(sent.seconds)} s: ${sent.sent - last.packets} lost; memory ${mb(third)} at one third, ${mb(end)} at the end, ` +
    `${mb(most('rss'))} at most; at most ${most('calls')} calls in the list, ${most('files')} files, ${mb(most('bytesKept'))} on disk; the list was made anew ${last.rereads} times`,
);
for (const problem of problems) console.log(`MISSED: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Median of the memory around a line: a tenth of all lines, for it goes up and down with what is collected. @param {number} at */
function around(at) {
  const width = Math.max(5, Math.ceil(lines.length / 10));
  const from = Math.max(0, Math.min(lines.length - width, at - (width >> 1)));
  const part = lines.slice(from, from + width).map(({ rss }) => rss);
  return part.sort((a, b) => a - b)[part.length >> 1] ?? 0;
}

/** @param {number} bytes */
function mb(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** @param {import('./live/run.mjs').Line} line */
function tell(line) {
  return `${line.packets} packets, ${line.calls} calls, ${line.files} files, ${mb(line.bytesKept)}, memory ${mb(line.rss)} (heap ${mb(line.heapUsed)}, buffers ${mb(line.arrayBuffers)}), rows after ${line.late} ms, made anew ${line.rereads} times`;
}
