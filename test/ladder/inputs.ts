import type { LadderInput } from '../../core/ladder/input.ts';
import { Dialogue, stream } from './dialogue.ts';
import { mediaCall } from './media-input.ts';

export { Dialogue, end, stream } from './dialogue.ts';
export { mediaCall } from './media-input.ts';

const phone = '10.1.0.7:5060';
const proxy = '10.0.0.1:5060';
const gateway = '10.3.0.3:5080';
const offer = 'PCMU/8000 20 ms, sendrecv';

/** A good call over a proxy, with RTP. */
export function proxied(): LadderInput {
  return new Dialogue()
    .call({
      callId: '5f2e-77@10.1.0.7',
      from: '"Front desk" <sip:1002@example.com>;tag=a1',
      to: '<sip:2044@example.com>',
      why: 'Answered after 3.0 s, ended by the caller with BYE after 12.3 s.',
    })
    .say(0, phone, proxy, 'INVITE', { sdp: offer })
    .say(0.8, proxy, phone, '100 Trying')
    .say(1.8, proxy, gateway, 'INVITE', { sdp: offer })
    .say(12, gateway, proxy, '180 Ringing')
    .say(12.5, proxy, phone, '180 Ringing')
    .say(3010, gateway, proxy, '200 OK', { sdp: 'PCMU/8000 20 ms, sendrecv' })
    .say(3010.6, proxy, phone, '200 OK', { sdp: 'PCMU/8000 20 ms, sendrecv' })
    .say(3052, phone, proxy, 'ACK', { toTag: 'b2' })
    .say(3052.4, proxy, gateway, 'ACK', { toTag: 'b2' })
    .say(15_352, phone, proxy, 'BYE', { of: '2 BYE', toTag: 'b2' })
    .say(15_352.3, proxy, gateway, 'BYE', { of: '2 BYE', toTag: 'b2' })
    .say(15_354, gateway, proxy, '200 OK', { of: '2 BYE' })
    .say(15_354.2, proxy, phone, '200 OK', { of: '2 BYE' })
    .input({
      source: 'trunk-friday.pcapng',
      hosts: [{ name: 'px', role: null, ends: [{ address: '10.0.0.1', port: null }] }],
      streams: [
        stream('10.1.0.7:20000', '10.3.0.3:24024', [25_100, 37_350], { stream: 1, packets: 612 }),
        stream('10.3.0.3:24024', '10.1.0.7:20000', [25_110, 37_350], {
          stream: 2,
          packets: 204,
          packetMs: 60,
          askedMs: 20,
          warning: '60 ms packets, asked for 20',
        }),
      ],
    });
}

/** The proxy is deaf: INVITE sent again and again, until Timer B. The capture saw the first packet twice. */
export function retransmitted(): LadderInput {
  const dialogue = new Dialogue()
    .call({
      callId: 'lost-1',
      from: 'sip:1044@example.com',
      to: 'sip:2210@example.com',
      state: 'timed-out',
      why: 'Nobody answered the INVITE; it was sent 7 times until the caller gave up after 32 s.',
    })
    .say(0, phone, proxy, 'INVITE', { sdp: offer })
    .say(0.05, phone, proxy, 'INVITE', { sdp: offer, copyOf: 0 });
  for (const at of [500, 1500, 3500, 7500, 15_500, 31_500])
    dialogue.say(at, phone, proxy, 'INVITE', { sdp: offer, retransmissionOf: 0 });
  return dialogue.input();
}

