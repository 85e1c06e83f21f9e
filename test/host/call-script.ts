import { writeFileSync } from 'node:fs';
import { concat, ethernet, pcap, sip, u16, u32, u8, udpPacket } from '../../fixtures/builder/index.ts';

/** Calls of two hosts with SDP and RTP, written down line by line. */
export const CALLER = { host: '192.0.2.1', port: 5060 };
export const CALLEE = { host: '192.0.2.2', port: 5060 };
const CALLER_MEDIA = { host: CALLER.host, port: 4000 };
const CALLEE_MEDIA = { host: CALLEE.host, port: 6000 };
const START = 1_800_000_000_000_000_000n;

export interface Sent {
  /** Milliseconds. */
  readonly at: number;
  readonly frame: Uint8Array;
}

/** A description of one audio section: PCMA unless `types` says otherwise. */
export function sdp(
  who: 'caller' | 'callee',
  lines: readonly string[] = [],
  { types = '8', address }: { types?: string; address?: string } = {},
): string {
  const { host, port } = who === 'caller' ? CALLER_MEDIA : CALLEE_MEDIA;
  const first = ['v=0', `o=- 1 1 IN IP4 ${host}`, 's=-', `c=IN IP4 ${address ?? host}`, 't=0 0'];
  return [...first, `m=audio ${port} RTP/AVP ${types}`, ...lines, ''].join('\r\n');
}

/** A message of the call's dialog. A response goes to whoever asked: `from` is who sends this message, `asks` who sent the request. */
export function message(
  at: number,
  start: string,
  cseq: string,
  from: 'caller' | 'callee',
  body: string | null = null,
  asks: 'caller' | 'callee' = 'caller',
): Sent {
  const [src, dst] = from === 'caller' ? [CALLER, CALLEE] : [CALLEE, CALLER];
  const [own, other] = asks === 'caller' ? ['a', 'b'] : ['b', 'a'];
  const isFirst = start.startsWith('INVITE') && cseq.startsWith('1 ');
  const bytes = sip({
    start,
    headers: [
      [
        'Via',
        `SIP/2.0/UDP ${asks === 'caller' ? CALLER.host : CALLEE.host};branch=z9hG4bK${asks}${cseq.replace(' ', '')}`,
      ],
      ['From', `<sip:${asks}@example.org>;tag=${own}`],
      ['To', `<sip:other@example.org>${isFirst ? '' : `;tag=${other}`}`],
      ['Call-ID', 'script@example.org'],
      ['CSeq', cseq],
      ...(body === null ? [] : ([['Content-Type', 'application/sdp']] as const)),
    ],
    ...(body === null ? {} : { body }),
  });
  return { at, frame: ethernet({}, udpPacket(src, dst, bytes)) };
}

/** `count` packets of PCMA, `ms` each. */
export function rtp(at: number, count: number, from: 'caller' | 'callee', ms = 20, first = 0): Sent[] {
  const [src, dst] = from === 'caller' ? [CALLER_MEDIA, CALLEE_MEDIA] : [CALLEE_MEDIA, CALLER_MEDIA];
  return Array.from({ length: count }, (_, i) => {
    const head = concat(u8(0x80, 8), u16(first + i), u32((first + i) * ms * 8, from === 'caller' ? 1 : 2));
    return { at: at + i * ms, frame: ethernet({}, udpPacket(src, dst, concat(head, new Uint8Array(ms * 8)))) };
  });
}

/** Writes what was sent in the order of its times. */
export function writeCall(path: string, sent: readonly Sent[]): void {
  const packets = sent
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, frame }) => ({ time: START + BigInt(Math.round(at * 1000)) * 1000n, bytes: frame }));
  writeFileSync(path, pcap(packets));
}
