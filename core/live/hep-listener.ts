import { createSocket, type Socket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket as Stream } from 'node:net';
import { PassThrough } from 'node:stream';
import type { Helper } from './child.ts';
import { HepFrames } from './hep-frames.ts';
import { CaptureError } from '../capture/reader.ts';
import { systemWords } from '../capture/system-error.ts';
import { PCAP_HEADER, recordOf } from './hep-record.ts';

/** Bytes that may wait for the disk; beyond, packets are dropped and counted. */
const WAITING = 32 << 20;
const MAX_CONNECTIONS = 256;
const RECEIVE_BUFFER = 8 << 20;

/**
 * Listens for HEP3 on UDP and TCP, and gives what comes as a pcap stream: each HEP packet in a datagram from the agent
 * that sent it, at the time that the agent saw. Rejects with a CaptureError where the port can't be had.
 */
export async function listenHep(
  { address, port }: { readonly address: string; readonly port: number },
  say: (line: string) => void,
): Promise<Helper> {
  const packets = new PassThrough({ highWaterMark: WAITING });
  packets.write(PCAP_HEADER);
  let dropped = 0;
  let strange = 0;
  let stopped = false;
  const streams = new Set<Stream>();
  const take = (hep: Uint8Array, from: string, fromPort: number): void => {
    const record = recordOf(hep, { address: from, port: fromPort }, { address, port });
    if (record === null) strange += 1;
    else if (packets.writableLength > WAITING) dropped += 1;
    else packets.write(record);
  };
  const udp = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER });
  udp.on('message', (bytes, { address: from, port: fromPort }) => take(bytes, from, fromPort));
  const tcp = createServer((stream) => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
    framed(stream, take);
  });
  tcp.maxConnections = MAX_CONNECTIONS;
  try {
    const bound = await boundUdp(udp, address, port);
    await boundTcp(tcp, address, bound);
  } catch (error) {
    udp.close();
    throw new CaptureError(`cannot listen on ${address}:${port}: ${systemWords(error)}`);
  }
  say('listening on HEP');
  const ended = new Promise<number | null>((resolve) => {
    packets.once('close', () => resolve(0));
  });
  return {
    packets,
    ended,
    stop: () => {
      if (stopped) return;
      stopped = true;
      const lost = kernelDrops(udp.address().port);
      udp.close();
      tcp.close();
      for (const stream of streams) stream.destroy();
      say(`${dropped + lost} packets dropped by kernel`);
      if (strange > 0) say(`sipglass: ${strange} packets that are no HEP3 were passed over`);
      packets.end();
    },
  };
}

function framed(stream: Stream, take: (hep: Uint8Array, from: string, port: number) => void): void {
  const frames = new HepFrames();
  const { remoteAddress = '0.0.0.0', remotePort = 0 } = stream;
  stream.on('data', (bytes: Buffer) => {
    for (const hep of frames.push(bytes)) take(hep, remoteAddress, remotePort);
    // What is no HEP will not become one.
    if (frames.broken) stream.destroy();
  });
  // A connection that breaks is the agent's affair: it opens another one.
  stream.on('error', () => stream.destroy());
}

function boundUdp(socket: Socket, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeListener('error', reject);
      // An error of one datagram (an unreachable sender) ends nothing.
      socket.on('error', () => undefined);
      resolve(socket.address().port);
    });
  });
}

function boundTcp(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.removeListener('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** Datagrams that Linux dropped at a port since it was bound, because we were too slow; 0 where that is not told. */
function kernelDrops(port: number): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops = 0;
  for (const table of ['/proc/net/udp', '/proc/net/udp6']) {
    for (const line of linesOf(table)) {
      const fields = line.trim().split(/\s+/u);
      if (fields[1]?.endsWith(local) === true) drops += Number(fields.at(-1)) || 0;
    }
  }
  return drops;
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'latin1').split('\n');
  } catch {
    return [];
  }
}
