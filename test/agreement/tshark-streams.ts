import { spawnSync } from 'node:child_process';
import type { OracleStream } from './compare-streams.ts';

/** What `tshark -z rtp,streams` lists; `guessing` as well where no SDP announced it. Throws where tshark fails. */
export function tsharkStreams(path: string, guessing = false): OracleStream[] {
  const guess = guessing ? ['--enable-heuristic', 'rtp_udp'] : [];
  const options = ['-n', '-r', path, ...guess, '-q', '-z', 'rtp,streams'];
  const { stdout, stderr, status } = spawnSync('tshark', options, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`tshark ${options.join(' ')}: ${stderr}`);
  return stdout.split('\n').flatMap((line) => {
    // Behind the times of the first and the last packet.
    const [src, sport, dst, dport, ssrc, ...rest] = line.trim().split(/\s+/u).slice(2);
    if (src === undefined || dst === undefined || ssrc?.startsWith('0x') !== true) return [];
    // Names of payload types may have spaces: what follows is counted from the loss in percent, the only word in brackets.
    const percent = rest.findIndex((word) => word.startsWith('('));
    const number = (offset: number): number => Number(rest[percent + offset]);
    return [
      {
        src,
        sport: Number(sport),
        dst,
        dport: Number(dport),
        ssrc,
        packets: number(-2),
        lost: number(-1),
        max_delta_ms: number(3),
        mean_jitter_ms: number(5),
        max_jitter_ms: number(6),
      },
    ];
  });
}
