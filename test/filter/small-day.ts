import { TableSource } from './table-source.ts';
import type { TableMessage } from './table-source.ts';

/**
 * A small day for the filter's tests. Calls: 1 answered (rows 0 to 6), 2 busy over TCP and IPv6 (7 to 9), 3 an OPTIONS
 * (10, 11). Row 12 belongs to no call. Times: row N is N seconds after 2026-11-23 10:00:00 UTC and a quarter.
 */
interface Seen {
  readonly call: number;
  readonly first: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly from?: string;
  readonly to?: string;
  readonly backwards?: boolean;
  readonly flags?: TableMessage['numbers'];
  readonly fault?: string;
}

const SDP = 'v=0\r\nm=audio 4000 RTP/AVP 8\r\na=ptime:20\r\na=sendrecv\r\n';

const paths = [
  {
    src: '192.0.2.77',
    dst: '192.0.2.1',
    sport: 5070,
    dport: 5060,
    transport: 'UDP',
    from: '"Zoë" <sip:9@x.example>;tag=z',
    to: '<sip:9@x.example>',
  },
  {
    src: '10.0.0.1',
    dst: '10.1.0.2',
    sport: 5060,
    dport: 5080,
    transport: 'UDP',
    from: '"Alice A" <sip:1001@example.com>;tag=As1',
    to: '<sip:1002@Example.COM>',
  },
  {
    src: '2001:db8::1',
    dst: '2001:db8:1::2',
    sport: 40000,
    dport: 5060,
    transport: 'TCP',
    from: '<sip:2001@other.example;user=phone>;tag=b1',
    to: '<sip:1001@example.com>',
  },
  {
    src: '10.0.0.1',
    dst: '10.0.0.9',
    sport: 5060,
    dport: 5060,
    transport: 'UDP',
    from: '<sip:ping@10.0.0.1>;tag=c1',
    to: '<sip:10.0.0.9>',
  },
] as const;

const seen: readonly Seen[] = [
  {
    call: 1,
    first: 'INVITE sip:1002@example.com:5080 SIP/2.0',
    headers: [
      'User-Agent: Linphone/5.1',
      'Contact: <sip:1001@10.0.0.1:5060>',
      'Max-Forwards: 70',
      'X-Foo: one',
      'X-Foo: Two',
    ],
    body: SDP,
  },
  { call: 1, first: 'SIP/2.0 100 Trying', backwards: true },
  { call: 1, first: 'SIP/2.0 180 Ringing', backwards: true, to: ';tag=T1' },
  {
    call: 1,
    first: 'SIP/2.0 200 OK',
    headers: ['Server: Kamailio (5.8)'],
    backwards: true,
    to: ';tag=T1',
    body: SDP.replace('20', '30'),
  },
  { call: 1, first: 'ACK sip:1002@10.1.0.2 SIP/2.0', to: ';tag=T1' },
  { call: 1, first: 'BYE sip:1002@10.1.0.2 SIP/2.0', to: ';tag=T1' },
  { call: 1, first: 'SIP/2.0 200 OK', backwards: true, to: ';tag=T1' },
  {
    call: 2,
    first: 'INVITE sip:1001@example.com SIP/2.0',
    headers: ['User-Agent: friendly-scanner', 'Max-Forwards: 5'],
    flags: { retransmission: 1 },
  },
  { call: 2, first: 'SIP/2.0 486 Busy Here', backwards: true, to: ';tag=T2' },
  { call: 2, first: 'ACK sip:1001@example.com SIP/2.0', to: ';tag=T2' },
  { call: 3, first: 'OPTIONS sip:10.0.0.9 SIP/2.0', headers: ['User-Agent: Kamailio', 'Expires: 0'] },
  { call: 3, first: 'SIP/2.0 200 OK', headers: ['Expires: 3600'], backwards: true, to: ';tag=T3', flags: { copy: 1 } },
  {
    call: 0,
    first: 'invite sip:9@x.example SIP/2.0',
    fault: 'no-call-id cseq-method',
    flags: { decrypted: 1, truncated: 1 },
  },
];

