import { DIAMETER_HEADER, looksLikeDiameter } from './diameter.ts';
import type { Packet } from './packet.ts';
import { beforeMessage, couldStart, startsWith } from './start-line.ts';
import { looksLikeSip } from './sip-start.ts';
import { TLS_RECORD_HEADER, tlsRecordAt } from './tls-record.ts';
import { guessedWebSocket } from './websocket-guess.ts';

/** What a byte stream turns out to be. */
export const Content = {
  /** Too little to say. */
  More: 0,
  /** None of what is known; another line may be. */
  None: 1,
  Sip: 2,
  Tls: 3,
  Hep: 4,
  /** A server's answer that makes the stream a WebSocket (RFC 6455 4.2.2), perhaps. */
  Upgrade: 5,
  WebSocket: 6,
  /** Certainly another protocol. */
  Other: 7,
  Diameter: 8,
} as const;
export type Content = (typeof Content)[keyof typeof Content];

const hep3 = letters('HEP3');
const http = letters('HTTP/');
const ssh = letters('SSH-');

/**
 * What `packet.bytes[at, end)` begins with, told by content alone; `feed` is where its first line ends, -1 where it
 * does not. Leading line ends were skipped.
 */
export function recognise(packet: Packet, at: number, end: number, feed: number): Content {
  const { bytes } = packet;
  const first = bytes[at] as number;
  if (first >= 20 && first <= 23) {
    if (tlsRecordAt(bytes, at, end)) return Content.Tls;
    return end - at < TLS_RECORD_HEADER && (end - at === 1 || bytes[at + 1] === 3) ? Content.More : Content.None;
  }
  if (first === 1) {
    if (end - at < DIAMETER_HEADER) return Content.More;
    return looksLikeDiameter(packet.view, at, end) ? Content.Diameter : Content.None;
  }
  if (first > 0x7f) return guessedWebSocket(packet, at, end) ? Content.WebSocket : Content.None;
  if (startsWith(bytes, at, end, hep3)) return Content.Hep;
  if (startsWith(bytes, at, end, ssh)) return Content.Other;
  if (feed < 0) return couldStart(bytes, at, end) ? Content.More : Content.None;
  if (looksLikeSip(bytes, at, feed + 1)) return beforeMessage(bytes, at, feed) === 0 ? Content.Sip : Content.None;
  if (startsWith(bytes, at, end, http)) return switchesProtocols(bytes, at, end) ? Content.Upgrade : Content.Other;
  return isHttpRequest(bytes, at, feed) ? Content.Other : Content.None;
}

/** Status 101 behind `HTTP/1.1 `. */
export function switchesProtocols(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    end - at > 12 &&
    bytes[at + 8] === 0x20 &&
    bytes[at + 9] === 0x31 &&
    bytes[at + 10] === 0x30 &&
    bytes[at + 11] === 0x31
  );
}

/** The line's last word is `HTTP/x.y`. */
function isHttpRequest(bytes: Uint8Array, at: number, feed: number): boolean {
  const last = bytes[feed - 1] === 13 ? feed - 1 : feed;
  return last - 9 > at && bytes[last - 9] === 0x20 && startsWith(bytes, last - 8, last, http);
}

function letters(word: string): Uint8Array {
  return Uint8Array.from(word, (letter) => letter.charCodeAt(0));
}
