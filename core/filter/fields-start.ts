import type { Field, Origin } from './field.ts';
import type { Derivation } from './source.ts';
import { methods, statuses } from './known-values.ts';

function derived(place: Derivation['place'], part: Derivation['part']): Origin {
  return { of: 'derived', part: { place, header: '', part } };
}

/** The first line of a message: what it is. */
export const startFields: readonly Field[] = [
  {
    name: 'method',
    kind: 'word',
    origin: { of: 'message', text: 'method' },
    exact: true,
    aliases: { wireshark: ['sip.Method'], kamailio: ['$rm'] },
    about: 'Method of a request; responses have none (see `cseq.method`).',
    example: 'method in {INVITE, BYE}',
    values: methods,
  },
  {
    name: 'status',
    kind: 'number',
    origin: { of: 'message', number: 'status' },
    aliases: { wireshark: ['sip.Status-Code'], kamailio: ['$rs'] },
    about: 'Status code of a response, or a class of them.',
    example: 'status:4xx',
    values: statuses,
  },
  {
    name: 'reason',
    kind: 'text',
    origin: derived('reason', 'value'),
    aliases: { wireshark: ['sip.Reason-Phrase'], kamailio: ['$rr'] },
    about: 'Reason phrase of a response (the header Reason is `hdr.Reason`).',
    example: 'reason contains "busy"',
  },
  {
    name: 'request',
    kind: 'flag',
    origin: { of: 'message', number: 'request' },
    aliases: {},
    about: 'The message is a request.',
    example: 'request and dst:192.0.2.1',
  },
  {
    name: 'response',
    kind: 'flag',
    origin: { of: 'message', number: 'response' },
    aliases: {},
    about: 'The message is a response.',
    example: 'response and length > 1300',
  },
  {
    name: 'request.line',
    kind: 'text',
    origin: derived('request-line', 'value'),
    aliases: { wireshark: ['sip.Request-Line'] },
    about: 'The first line of a request.',
    example: 'request.line contains "user=phone"',
  },
  {
    name: 'status.line',
    kind: 'text',
    origin: derived('status-line', 'value'),
    aliases: { wireshark: ['sip.Status-Line'] },
    about: 'The first line of a response.',
    example: 'status.line matches "^sip/2.0 5"',
  },
  {
    name: 'ruri',
    kind: 'text',
    origin: derived('request-uri', 'value'),
    aliases: { wireshark: ['sip.r-uri'], kamailio: ['$ru', '$ruri', '$ou', '$ouri'], short: ['r-uri', 'request-uri'] },
    about: 'Request-URI.',
    example: 'ruri:1001@example.com',
  },
  {
    name: 'ruri.user',
    kind: 'text',
    origin: derived('request-uri', 'user'),
    exact: true,
    aliases: { wireshark: ['sip.r-uri.user'], kamailio: ['$rU', '$ruri.user', '$oU'] },
    about: 'User part of the Request-URI.',
    example: '$rU =~ "^00"',
  },
  {
    name: 'ruri.host',
    kind: 'text',
    origin: derived('request-uri', 'host'),
    aliases: { wireshark: ['sip.r-uri.host'], kamailio: ['$rd', '$ruri.domain', '$od'] },
    about: 'Host of the Request-URI.',
    example: 'ruri.host == example.com',
  },
  {
    name: 'ruri.port',
    kind: 'number',
    origin: derived('request-uri', 'port'),
    aliases: { wireshark: ['sip.r-uri.port'], kamailio: ['$rp', '$op'] },
    about: 'Port of the Request-URI, where it has one.',
    example: 'ruri.port != 5060',
  },
];