const cseqMethods = [
  'INVITE',
  'INVITE',
  'INVITE',
  'INVITE',
  'ACK',
  'BYE',
  'BYE',
  'INVITE',
  'INVITE',
  'ACK',
  'OPTIONS',
  'OPTIONS',
  null,
];

function message(one: Seen, row: number): TableMessage {
  const path = paths[one.call] as (typeof paths)[number];
  const isRequest = !one.first.startsWith('SIP/');
  const to = `${path.to}${one.to ?? ''}`;
  const headers = [
    `From: ${path.from}`,
    `To: ${to}`,
    ...(one.call === 0 ? [] : [`Call-ID: Cid${one.call}@Host`]),
    ...(one.headers ?? []),
  ];
  if (one.body !== undefined) headers.push('Content-Type: application/sdp;charset=utf-8');
  const text = `${[one.first, ...headers].join('\r\n')}\r\n\r\n${one.body ?? ''}`;
  const method = cseqMethods[row];
  const words = one.first.split(' ');
  return {
    call: one.call,
    text,
    numbers: {
      frame: row + 1,
      time: row * 1e9 + 250_000_000,
      sport: one.backwards === true ? path.dport : path.sport,
      dport: one.backwards === true ? path.sport : path.dport,
      length: text.length,
      'body.length': one.body?.length ?? 0,
      'via.count': one.call === 1 ? 2 : 1,
      request: isRequest ? 1 : 0,
      response: isRequest ? 0 : 1,
      retransmission: 0,
      copy: 0,
      decrypted: 0,
      truncated: 0,
      sdp: one.body === undefined ? 0 : 1,
      ...(isRequest ? {} : { status: Number(words[1]) }),
      ...(method === null ? {} : { 'cseq.number': row < 5 ? 101 : 102 }),
      ...(/Max-Forwards: (\d+)/u.test(text) ? { 'max-forwards': Number(/Max-Forwards: (\d+)/u.exec(text)?.[1]) } : {}),
      ...one.flags,
    },
    texts: {
      ...(isRequest ? { method: words[0] as string } : {}),
      ...(typeof method === 'string' ? { 'cseq.method': method } : {}),
      ...(one.call === 0 ? {} : { 'call-id': `Cid${one.call}@Host` }),
      'from.tag': (/tag=(\w+)/u.exec(path.from) as RegExpExecArray)[1] as string,
      ...(one.to === undefined ? {} : { 'to.tag': one.to.slice(5) }),
      'via.branch': `z9hG4bK${row}`,
      'via.sent-by': one.call === 1 ? '10.0.0.1:5060' : 'Sbc.example',
      src: one.backwards === true ? path.dst : path.src,
      dst: one.backwards === true ? path.src : path.dst,
      transport: path.transport,
      ...(one.fault === undefined ? {} : { fault: one.fault }),
    },
  };
}

/** A fresh source over the small day. */
export function smallDay(): TableSource {
  return new TableSource(seen.map(message), [
    {
      numbers: {
        call: 1,
        duration: 31e9,
        ringing: 2e9,
        answer: 3e9,
        span: 6e9,
        hops: 2,
        messages: 7,
        'call.status': 200,
        'call.retransmissions': 0,
        findings: 0,
        partial: 0,
      },
      texts: { state: 'completed', 'call.method': 'INVITE' },
    },
    {
      numbers: {
        call: 2,
        span: 2e9,
        hops: 1,
        messages: 3,
        'call.status': 486,
        'call.retransmissions': 1,
        findings: 2,
        partial: 0,
      },
      texts: { state: 'busy', 'call.method': 'INVITE' },
    },
    {
      numbers: {
        call: 3,
        span: 1e9,
        hops: 1,
        messages: 2,
        'call.status': 200,
        'call.retransmissions': 0,
        findings: 0,
        partial: 1,
      },
      texts: { state: 'completed', 'call.method': 'OPTIONS' },
    },
  ]);
}
