import { pcap } from './pcap.ts';
import { pcapng } from './pcapng.ts';
import type { CaptureFormat } from './reader.ts';
import { snoop } from './snoop.ts';

/** Every capture format that can be read. A new one is a file and a line here. */
export const formats: readonly CaptureFormat[] = [pcap, pcapng, snoop];

/** How many first bytes `detect` wants to see, if the input has as many. */
export const MAGIC_LENGTH = Math.max(...formats.map((format) => format.magicLength));

/** The format of a capture that begins with these bytes; null where it is none of the formats. */
export function detect(first: Uint8Array): CaptureFormat | null {
  return formats.find((format) => format.recognises(first)) ?? null;
}
