/** Packets as a helper hands them over: SIP over UDP, made with the builder. */
import { ethernet, ip, pcap, sip, udp } from '../../fixtures/builder/index.ts';
import type { PcapFormat } from '../../fixtures/builder/index.ts';

export interface Told {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
}

const START = 1_900_000_000_000_000_000n;

/** A frame with one SIP message of a call; `after`: milliseconds. */
export function sipFrame(
  start: string,
  callId: string,
  after: number,
  { cseq = 1, padding = 0, tag = true } = {},
): Told {
  const request = /^[A-Z]+$/u.exec(start)?.[0];
  const method = request ?? (cseq === 2 ? 'BYE' : 'INVITE');
  const message = sip({
    start: request === undefined ? `SIP/2.0 ${start}` : `${start} sip:ben@192.0.2.9 SIP/2.0`,
    headers: [
      ['Via', `SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK${callId}${cseq}`],
      ['From', `<sip:anna@192.0.2.1>;tag=${callId}a`],
      ['To', `<sip:ben@192.0.2.9>${tag ? `;tag=${callId}b` : ''}`],
      ['Call-ID', callId],
      ['CSeq', `${cseq} ${method === 'ACK' ? 'ACK' : method}`],
      ['Max-Forwards', '70'],
      ...(padding > 0 ? ([['X-Padding', 'x'.repeat(padding)]] as const) : []),
    ],
  });
  const [src, dst] = request === undefined ? ['192.0.2.9', '192.0.2.1'] : ['192.0.2.1', '192.0.2.9'];
  const datagram = ip(src, dst, 17, udp({ src, dst, sport: 5060, dport: 5060 }, message));
  return { time: START + BigInt(Math.round(after * 1000)) * 1000n, bytes: ethernet({}, datagram) };
}

/** A call that began and was answered: INVITE, 200, ACK; with `ended` also BYE and its 200. */
export function call(callId: string, after: number, { ended = true, padding = 0 } = {}): Told[] {
  const begun = [
    sipFrame('INVITE', callId, after, { tag: false, padding }),
    sipFrame('200 OK', callId, after + 10),
    sipFrame('ACK', callId, after + 20),
  ];
  return ended
    ? [...begun, sipFrame('BYE', callId, after + 30, { cseq: 2 }), sipFrame('200 OK', callId, after + 40, { cseq: 2 })]
    : begun;
}

/** The stream of them, as tcpdump writes it. */
export function stream(frames: readonly Told[], format: PcapFormat = {}): Uint8Array {
  return pcap(frames, format);
}

/** Records only, to follow a stream. */
export function more(frames: readonly Told[]): Uint8Array {
  return pcap(frames).subarray(24);
}
