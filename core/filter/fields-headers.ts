import type { Aliases, Field, Origin } from './field.ts';
import type { Derivation } from './source.ts';
import { methods } from './known-values.ts';

function header(name: string, part: Derivation['part']): Origin {
  return { of: 'derived', part: { place: 'header', header: name, part } };
}

/** The fields of a header that holds one address: From, To, Contact. */
function addressFields(name: string, title: string, aliases: Readonly<Record<string, Aliases>>): Field[] {
  const field = (part: 'address' | 'uri' | 'user' | 'host' | 'display', about: string, example: string): Field => {
    const own = part === 'address' ? name : `${name}.${part}`;
    const found: Field = {
      name: own,
      kind: 'text',
      origin: header(name, part),
      aliases: aliases[own] ?? {},
      about,
      example,
    };
    return part === 'user' ? { ...found, exact: true } : found;
  };
  return [
    field('address', `Display name and URI of ${title}, without tag and other parameters.`, `${name}:1001`),
    field('uri', `URI of ${title}.`, `${name}.uri == "sip:1001@example.com"`),
    field('user', `User part of the URI of ${title}.`, `${name}.user =~ "^10"`),
    field('host', `Host of the URI of ${title}.`, `${name}.host == example.com`),
    field('display', `Display name of ${title}.`, `${name}.display contains "alice"`),
  ];
}

function tag(name: string, title: string, alias: Aliases): Field {
  return {
    name: `${name}.tag`,
    kind: 'text',
    origin: { of: 'message', text: name === 'from' ? 'from.tag' : 'to.tag' },
    aliases: alias,
    about: `Tag of ${title}.`,
    example: name === 'from' ? 'from.tag == as6b2c1d' : 'method:INVITE and to.tag',
  };
}

