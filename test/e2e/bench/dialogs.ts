import { readFileSync } from 'node:fs';

/** A dialog as the generator wrote it. */
export interface Dialog {
  /** User of its From. */
  readonly from: string;
  /** Of the last response. */
  readonly status: number;
  readonly messages: number;
}

/** Of the file, of each packet, and of Ethernet, IPv4 and UDP before each message. */
const FILE_HEAD = 24;
const PACKET_HEAD = 16;
const HEADERS = 14 + 20 + 8;

/**
 * The dialogs of a capture that `generate.mjs dialogs` wrote, in the order of their first messages: found without any of
 * the application's own code, to say what its lists have to show.
 */
export function dialogsOf(file: string): readonly Dialog[] {
  const bytes = readFileSync(file);
  const dialogs = new Map<string, Dialog>();
  for (let at = FILE_HEAD; at < bytes.length;) {
    const length = bytes.readUInt32LE(at + 8);
    const text = bytes.toString('latin1', at + PACKET_HEAD + HEADERS, at + PACKET_HEAD + length);
    at += PACKET_HEAD + length;
    const id = /^Call-ID: (?<id>.*)\r$/mu.exec(text)?.groups?.id ?? '';
    const known = dialogs.get(id);
    const status = Number(/^SIP\/2\.0 (?<status>\d{3})/u.exec(text)?.groups?.status ?? known?.status ?? 0);
    const from = known?.from ?? /^From: <sip:(?<user>[^@]*)@/mu.exec(text)?.groups?.user ?? '';
    dialogs.set(id, { from, status, messages: (known?.messages ?? 0) + 1 });
  }
  return [...dialogs.values()];
}
