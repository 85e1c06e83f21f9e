import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { LiveInterface } from '../contract/live.ts';
import { findProgram } from './programs.ts';
import { outputOf } from './output-of.ts';

/**
 * Interfaces that can be captured from, those that are up first. What dumpcap or tcpdump name comes first; where neither
 * is there, what the system has.
 */
export async function liveInterfaces(): Promise<readonly LiveInterface[]> {
  const system = networkInterfaces();
  const traffic = await trafficOf();
  const told = await named();
  const names = told.size > 0 ? told : new Map(Object.keys(system).map((name) => [name, { about: '', up: true }]));
  const all = [...names].map(([name, { about, up }]): LiveInterface => {
    const addresses = (system[name] ?? []).map(({ address }) => address);
    return {
      name,
      about,
      addresses,
      up,
      loopback: (system[name] ?? []).some(({ internal }) => internal) || /loopback/iu.test(about),
      traffic: traffic.get(name) ?? null,
    };
  });
  return all.toSorted((a, b) => Number(b.up) - Number(a.up));
}

interface Named {
  readonly about: string;
  readonly up: boolean;
}

/** `1.eth0 [Up, Running, Connected]`, `2.any (Pseudo-device that captures on all interfaces) [Up, Running]` */
export const TCPDUMP_LINE = /^\d+\.(\S+)(?: \((.*)\))?(?: \[([^\]]*)\])?$/u;
/** `1. eth0`, `3. lo (Loopback)` */
export const DUMPCAP_LINE = /^\d+\. (\S+)(?: \((.*)\))?$/u;

async function named(): Promise<Map<string, Named>> {
  const tcpdump = await findProgram('tcpdump');
  if (tcpdump !== null) return readNames(await outputOf(tcpdump, ['-D']), TCPDUMP_LINE);
  const dumpcap = await findProgram('dumpcap');
  return dumpcap === null ? new Map() : readNames(await outputOf(dumpcap, ['-D']), DUMPCAP_LINE);
}

/** The list that `-D` prints. */
export function readNames(text: string, form: RegExp): Map<string, Named> {
  const names = new Map<string, Named>();
  for (const line of text.split(/\r?\n/u)) {
    const found = form.exec(line.trim());
    const [, name = '', about = '', flags] = found ?? [];
    if (name !== '') names.set(name, { about, up: flags === undefined || /\bUp\b/u.test(flags) });
  }
  return names;
}

/** Counters of Linux, both ways; empty elsewhere. */
async function trafficOf(): Promise<Map<string, { readonly bytes: number; readonly packets: number }>> {
  const all = new Map<string, { readonly bytes: number; readonly packets: number }>();
  const text = await readFile('/proc/net/dev', 'utf8').catch(() => '');
  for (const line of text.split('\n').slice(2)) {
    const [name = '', counters = ''] = line.split(':', 2);
    const numbers = counters.trim().split(/\s+/u).map(Number);
    if (numbers.length < 10) continue;
    // Received: bytes, packets and six more; then sent: bytes, packets.
    const of = (at: number): number => numbers[at] ?? 0;
    all.set(name.trim(), { bytes: of(0) + of(8), packets: of(1) + of(9) });
  }
  return all;
}
