import * as build from '../../fixtures/builder/index.ts';
import type { Captured, Decoding, SeenMessage } from './decoding.ts';

/** Streams for tests: a connection between two hosts, its packets fed one by one. */

export const alice = { host: '192.0.2.1', port: 40_000 };
export const bob = { host: '198.51.100.2', port: 5060 };

/** A SIP request with a body. */
export function request(callId: string, body = '', eol = '\r\n'): string {
  return text({ start: 'MESSAGE sip:bob@example.org SIP/2.0', headers: headers(callId, 'MESSAGE'), body, eol });
}

/** A SIP response without a body. */
export function response(callId: string, status = '200 OK'): string {
  return text({ start: `SIP/2.0 ${status}`, headers: headers(callId, 'MESSAGE') });
}

/** Any message as text. */
export function text(message: build.SipMessage): string {
  return new TextDecoder().decode(build.sip(message));
}

/** The headers every message has to have. */
export function headers(callId: string, method: string): build.Header[] {
  return [
    ['Via', `SIP/2.0/TCP 192.0.2.1:40000;branch=z9hG4bK${callId}`],
    ['From', '<sip:alice@example.org>;tag=1'],
    ['To', '<sip:bob@example.org>'],
    ['Call-ID', callId],
    ['CSeq', `1 ${method}`],
  ];
}

const usualNumbers = { client: 1000, server: 5000 };

/** A connection from alice to bob on the SIP port, unless told otherwise. */
export function connection(client = alice, server = bob, isn = usualNumbers): build.TcpConnection {
  return new build.TcpConnection(client, server, isn);
}

/** Feeds IP packets and returns what each was counted as. */
export function feed(decoding: Decoding, packets: readonly Uint8Array[], how: Captured = {}): string[] {
  return packets.map((packet) => decoding.feed(build.ethernet({}, packet), how));
}

/** Text of the messages seen, in order. */
export function texts(decoding: Decoding): string[] {
  return decoding.messages.map((message) => message.text);
}

/** Whether all that a message was put together from stands where its extents say. */
export function isAsCaptured(message: SeenMessage): boolean {
  return message.fromCapture === null || message.fromCapture === message.text;
}