/** Rang, then the caller hung up. */
export function cancelled(): LadderInput {
  return new Dialogue()
    .call({
      callId: 'c-9',
      from: '<sip:1013@example.com>',
      to: '<sip:2044@example.com>',
      state: 'cancelled',
      finalStatus: 487,
      why: 'The caller cancelled after 6.3 s of ringing.',
    })
    .say(0, phone, proxy, 'INVITE', { sdp: offer })
    .say(0.7, proxy, phone, '407 Proxy Authentication Required')
    .say(2, phone, proxy, 'ACK', { toTag: 'b2' })
    .say(9, phone, proxy, 'INVITE', { of: '2 INVITE', sdp: offer })
    .say(9.6, proxy, phone, '100 Trying', { of: '2 INVITE' })
    .say(11, proxy, gateway, 'INVITE', { of: '2 INVITE', sdp: offer })
    .say(60, gateway, proxy, '180 Ringing', { of: '2 INVITE' })
    .say(60.4, proxy, phone, '180 Ringing', { of: '2 INVITE' })
    .say(6300, phone, proxy, 'CANCEL', { of: '2 CANCEL' })
    .say(6300.3, proxy, phone, '200 canceling', { of: '2 CANCEL' })
    .say(6300.6, proxy, gateway, 'CANCEL', { of: '2 CANCEL' })
    .say(6302, gateway, proxy, '200 OK', { of: '2 CANCEL' })
    .say(6302.4, gateway, proxy, '487 Request Terminated', { of: '2 INVITE' })
    .say(6302.9, proxy, gateway, 'ACK', { of: '2 ACK', toTag: 'b2' })
    .say(6303.1, proxy, phone, '487 Request Terminated', { of: '2 INVITE' })
    .say(6304, phone, proxy, 'ACK', { of: '2 ACK', toTag: 'b2' })
    .input();
}

/** Three calls at the same time in one ladder. */
export function threeCalls(): LadderInput {
  const other = '10.1.0.9:5060';
  return new Dialogue()
    .call({
      callId: 'one',
      from: '"Front desk" <sip:1002@example.com>',
      to: 'sip:2044@example.com',
      state: 'in-call',
      why: 'Answered; the capture ends before a BYE.',
    })
    .say(0, phone, proxy, 'INVITE', { sdp: offer })
    .say(1, proxy, gateway, 'INVITE', { sdp: offer })
    .say(400, gateway, proxy, '200 OK', { sdp: offer })
    .say(401, proxy, phone, '200 OK', { sdp: offer })
    .say(420, phone, proxy, 'ACK', { toTag: 'b2' })
    .say(421, proxy, gateway, 'ACK', { toTag: 'b2' })
    .call({
      callId: 'two',
      from: 'sip:1009@example.com',
      to: 'sip:0011442079460000@example.com',
      state: 'rejected',
      finalStatus: 403,
      why: 'The proxy answered 403 Forbidden (frame 15).',
    })
    .say(150, other, proxy, 'INVITE', { sdp: offer })
    .say(151, proxy, other, '403 Forbidden')
    .say(170, other, proxy, 'ACK', { toTag: 'b2' })
    .call({
      callId: 'three',
      from: 'sip:1009@example.com',
      to: 'sip:2090@example.com',
      state: 'busy',
      finalStatus: 486,
      why: 'The callee answered 486 Busy Here.',
    })
    .say(200, other, proxy, 'INVITE', { sdp: offer })
    .say(201, proxy, gateway, 'INVITE', { sdp: offer })
    .say(230, gateway, proxy, '486 Busy Here')
    .say(230.5, proxy, gateway, 'ACK', { toTag: 'b2' })
    .say(231, proxy, other, '486 Busy Here')
    .say(250, other, proxy, 'ACK', { toTag: 'b2' })
    .byTime();
}

