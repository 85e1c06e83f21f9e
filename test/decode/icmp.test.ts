import { describe, expect, test } from 'vitest';
import { packetMark, quotedAt } from '../../core/decode/icmp.ts';
import * as build from '../../fixtures/builder/index.ts';
import { packet4, packet6 } from './carriers.ts';
import { Decoding } from './decoding.ts';

/** Finding the packet that an ICMP error quotes: hostile bytes, too. */
const { concat, hex } = build;

function markOf(bytes: Uint8Array, at = 0, end = bytes.length): string | null {
  return packetMark(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at, end);
}

/** An ICMP error of a type, in an Ethernet frame with padding behind it, and where it says the quotation is. */
function quoted(type: string, packet: Uint8Array, version: 4 | 6): { at: number; mark: string | null } {
  const icmp = concat(hex(`${type}03000000000000`), packet);
  const ip =
    version === 4
      ? build.ipv4({ src: '198.51.100.2', dst: '192.0.2.1', protocol: 1 }, icmp)
      : build.ipv6({ src: '2001:db8::2', dst: '2001:db8::1', nextHeader: 58 }, icmp);
  const frame = build.ethernet({}, ip);
  const decoding = new Decoding();
  expect(decoding.feed(frame)).toBe('icmp');
  const at = quotedAt(decoding.packet);
  return { at, mark: at < 0 ? null : markOf(frame, at) };
}

describe('an ICMP error', () => {
  test('quotes a packet that has the mark of the one that was sent, however much of it', () => {
    expect(quoted('03', packet4, 4).mark).toBe(markOf(packet4));
    expect(quoted('03', packet4.subarray(0, 28), 4).mark).toBe(markOf(packet4));
    expect(quoted('01', packet6.subarray(0, 60), 6).mark).toBe(markOf(packet6));
    expect(markOf(packet4)).not.toBeNull();
    expect(markOf(packet4)).not.toBe(markOf(packet6));
  });

  test('is told from an echo', () => {
    expect(quoted('08', packet4, 4).at).toBe(-1);
    expect(quoted('80', packet6, 6).at).toBe(-1);
  });

  test('may quote too little, or not even itself be there', () => {
    expect(quoted('03', packet4.subarray(0, 27), 4).mark).toBeNull();
    expect(quoted('03', new Uint8Array(0), 4).at).toBe(-1);
  });
});

describe('the mark of a packet', () => {
  test('differs with identification, ports and length; not with TTL and checksums', () => {
    const change = (at: number): string | null => {
      const changed = packet4.slice();
      changed[at] = (changed[at] as number) ^ 0x20;
      return markOf(changed);
    };
    for (const at of [5, 12, 19, 21, 23, 25]) expect(change(at)).not.toBe(markOf(packet4));
    for (const at of [1, 8, 10, 26]) expect(change(at)).toBe(markOf(packet4));
  });

  test('needs IP, a transport it knows, and no later fragment', () => {
    const later = build.ipv4Fragments({ src: '192.0.2.1', dst: '192.0.2.2', protocol: 17 }, packet4.subarray(20), [
      [0, 64],
      [64, 128],
    ]);
    expect(later.map((fragment) => markOf(fragment) === null)).toEqual([false, true]);
    expect(markOf(build.ipv4({ src: '192.0.2.1', dst: '192.0.2.2', protocol: 132 }, packet4.subarray(20)))).toBeNull();
    expect(markOf(hex('00'.repeat(60)))).toBeNull();
    expect(markOf(packet4, -1)).toBeNull();
  });

  test('reads nothing behind the end', () => {
    for (const packet of [packet4, packet6]) {
      for (let length = 0; length <= packet.length; length++) {
        const mark = markOf(concat(packet.subarray(0, length), hex('ff'.repeat(64))), 0, length);
        expect([null, markOf(packet)]).toContain(mark);
      }
    }
  });
});
