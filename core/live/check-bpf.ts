import { execFile } from 'node:child_process';
import { findProgram } from './programs.ts';

const PATIENCE = 5000;

/**
 * Whether libpcap takes a filter: null, or what it says is wrong. tcpdump compiles it for Ethernet without opening an
 * interface, so no rights are needed; where tcpdump is not there, nothing is known before the start: null as well.
 */
export async function checkBpf(bpf: string): Promise<string | null> {
  if (bpf.trim() === '') return null;
  const tcpdump = await findProgram('tcpdump');
  if (tcpdump === null) return null;
  return new Promise((resolve) => {
    execFile(
      tcpdump,
      ['-y', 'EN10MB', '-d', '--', bpf],
      { timeout: PATIENCE, maxBuffer: 4 << 20 },
      (error, _out, said) => {
        const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Warning:'));
        resolve(error === null ? null : (lines.at(-1) ?? error.message).replace(/^tcpdump: /u, ''));
      },
    );
  });
}
