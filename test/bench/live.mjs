/**
 * Live capture of RTP and SIP on loopback: what is lost between the kernel and the index, against the same program alone
 * writing to a file, in turn; and how late rows come.
 *
 *   node test/bench/live.mjs                                  dumpcap, tcpdump and cap, 50,000 packets/s, 30 s
 *   node test/bench/live.mjs --rate 20000 --seconds 5 --backends dumpcap --rounds 3
 *
 * Fails where dumpcap or tcpdump lose more here than they do alone, or where half of the rows come later than 500 ms. It
 * needs rights to capture from loopback.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { prepare, traffic, watch } from './live/run.mjs';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '50000' },
    calls: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '1' },
    backends: { type: 'string', default: 'dumpcap,tcpdump,cap' },
    port: { type: 'string', default: '31000' },
  },
});
const options = { rate: values.rate, calls: values.calls, seconds: values.seconds, port: values.port };
/** Ours alone, whoever else sends. */
const bpf = `udp and dst host 127.255.255.255 and portrange ${values.port}-${Number(values.port) + 2002}`;
const backends = /** @type {('dumpcap' | 'tcpdump' | 'cap')[]} */ (values.backends.split(','));
const folder = join(tmpdir(), `sipglass-live-bench-${process.pid}`);
const LATE = 500;
mkdirSync(folder, { recursive: true });

/**
 * The program alone, as its manual says for the same work.
 *
 * @param {string} backend
 */
async function alone(backend) {
  const file = join(folder, 'alone.pcap');
  const command =
    backend === 'dumpcap'
      ? ['dumpcap', '-q', '-B', '128', '-i', 'lo', '-f', bpf, '-w', file]
      : ['tcpdump', '-n', '-B', '131072', '-i', 'lo', '-s', '262144', '-w', file, bpf];
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += String(bytes);
  });
  const over = once(child, 'close');
  while (!existsSync(file)) await pause(50);
  await pause(500);
  const sent = await traffic(options);
  await pause(2000);
  child.kill('SIGTERM');
  await over;
  rmSync(file);
  const got = Number(
    /received\/dropped on interface .*: (\d+)\//u.exec(said)?.[1] ?? /(\d+) packets captured/u.exec(said)?.[1],
  );
  return { sent: sent.sent, lost: sent.sent - got, seconds: sent.seconds };
}

/**
 * The same through a host.
 *
 * @param {'dumpcap' | 'tcpdump' | 'cap'} backend
 */
async function here(backend) {
  const host = await watch({ source: { from: 'interface', interface: 'lo', backend }, bpf, folder });
  await pause(500);
  const sent = await traffic(options);
  await host.settled();
  const last = await host.end();
  if (last.problem !== null) throw new Error(last.problem);
  const busy = host.lines.filter(({ rows }) => rows > 0);
  const median = busy.map(({ late }) => late).sort((a, b) => a - b)[busy.length >> 1] ?? 0;
  return {
    sent: sent.sent,
    lost: sent.sent - last.read,
    between: last.packets - last.read,
    dropped: last.dropped,
    messages: last.messages - sent.sip,
    late: median,
    latest: Math.max(...busy.map(({ latest }) => latest)),
    cpu: host.lines.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000,
    rss: Math.max(...host.lines.map(({ rss }) => rss)) / 1e6,
    seconds: sent.seconds,
  };
}

await prepare();
let failed = false;
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const backend of backends) {
    const before = backend === 'cap' ? null : await alone(backend);
    if (before !== null)
      console.log(
        `${backend} alone: ${before.lost} of ${before.sent} lost (${Math.round(before.sent / before.seconds)} packets/s)`,
      );
    const ours = await here(backend);
    console.log(
      `${backend} in the app: ${ours.lost} of ${ours.sent} lost (${Math.round(ours.sent / ours.seconds)} packets/s), told as dropped: ${ours.dropped ?? '–'}; ` +
        `messages missing: ${-ours.messages}; between disk and index: ${ours.between}; rows after ${ours.late} ms (99 of 100 within ${ours.latest} ms); ` +
        `processor ${ours.cpu.toFixed(1)} s, at most ${ours.rss.toFixed(0)} MB`,
    );
    const worse = before !== null && ours.lost > before.lost;
    const slow = backend !== 'tcpdump' && ours.late > LATE;
    if (worse) console.log(`  MISSED: ${ours.lost - before.lost} packets more than the program alone`);
    if (slow) console.log(`  MISSED: rows come later than ${LATE} ms`);
    failed ||= worse || slow;
  }
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
