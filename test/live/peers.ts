/** Real peers: Kamailio as a proxy between two SIPp, and what they say themselves of what they sent and received. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { findProgram } from '../../core/live/programs.ts';

export const HERE = '127.0.0.1';

/** A message as one of the peers logged it. */
export interface Logged {
  readonly direction: 'sent' | 'received';
  /** First line, Call-ID and CSeq: what tells it from others. */
  readonly what: string;
}

/** Programs that are missing, for a test to say why it is skipped; empty where all are there. */
export async function missing(...names: readonly string[]): Promise<string> {
  const found = await Promise.all(names.map((name) => findProgram(name)));
  return names.filter((_, i) => found[i] === null).join(', ');
}

/** UDP ports of this machine that nobody has now. */
export async function freePorts(count: number): Promise<number[]> {
  const sockets = Array.from({ length: count }, () => createSocket('udp4'));
  const ports = await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<number>((resolve, reject) => {
          socket.once('error', reject);
          socket.bind(0, HERE, () => resolve(socket.address().port));
        }),
    ),
  );
  for (const socket of sockets) socket.close();
  return ports;
}

/** Ends with what it returns; rejects where the program failed. */
function ended(child: ChildProcess, name: string, good: readonly (number | null)[]): Promise<void> {
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (good.includes(status)) resolve();
      else reject(new Error(`${name} ended with status ${status}: ${said}`));
    });
  });
}

export interface Lab {
  /** Ports of the one that calls, the proxy, and the one that is called. */
  readonly caller: number;
  readonly proxy: number;
  readonly callee: number;
  /** Calls at a rate for some seconds; resolves when all of them are over. */
  call(
    rate: number,
    seconds: number,
  ): Promise<{ readonly caller: readonly Logged[]; readonly callee: readonly Logged[] }>;
  close(): Promise<void>;
}

/** Kamailio sends everything to the callee; with `hepTo` it tells a collector of each message (module siptrace). */
export async function startLab(at: (name: string) => string, hepTo: number | null): Promise<Lab> {
  const [caller = 0, proxy = 0, callee = 0] = await freePorts(3);
  const name = `lab${proxy}`;
  writeFileSync(at(`${name}.cfg`), kamailioConfig(proxy, callee, hepTo));
  const program = (await findProgram('kamailio')) ?? 'kamailio';
  // -DD stays in the foreground; one worker, so that it tells a collector of messages in their order.
  const args = ['-DD', '-E', '-f', at(`${name}.cfg`), '-n', '1', '-m', '64', '-Y', at('.'), '-P', at(`${name}.pid`)];
  const kamailio = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const over = ended(kamailio, 'kamailio', [0, null]);
  over.catch(() => undefined);
  await Promise.race([answers(proxy), over]);
  return {
    caller,
    proxy,
    callee,
    call: async (rate, seconds) => {
      const common = ['-i', HERE, '-nostdin', '-trace_msg', '-mi', HERE];
      const called = sipp(['-sn', 'uas', '-p', String(callee), '-message_file', at(`${name}-callee.log`), ...common]);
      await listens(callee);
      const calls = rate * seconds;
      const to = ['-sn', 'uac', `${HERE}:${proxy}`, '-p', String(caller), '-message_file', at(`${name}-caller.log`)];
      const how = ['-r', String(rate), '-m', String(calls), '-l', String(calls), '-d', '200'];
      const calling = sipp([...to, ...how, ...common]);
      await calling.over;
      // Answers that are still repeated come to their end.
      await pause(1000);
      called.child.kill('SIGUSR1');
      await called.over;
      return { caller: logged(at(`${name}-caller.log`)), callee: logged(at(`${name}-callee.log`)) };
    },
    close: async () => {
      kamailio.kill('SIGTERM');
      await over;
    },
  };
}

function sipp(args: readonly string[]): { readonly child: ChildProcess; readonly over: Promise<void> } {
  const child = spawn('sipp', args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TERM: 'dumb' } });
  // 0: all calls were good; 99: ended by a signal without a failed one.
  return { child, over: ended(child, 'sipp', [0, 99]) };
}

/** Until somebody has bound a port. */
async function listens(port: number): Promise<void> {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  while (!readFileSync('/proc/net/udp', 'latin1').includes(local)) await pause(20);
}

/** Until the proxy answers: any answer is one. */
async function answers(port: number): Promise<void> {
  const socket = createSocket('udp4');
  const answer = once(socket, 'message').then(() => true);
  const own = await new Promise<number>((resolve) => {
    socket.bind(0, HERE, () => resolve(socket.address().port));
  });
  const ask = [
    `OPTIONS sip:ping@${HERE}:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${HERE}:${own};branch=z9hG4bKping${own}`,
    'From: <sip:ping@test>;tag=1',
    'To: <sip:ping@test>',
    `Call-ID: ping-${own}`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 0',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
  for (let tries = 0; tries < 200; tries++) {
    socket.send(ask, port, HERE);
    if (await Promise.race([answer, pause(50, false)])) {
      socket.close();
      return;
    }
  }
  socket.close();
  throw new Error('Kamailio does not answer');
}

/** SIPp’s log of messages. */
function logged(path: string): Logged[] {
  const found: Logged[] = [];
  for (const part of readFileSync(path, 'latin1')
    .split(/^-{20,} .*$/mu)
    .slice(1)) {
    const [, how = ''] = /^\s*UDP message (sent|received)/u.exec(part) ?? [];
    const message = part.slice(part.indexOf('\n\n') + 2);
    if (how === '') continue;
    const line = message.split(/\r?\n/u, 1)[0] ?? '';
    found.push({
      direction: how === 'sent' ? 'sent' : 'received',
      what: tell(line, field(message, 'Call-ID'), field(message, 'CSeq')),
    });
  }
  return found;
}

/** `INVITE 1 INVITE id`, `200 1 INVITE id`. */
export function tell(line: string, callId: string, cseq: string): string {
  const start = line.startsWith('SIP/2.0 ') ? line.slice(8, 11) : (line.split(' ', 1)[0] ?? '');
  return `${start} ${cseq} ${callId}`;
}

function field(message: string, name: string): string {
  return new RegExp(`^${name}: *(.*?)\\s*$`, 'imu').exec(message)?.[1] ?? '';
}

function kamailioConfig(proxy: number, callee: number, hepTo: number | null): string {
  const modules = ['tm', 'sl', 'pv', 'siputils', 'textops', 'maxfwd', ...(hepTo === null ? [] : ['siptrace'])];
  return [
    '#!KAMAILIO',
    'debug=0',
    'log_stderror=yes',
    'fork=yes',
    'auto_aliases=no',
    'disable_tcp=yes',
    'disable_sctp=yes',
    `listen=udp:${HERE}:${proxy}`,
    ...modules.map((name) => `loadmodule "${name}.so"`),
    ...(hepTo === null
      ? []
      : [
          `modparam("siptrace", "duplicate_uri", "sip:${HERE}:${hepTo}")`,
          'modparam("siptrace", "hep_mode_on", 1)',
          'modparam("siptrace", "hep_version", 3)',
          'modparam("siptrace", "hep_capture_id", 4711)',
          'modparam("siptrace", "trace_to_database", 0)',
          'modparam("siptrace", "trace_on", 1)',
          // Everything that is received and sent, without a word in the script.
          'modparam("siptrace", "trace_mode", 1)',
        ]),
    'request_route {',
    '  if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }',
    `  $du = "sip:${HERE}:${callee}";`,
    '  if (is_method("ACK")) { forward(); exit; }',
    '  t_relay();',
    '}',
    '',
  ].join('\n');
}
