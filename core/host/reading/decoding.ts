import { inflateRawSync } from 'node:zlib';
import { Associations } from '../../decode/esp-associations.ts';
import type { InsideSink } from '../../decode/esp-inside.ts';
import type { EspRing } from '../../decode/esp-lock.ts';
import type { Addresses } from '../../decode/addresses.ts';
import { Faults } from '../../decode/faults.ts';
import { Fragments } from '../../decode/fragments.ts';
import { protocols } from '../../decode/index.ts';
import { Ledger } from '../../decode/ledger.ts';
import { Packet, type MediaSink, type SipSink } from '../../decode/packet.ts';
import { Routes } from '../../decode/protocol.ts';
import { SipPort } from '../../decode/sip-ports.ts';

/** A packet with fresh decoders, for one reading of a capture. `ports` are those that the user says are SIP's, `ring` knows keys. */
export function freshPacket(
  addresses: Addresses,
  ports: readonly number[],
  sink: SipSink,
  mediaSink: MediaSink,
  ring: EspRing | null = null,
  insideSink: InsideSink | null = null,
): Packet {
  const packet = new Packet({
    routes: new Routes(protocols),
    addresses,
    ledger: new Ledger(),
    faults: new Faults(),
    fragments: new Fragments(),
    associations: new Associations(),
    ring,
    insideSink,
    sink,
    mediaSink,
    inflateRaw,
  });
  for (const port of ports) packet.sipPorts[port] = SipPort.Forced;
  return packet;
}

/** RFC 7692: raw deflate with what was sent before as dictionary; null where it is not deflate or grows beyond `limit`. */
function inflateRaw(bytes: Uint8Array, dictionary: Uint8Array | null, limit: number): Uint8Array | null {
  try {
    return inflateRawSync(bytes, { maxOutputLength: limit, ...(dictionary === null ? {} : { dictionary }) });
  } catch {
    return null;
  }
}
