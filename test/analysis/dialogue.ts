import { Analysis } from '../../core/analysis/index.ts';
import { FILE_SPAN } from '../../core/bytes/position.ts';
import { utf8 } from '../../core/bytes/text.ts';
import { Addresses } from '../../core/decode/addresses.ts';
import { Faults } from '../../core/decode/faults.ts';
import { Fragments } from '../../core/decode/fragments.ts';
import { Ledger } from '../../core/decode/ledger.ts';
import { Packet, Transport } from '../../core/decode/packet.ts';
import { Routes } from '../../core/decode/protocol.ts';
import { SipHead } from '../../core/decode/sip-head.ts';
import { tell, type Told } from './read.ts';

const LINK = 14;
const IN_DIALOG = new Set(['ACK', 'BYE', 'PRACK', 'UPDATE', 'INFO', 'NOTIFY']);

/**
 * A capture written as a dialogue, one message a line:
 *
 *     seconds from>to METHOD-or-status branches options
 *
 * `branches` are those of the Vias, the topmost first, with commas; `-` for none. Options are `name=value`: `of` (CSeq
 * method of a response, INVITE by default), `cseq`, `call`, `from` and `to` (tags; `-` for none, as for `call`), `mf` (Max-Forwards),
 * `id` (IP identification; by default each packet has its own), `ttl`, `link` (what stands before the IP header),
 * `over` (TCP), `in` (number of the input), `header` (a whole header, `_` for blanks), `body`. `40 end` is a last packet
 * that is not SIP. `after` is called behind each message; `waiting`: see EarlyStates.
 */
export function dialogue(text: string, after?: (analysis: Analysis) => void, waiting?: number): Analysis {
  const analysis = new Analysis(() => 0, waiting);
  const packet = newPacket();
  const head = new SipHead();
  let now = 0;
  for (const line of text.split('\n').map((part) => part.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [seconds = '0', way = '', what = '', branches = '-', ...rest] = line.split(/\s+/u);
    now = Math.round(Number(seconds) * 1e9);
    packet.time = now;
    if (way === 'end') continue;
    const options = new Map(
      rest.map((option) => [option.slice(0, option.indexOf('=')), option.slice(option.indexOf('=') + 1)] as const),
    );
    packet.begin();
    packet.frame += 1;
    const [src = '', dst = ''] = way.split('>');
    packet.src = end(src);
    packet.dst = end(dst);
    packet.sport = packet.dport = 5060;
    packet.ipId = Number(options.get('id') ?? 1000 + packet.frame);
    packet.ttl = Number(options.get('ttl') ?? 64);
    packet.networkAt = LINK;
    packet.position = Number(options.get('in') ?? 0) * FILE_SPAN;
    const message = utf8(messageText(what, branches, options));
    const bytes = new Uint8Array(LINK + message.length);
    bytes.fill(Number(options.get('link') ?? 0), 0, LINK);
    bytes.set(message, LINK);
    packet.bytes = bytes;
    packet.view = new DataView(bytes.buffer);
    packet.end = bytes.length;
    head.scan(bytes, LINK, bytes.length);
    analysis.add(packet, head, LINK, bytes.length, options.get('over') === 'TCP' ? Transport.TCP : Transport.UDP);
    after?.(analysis);
  }
  analysis.finish(now);
  return analysis;
}

/** What became of the only call of a dialogue, or of the one with number `call`. */
export function outcome(text: string, call = 1): Told {
  return tell(dialogue(text), call);
}

/** State and status, for tables of one-line cases: `completed 200`. */
export function state(text: string): string {
  const told = outcome(text);
  return [told.state, told.status ?? '-', ...(told.partial ? ['partial'] : [])].join(' ');
}

function newPacket(): Packet {
  return new Packet({
    routes: new Routes([]),
    addresses: new Addresses(),
    ledger: new Ledger(),
    faults: new Faults(),
    fragments: new Fragments(),
    sink: { sip: () => undefined },
    mediaSink: { media: () => undefined },
  });
}

/** Address number of a letter: `a` is 1. */
function end(letter: string): number {
  return letter.charCodeAt(0) - 96;
}

function messageText(what: string, branches: string, options: ReadonlyMap<string, string>): string {
  const status = /^\d{3}$/u.test(what);
  const method = status ? (options.get('of') ?? 'INVITE') : what;
  const to = options.get('to') ?? ((status ? what !== '100' : IN_DIALOG.has(method)) ? 't' : '-');
  const from = options.get('from') ?? 'f';
  const body = options.get('body') ?? '';
  const vias = branches === '-' ? [] : branches.split(',');
  return [
    status ? `SIP/2.0 ${what} Reason` : `${method} sip:b@example.net SIP/2.0`,
    ...vias.map((branch) => `Via: SIP/2.0/UDP ${branch}.example.net;branch=z9hG4bK${branch}`),
    ...(status ? [] : [`Max-Forwards: ${options.get('mf') ?? 71 - vias.length}`]),
    `From: <sip:a@example.net>${from === '-' ? '' : `;tag=${from}`}`,
    `To: <sip:b@example.net>${to === '-' ? '' : `;tag=${to}`}`,
    ...(options.get('call') === '-' ? [] : [`Call-ID: ${options.get('call') ?? 'call'}`]),
    `CSeq: ${options.get('cseq') ?? (method === 'BYE' ? 2 : 1)} ${method}`,
    ...(options.get('header') ?? '')
      .split('|')
      .filter(Boolean)
      .map((header) => header.replaceAll('_', ' ')),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
