/** Packet filters for what most people want. Later fragments of a datagram have no ports: they are told by themselves. */
const later = 'ip[6:2] & 0x1fff != 0 or ip6[6] = 44';

export interface Preset {
  readonly title: string;
  /** What it takes, for people. */
  readonly about: string;
  readonly bpf: string;
}

export const presets: readonly Preset[] = [
  { title: 'Everything', about: 'No filter: all that passes', bpf: '' },
  {
    title: 'SIP',
    about: 'Ports 5060 and 5061, and what datagrams were broken into',
    bpf: `portrange 5060-5061 or ${later}`,
  },
  {
    title: 'SIP + RTP',
    about: 'Ports 5060 and 5061, and all of UDP',
    bpf: `udp or portrange 5060-5061 or ${later}`,
  },
];

/** What `bpf` takes, but only from and to one host; the address is to be typed at the end. */
export function ofOneHost(bpf: string): string {
  const before = withoutHost(bpf);
  return before === '' ? 'host ' : `(${before}) and host `;
}

/** A filter without the host that `ofOneHost` put behind it. */
function withoutHost(bpf: string): string {
  const text = bpf.trim();
  if (/^host(?:\s+\S+)?$/u.test(text)) return '';
  return /^\((.*)\) and host(?:\s+\S+)?$/u.exec(text)?.[1] ?? text;
}
