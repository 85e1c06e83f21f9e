import { writeFileSync } from 'node:fs';
import * as build from '../../fixtures/builder/index.ts';

/** One UDP packet of a capture written by hand. */
export interface Said {
  /** `address:port`, IPv6 in brackets. */
  readonly from: string;
  readonly to: string;
  /** `INVITE`, `200 OK`. */
  readonly what: string;
  /** Values of Via, the topmost first: `10.0.0.1:5060 b1`, with further parameters behind: `10.0.0.1:5060 b1;rport=4321;received=192.0.2.9`. */
  readonly vias: readonly string[];
  readonly call?: string;
  readonly cseq?: string;
  readonly headers?: readonly build.Header[];
  readonly body?: string;
}

/** A message as it goes over the wire. */
export function messageOf({ what, vias, call = 'one', cseq, headers = [], body = '' }: Said): Uint8Array {
  const isResponse = /^\d/u.test(what);
  return build.sip({
    start: isResponse ? `SIP/2.0 ${what}` : `${what} sip:bob@example.org SIP/2.0`,
    headers: [
      ...vias.map((via): build.Header => {
        const [sentBy = '', branch = ''] = via.split(' ');
        return ['Via', `SIP/2.0/UDP ${sentBy};branch=z9hG4bK${branch}`];
      }),
      ['From', '<sip:alice@example.org>;tag=a'],
      ['To', '<sip:bob@example.org>'],
      ['Call-ID', call],
      ['CSeq', cseq ?? `1 ${isResponse ? 'INVITE' : what}`],
      ...headers,
    ],
    body,
  });
}

/** A packet as Ethernet carries it. */
export function packetOf(said: Said): Uint8Array {
  return build.ethernet({}, build.udpPacket(endpoint(said.from), endpoint(said.to), messageOf(said)));
}

/** Writes a capture of packets, a millisecond apart. */
export function writeTalk(path: string, talk: readonly Said[]): void {
  const packets = talk.map((said, index) => ({
    time: 1_700_000_000_000_000_000n + BigInt(index) * 1_000_000n,
    bytes: packetOf(said),
  }));
  writeFileSync(path, build.pcap(packets));
}

function endpoint(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replaceAll(/[[\]]/gu, ''), port: Number(text.slice(colon + 1)) };
}
