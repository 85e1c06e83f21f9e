/**
 * A host that captures live, as the app has one, in a process of its own: tells once a second, as a line of JSON, what is
 * in its index, how late rows came and what memory it takes; ends when standard input does.
 *
 *   node test/bench/live/watch.mjs HOST OPTIONS        the built core/host/local.ts, and those of a live capture as JSON
 */
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks at what is new. */
const LOOK = 20;

const [host = '', options = '{}'] = process.argv.slice(2);
/** @typedef {import('../../../core/host/local.ts').LocalClient} LocalClient */
const { localHost } = /** @type {{ readonly localHost: () => LocalClient }} */ (await import(host));
const client = localHost();
const live = /** @type {import('../../../core/contract/live.ts').LiveOptions} */ (JSON.parse(options));

/** @type {{ since: number, rereads: number, told: number, cpu: NodeJS.CpuUsage, late: number[] }} */
const seen = {
  /** Row from which on messages are new; -1 where all have other numbers. */
  since: 0,
  rereads: 0,
  told: 0,
  cpu: process.cpuUsage(),
  /** Milliseconds from the last message of a call on the wire to its row here, since it was told last. */
  late: [],
};
client.on('reread', () => {
  seen.rereads += 1;
  seen.since = -1;
});
await client.ask('open', { inputs: [], live });
const ending = { isAsked: false };
process.stdin.once('end', () => {
  ending.isAsked = true;
});
process.stdin.resume();
while (!ending.isAsked) {
  await look();
  if (performance.now() - seen.told > 1000) await tell(false);
  await pause(LOOK);
}
await client.ask('liveStop', {});
await client.ask('done', {});
await tell(true);
await client.close();
process.exit(0);

async function look() {
  if (seen.since < 0) {
    // What is in the new index by now is not new.
    seen.since = (await client.ask('progress', {})).messages;
    return;
  }
  const { rows, next } = await client.ask('callChanges', { since: seen.since });
  if (seen.since >= 0) seen.since = next;
  const now = performance.timeOrigin + performance.now();
  for (const { end } of rows) seen.late.push(now - Number(end) * 1000);
}

/** @param {boolean} last */
async function tell(last) {
  seen.told = performance.now();
  const state = await client.ask('liveState', {});
  const progress = await client.ask('progress', {});
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const { user, system } = process.cpuUsage(seen.cpu);
  seen.cpu = process.cpuUsage();
  const sorted = seen.late.splice(0).sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  /** @type {import('./run.mjs').Line} */
  const line = {
    last,
    ready: state?.state === 'running',
    packets: state?.packets ?? 0,
    read: progress.packets,
    messages: progress.messages,
    calls: progress.calls,
    dropped: state?.dropped ?? null,
    problem: state?.problem ?? null,
    files: state?.files.length ?? 0,
    bytesKept: state?.bytesKept ?? 0,
    rereads: seen.rereads,
    rows: sorted.length,
    late: at(0.5),
    latest: at(0.99),
    cpuMs: Math.round((user + system) / 1000),
    rss,
    heapUsed,
    arrayBuffers,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