/** UE to P-CSCF over ESP, then I-, S-CSCF, application server and the other UE: six lanes. */
export function sixLanes(): LadderInput {
  const path = [
    '10.20.0.2:5061',
    '10.30.0.1:5063',
    '10.30.0.2:4060',
    '10.30.0.3:6060',
    '10.30.0.9:7060',
    '10.20.0.77:6100',
  ];
  const esp = {
    kind: 'esp',
    spi: '0x00001a2b',
    encryption: 'aes-cbc',
    authentication: 'hmac-sha-1-96',
    icv: 'good',
    keySource: 'capture',
  } as const;
  const dialogue = new Dialogue().call({
    callId: 'ims-1',
    from: '<sip:+61400000991@ims.mnc001.mcc001.3gppnetwork.org>',
    to: '<tel:+61400000204>',
    state: 'failed',
    finalStatus: 503,
    why: 'The application server answered 503 Service Unavailable (frame 33).',
  });
  const hop = (at: number, from: number, to: number, what: string, more: Parameters<Dialogue['say']>[4] = {}): void => {
    const protection =
      from + to === 1 ? { protection: esp } : from + to === 9 ? { protection: { ...esp, icv: 'bad' as const } } : {};
    dialogue.say(at, path[from] as string, path[to] as string, what, { ...protection, ...more });
  };
  const sdp = 'AMR-WB/16000, AMR/8000, telephony-event 20 ms, sendrecv';
  hop(0, 0, 1, 'INVITE', { sdp });
  hop(1, 1, 0, '100 Trying');
  hop(2, 1, 2, 'INVITE', { sdp });
  hop(4, 2, 3, 'INVITE', { sdp });
  hop(6, 3, 4, 'INVITE', { sdp });
  hop(8, 4, 3, 'INVITE', { sdp, faults: ['content-length-too-long', 'via-missing'] });
  hop(9, 3, 3, 'INVITE', { sdp });
  hop(11, 3, 1, 'UPDATE', { of: '2 UPDATE' });
  hop(14, 4, 5, 'INVITE', { sdp });
  hop(20, 5, 4, '503 Service Unavailable');
  hop(24, 4, 3, '503 Service Unavailable');
  hop(25, 3, 2, '503 Service Unavailable');
  hop(26, 2, 1, '503 Service Unavailable');
  hop(27, 1, 0, '503 Service Unavailable');
  hop(40, 0, 1, 'ACK', { toTag: 'b2' });
  return dialogue.input({
    hosts: [
      { name: 'UE 991', role: 'phone', ends: [{ address: '10.20.0.2', port: null }] },
      { name: 'P-CSCF', role: 'P-CSCF', ends: [{ address: '10.30.0.1', port: null }] },
    ],
  });
}

/** Long IPv6 addresses, TCP with client ports, names with many scripts. */
export function ipv6(): LadderInput {
  const a = '[2001:db8:85a3:1234:5678:8a2e:370:7334]:49152';
  const b = '[2001:db8:85a3:ffff:abcd:8a2e:370:7335]:5060';
  const c = '[fe80::1]:5060';
  return new Dialogue()
    .call({
      callId: 'v6',
      from: '"佐藤 花子" <sip:hanako@例え.jp>',
      to: '"Renée 👩‍💻" <sip:renee@example.com>',
      state: 'unacknowledged',
      why: 'The 200 was sent 2 times and never acknowledged.',
    })
    .say(0, a, b, 'INVITE', {
      transport: 'TCP',
      sentBy: '[2001:db8:85a3:1234:5678:8a2e:370:7334]:5060',
      sdp: 'opus/48000/2, sendrecv',
    })
    .say(2, b, c, 'INVITE', { sdp: 'opus/48000/2, sendrecv' })
    .say(250, c, b, '200 大丈夫です', { sdp: 'opus/48000/2 60 ms, recvonly' })
    .say(251, b, a, '200 大丈夫です', { transport: 'TCP', sdp: 'opus/48000/2 60 ms, recvonly' })
    .say(750, c, b, '200 大丈夫です', { retransmissionOf: 2, sdp: 'opus/48000/2 60 ms, recvonly' })
    .input();
}

/** All on 127.0.0.1: ports are the hosts. */
export function loopback(): LadderInput {
  return new Dialogue()
    .call({
      callId: 'lo',
      from: 'sip:alice@127.0.0.1',
      to: 'sip:bob@127.0.0.1:5080',
      state: 'registered',
      why: 'Registered for 3,600 s.',
    })
    .say(0, '127.0.0.1:40112', '127.0.0.1:5060', 'OPTIONS', { transport: 'TCP', sentBy: '127.0.0.1:5070' })
    .say(1, '127.0.0.1:5060', '127.0.0.1:5080', 'OPTIONS')
    .say(2, '127.0.0.1:5080', '127.0.0.1:5060', '200 OK', { of: '1 OPTIONS' })
    .say(3, '127.0.0.1:5060', '127.0.0.1:40112', '200 OK', { transport: 'TCP', of: '1 OPTIONS' })
    .input();
}

