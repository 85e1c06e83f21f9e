import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { opened } from '../capture-session.ts';
import { messageOf, packetOf, type Said } from './talk.ts';

/** A branch to a closed port says so, and which packet said it; the branch beside it does not. */

const folder = mkdtempSync(join(tmpdir(), 'fork-icmp-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the branch that ICMP refused', async () => {
  const invite = (from: string, to: string, ...vias: string[]): Said => ({ from, to, what: 'INVITE', vias });
  const first = invite('10.0.0.2:5060', '10.0.0.3:5080', '10.0.0.2:5060 p1', '10.0.0.1:5060 a1');
  const second = invite('10.0.0.2:5060', '10.0.0.4:5080', '10.0.0.2:5060 p2', '10.0.0.1:5060 a1');
  const datagram = build.udpPacket(
    { host: '10.0.0.2', port: 5060 },
    { host: '10.0.0.3', port: 5080 },
    messageOf(first),
  );
  const closed = build.ethernet(
    {},
    build.ipv4(
      { src: '10.0.0.3', dst: '10.0.0.2', protocol: 1 },
      build.concat(build.hex('0303000000000000'), datagram),
    ),
  );
  const answer = (status: string, from: string, to: string, ...vias: string[]): Said => ({
    from,
    to,
    what: status,
    vias,
    headers: [['X', 'y']],
  });
  const packets: readonly (readonly [number, Uint8Array])[] = [
    [0, packetOf(invite('10.0.0.1:5060', '10.0.0.2:5060', '10.0.0.1:5060 a1'))],
    [1, packetOf(first)],
    [3, closed],
    [2000, packetOf(second)],
    [2500, packetOf(answer('200 OK', '10.0.0.4:5080', '10.0.0.2:5060', '10.0.0.2:5060 p2', '10.0.0.1:5060 a1'))],
    [2501, packetOf(answer('200 OK', '10.0.0.2:5060', '10.0.0.1:5060', '10.0.0.1:5060 a1'))],
    // About the same ends, but long after.
    [60_000, closed],
  ];
  const path = join(folder, 'closed.pcap');
  writeFileSync(
    path,
    build.pcap(packets.map(([ms, bytes]) => ({ time: 1_700_000_000_000_000_000n + BigInt(ms) * 1_000_000n, bytes }))),
  );
  const { client } = await opened(path);
  try {
    const { rows } = await client.ask('forks', { from: 0, count: 10 });
    const [fork] = rows;
    expect(fork?.branches.map(({ dst, outcome, icmp }) => ({ dst, outcome, icmp }))).toEqual([
      { dst: '10.0.0.3', outcome: 'timed-out', icmp: { frame: 3, afterMs: 2, what: 'port unreachable' } },
      { dst: '10.0.0.4', outcome: 'answered', icmp: null },
    ]);
    expect(fork?.branches[0]?.said).toContain('ICMP said: port unreachable (frame 3)');
  } finally {
    await client.close();
  }
});