/** What the headers say. */
export const headerFields: readonly Field[] = [
  {
    name: 'call-id',
    kind: 'text',
    origin: { of: 'message', text: 'call-id' },
    exact: true,
    aliases: { wireshark: ['sip.Call-ID'], kamailio: ['$ci'], short: ['callid'] },
    about: 'Call-ID.',
    example: 'callid:a84b4c76e66710',
  },
  {
    name: 'cseq.number',
    kind: 'number',
    origin: { of: 'message', number: 'cseq.number' },
    aliases: { wireshark: ['sip.CSeq.seq'], kamailio: ['$cs'], short: ['cseq'] },
    about: 'Number in CSeq.',
    example: 'cseq == 102',
  },
  {
    name: 'cseq.method',
    kind: 'word',
    origin: { of: 'message', text: 'cseq.method' },
    exact: true,
    aliases: { wireshark: ['sip.CSeq.method'] },
    about: 'Method in CSeq: also tells what a response answers.',
    example: 'cseq.method == BYE and status != 200',
    values: methods,
  },
  ...addressFields('from', 'From', {
    from: { wireshark: ['sip.From'], sngrep: ['sipfrom'] },
    'from.uri': { wireshark: ['sip.from.addr'], kamailio: ['$fu', '$from'] },
    'from.user': {
      wireshark: ['sip.from.user'],
      kamailio: ['$fU', '$from.user'],
      sngrep: ['sipfromuser', 'sip.fromuser'],
    },
    'from.host': { wireshark: ['sip.from.host'], kamailio: ['$fd', '$from.domain'] },
    'from.display': { wireshark: ['sip.from.display.info'], kamailio: ['$fn'], short: ['from.name'] },
  }),
  tag('from', 'From', { wireshark: ['sip.from.tag'], kamailio: ['$ft'] }),
  ...addressFields('to', 'To', {
    to: { wireshark: ['sip.To'], sngrep: ['sipto'] },
    'to.uri': { wireshark: ['sip.to.addr'], kamailio: ['$tu', '$to'] },
    'to.user': { wireshark: ['sip.to.user'], kamailio: ['$tU', '$to.user'], sngrep: ['siptouser', 'sip.touser'] },
    'to.host': { wireshark: ['sip.to.host'], kamailio: ['$td', '$to.domain'] },
    'to.display': { wireshark: ['sip.to.display.info'], kamailio: ['$tn'], short: ['to.name'] },
  }),
  tag('to', 'To', { wireshark: ['sip.to.tag'], kamailio: ['$tt'] }),
  {
    name: 'tag',
    kind: 'text',
    origin: { of: 'any', fields: ['from.tag', 'to.tag'] },
    aliases: { wireshark: ['sip.tag'] },
    about: 'Tag of From or To.',
    example: 'tag:as6b2c1d',
  },
  {
    name: 'user',
    kind: 'text',
    origin: { of: 'any', fields: ['ruri.user', 'from.user', 'to.user'] },
    exact: true,
    aliases: {},
    about: 'User part of the Request-URI, From or To.',
    example: 'user:1001',
  },
  {
    name: 'host',
    kind: 'text',
    origin: { of: 'any', fields: ['src', 'dst', 'ruri.host', 'from.host', 'to.host'] },
    aliases: {},
    about: 'Host of the Request-URI, From or To, or one of the addresses of the packet.',
    example: 'host:example.com',
  },
  ...addressFields('contact', 'the first Contact', {
    contact: { wireshark: ['sip.Contact'], kamailio: ['$ct'] },
    'contact.uri': { wireshark: ['sip.contact.uri'] },
    'contact.user': { wireshark: ['sip.contact.user'] },
    'contact.host': { wireshark: ['sip.contact.host'] },
    'contact.display': { wireshark: ['sip.contact.display.info'] },
  }),
  {
    name: 'via.branch',
    kind: 'text',
    origin: { of: 'message', text: 'via.branch' },
    aliases: { wireshark: ['sip.Via.branch'], short: ['branch'] },
    about: 'Branch of the topmost Via.',
    example: 'branch:z9hG4bK776asdhds',
  },
  {
    name: 'via.sent-by',
    kind: 'text',
    origin: { of: 'message', text: 'via.sent-by' },
    aliases: { short: ['sent-by'] },
    about: 'Host, and port where given, of the topmost Via.',
    example: 'sent-by == "pc33.atlanta.com:5060"',
  },
  {
    name: 'via.count',
    kind: 'number',
    origin: { of: 'message', number: 'via.count' },
    aliases: { short: ['vias'] },
    about: 'How many Vias the message has.',
    example: 'vias > 2',
  },
  {
    name: 'user-agent',
    kind: 'text',
    origin: header('user-agent', 'value'),
    aliases: { wireshark: ['sip.User-Agent'], kamailio: ['$ua'], short: ['ua'] },
    about: 'User-Agent.',
    example: 'ua:friendly-scanner',
  },
  {
    name: 'server',
    kind: 'text',
    origin: header('server', 'value'),
    aliases: { wireshark: ['sip.Server'] },
    about: 'Server.',
    example: 'server contains "kamailio"',
  },
  {
    name: 'agent',
    kind: 'text',
    origin: { of: 'any', fields: ['user-agent', 'server'] },
    aliases: {},
    about: 'User-Agent or Server.',
    example: 'agent matches "asterisk|freeswitch"',
  },
  {
    name: 'content-type',
    kind: 'text',
    origin: header('content-type', 'type'),
    aliases: { wireshark: ['sip.Content-Type'], kamailio: ['$cT'] },
    about: 'Content-Type without its parameters.',
    example: 'content-type == application/sdp',
  },
  {
    name: 'body.length',
    kind: 'number',
    origin: { of: 'message', number: 'body.length' },
    aliases: { wireshark: ['sip.Content-Length'], kamailio: ['$cl', '$bs'], short: ['content-length'] },
    about: 'Bytes of the body; 0 without one.',
    example: 'body.length > 0',
  },
  {
    name: 'max-forwards',
    kind: 'number',
    origin: { of: 'message', number: 'max-forwards' },
    aliases: { wireshark: ['sip.Max-Forwards'] },
    about: 'Max-Forwards.',
    example: 'max-forwards < 10',
  },
  {
    name: 'expires',
    kind: 'number',
    origin: header('expires', 'value'),
    aliases: { wireshark: ['sip.Expires'] },
    about: 'Expires, in seconds.',
    example: 'method:REGISTER and expires == 0',
  },
  {
    name: 'pai',
    kind: 'text',
    origin: header('p-asserted-identity', 'uri'),
    aliases: { wireshark: ['sip.pai.addr'], kamailio: ['$ai'] },
    about: 'URI of the first P-Asserted-Identity.',
    example: 'pai contains "+49"',
  },
  {
    name: 'message',
    kind: 'bytes',
    origin: { of: 'bytes', region: 'message' },
    aliases: { wireshark: ['sip'], kamailio: ['$mb'] },
    about: 'The whole message, headers and body.',
    example: 'message matches "^x-[a-z]+: yes"',
  },
  {
    name: 'body',
    kind: 'bytes',
    origin: { of: 'bytes', region: 'body' },
    aliases: { wireshark: ['sip.msg_body'], kamailio: ['$rb'] },
    about: 'The body.',
    example: 'body contains "a=sendonly"',
  },
  {
    name: 'sdp',
    kind: 'bytes',
    origin: { of: 'bytes', region: 'body', only: 'sdp' },
    aliases: {},
    about: 'A body with SDP: present, or what stands in it.',
    example: 'sdp matches "^a=ptime:(30|60)"',
  },
];