/** A proxy that sends the INVITE to itself until Max-Forwards is used up; every hop then answers, and once more. */
export function looping(): LadderInput {
  const hops = 12;
  const dialogue = new Dialogue()
    .call({
      callId: 'round',
      from: 'sip:loopy@lab',
      to: 'sip:looper@lab',
      state: 'rejected',
      finalStatus: 483,
      why: '',
    })
    .say(0, phone, proxy, 'INVITE', { sdp: offer })
    .say(0.5, proxy, phone, '100 Trying');
  for (let hop = 1; hop <= hops; hop++) {
    dialogue.say(hop, proxy, proxy, 'INVITE', { sdp: offer });
    dialogue.say(hop + 0.2, proxy, proxy, '100 Trying');
  }
  const first = dialogue.messages.length;
  for (let hop = 1; hop <= hops; hop++) {
    dialogue.say(hops + hop, proxy, proxy, '483 Too Many Hops');
    dialogue.say(hops + hop + 0.1, proxy, proxy, 'ACK', { toTag: 'b2' });
  }
  dialogue.say(30, proxy, phone, '483 Too Many Hops').say(31, phone, proxy, 'ACK', { toTag: 'b2' });
  for (let hop = 0; hop < hops; hop++)
    dialogue.say(500 + hop / 10, proxy, proxy, '483 Too Many Hops', { retransmissionOf: first + 2 * hop });
  return dialogue.input();
}

/** As open5gs' P-CSCF: it hears on one port and asks the phones from another, and has the other proxies on its address. */
export function manyPorts(): LadderInput {
  const pcscf = '10.4.0.21:5060';
  const scscf = '10.4.0.21:6060';
  const client = '10.4.0.21:5100';
  const callee = '10.9.0.2:6301';
  return new Dialogue()
    .call({ callId: 'ports', from: 'sip:a@lab', to: 'sip:b@lab', state: 'in-call', why: '' })
    .say(0, phone, scscf, 'INVITE')
    .say(0.2, scscf, phone, '100 Trying')
    .say(1, scscf, pcscf, 'INVITE')
    .say(2, client, callee, 'INVITE')
    .say(3, callee, client, '180 Ringing')
    .say(4, pcscf, scscf, '180 Ringing')
    .say(5, scscf, phone, '180 Ringing')
    .input();
}

/** Everything that text can do to what shows it, in every field. */
export function hostile(): LadderInput {
  const evil = [
    '\u001B[31mred\u001B]8;;http://evil.example/\u0007link\u001B]8;;\u0007',
    '<script>alert(1)</script>',
    ']]>',
    "=cmd|' /C calc'!A0",
    '\u202Egnp.exe',
    'a\u200Bb\u2060c\uFEFF',
    'nul\0nul',
    'half \uD83D pair',
    '`````',
    '```mermaid',
    'end',
    'a; B->>C: forged #35; %%{init: {}}%% %getenv("HOME") [[http://evil.example]] <img:/etc/passwd>',
    '@everyone | **bold** #1 https://evil.example',
    'line one\r\nline two\n@enduml\nend note',
    `Z${'\u0301'.repeat(50)}algo`,
    '\u009B31m C1',
    '"quoted" \\back\\n slash\'',
    'x'.repeat(100_000),
  ];
  const dialogue = new Dialogue();
  for (const text of evil) {
    dialogue.call({ callId: text, from: `"${text}" <sip:${text}@x>`, to: text, state: 'failed', why: text });
    dialogue.say(dialogue.messages.length * 10, '10.0.0.1:5060', '10.0.0.2:5060', `500 ${text}`, {
      sdp: text,
      faults: [text],
      of: `1 ${text}`,
    });
    dialogue.say(dialogue.messages.length * 10, '10.0.0.1:5060', '10.0.0.2:5060', 'X', {
      method: text,
      cseq: { number: 7, method: text },
    });
  }
  return dialogue.input({
    source: evil[1] as string,
    hosts: [
      { name: evil[1] as string, role: evil[0] as string, ends: [{ address: '10.0.0.1', port: null }] },
      { name: evil[11] as string, role: evil[10] as string, ends: [{ address: '10.0.0.2', port: null }] },
    ],
    streams: [
      stream('10.0.0.1:9', '10.0.0.2:9', [21_998, 22_098], {
        stream: 1,
        codec: evil[11] as string,
        ssrc: evil[4] as string,
        dtmf: evil.slice(0, 8),
        addressNote: evil[1] as string,
        warning: evil[0] as string,
      }),
    ],
    remarks: evil.map((text, row) => ({ row, text, severity: 'bad', stream: null })),
  });
}

/** The inputs that have golden files. */
export const inputs = {
  proxied,
  media: mediaCall,
  retransmitted,
  cancelled,
  'three-calls': threeCalls,
  'six-lanes': sixLanes,
  ipv6,
  loopback,
} as const;
