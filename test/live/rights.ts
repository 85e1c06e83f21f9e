import { execFile } from 'node:child_process';
import { findProgram } from '../../core/live/programs.ts';

/** Why this machine cannot capture from loopback with a program; empty where it can. */
export async function cannotCapture(name: 'dumpcap' | 'tcpdump'): Promise<string> {
  const program = await findProgram(name);
  if (program === null) return `${name} is not installed`;
  // Link types are told of an interface that could be opened.
  return new Promise((resolve) => {
    execFile(program, ['-i', 'lo', '-L'], { timeout: 5000 }, (error) => {
      resolve(error === null ? '' : `${name} has no rights to capture here`);
    });
  });
}
