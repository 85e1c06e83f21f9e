import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text like a capture's, the same each time: many repetitions, some numbers that change. */
export function sampleText(length: number): Uint8Array {
  const parts: string[] = [];
  let state = 7;
  for (let size = 0; size < length;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const user = 1000 + ((state >>> 20) % 50);
    const line = `INVITE sip:${user}@192.0.2.${(state >>> 10) & 255} SIP/2.0\r\nCall-ID: ${state.toString(36)}@example.com\r\n`;
    const part = (state >>> 28) % 3 === 0 ? `${line}CSeq: ${state >>> 16} INVITE\r\n\r\n` : line;
    parts.push(part);
    size += part.length;
  }
  return new TextEncoder().encode(parts.join('')).subarray(0, length);
}

/** More than a block of it: the text again and again, each time beginning somewhere else. */
export function longSample(): Uint8Array {
  const text = sampleText(20_000);
  return Buffer.concat(Array.from({ length: 12 }, (_, i) => text.subarray(i * 37)));
}

/**
 * `longSample` and `sampleText(3000)` as `zstd` 1.5.4 packs them, by name: the options it was called with. Made by
 *   for o in … ; do zstd -q -c $o < SAMPLE | base64 -w0; done
 */
export const packed: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  Object.entries(
    JSON.parse(readFileSync(join(import.meta.dirname, 'zstd-samples.json'), 'utf8')) as Record<string, string>,
  ).map(([name, text]) => [name, Buffer.from(text, 'base64')]),
);
