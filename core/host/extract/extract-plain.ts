import type { Answering } from '../../contract/channel.ts';
import { Outcome } from '../../decode/ledger.ts';
import type { Packet } from '../../decode/packet.ts';
import { PcapngWriter } from '../../export/pcapng.ts';
import { drive, Tally } from '../reading/drive.ts';
import { onLink, PlainPackets } from './plain-packets.ts';
import type { Session } from '../session.ts';

/** Bytes collected before they are sent. */
const CHUNK = 1 << 20;
const ESP = 50;
const FRAGMENT = 44;

/**
 * Writes the packets `frames`, ascending, with what was inside ESP in the place of ESP packets that could be opened. Of
 * an ESP packet in fragments, the last one's place is taken by the whole. Returns how many packets were written, and
 * whether they are of several link types.
 */
export async function writePlain(
  session: Session,
  frames: Uint32Array,
  answering: Answering,
): Promise<{ readonly packets: number; readonly mixed: boolean }> {
  const writer = new PcapngWriter();
  const plain = new PlainPackets();
  const packet = session.newPacket({ sip: () => undefined }, { media: () => undefined }, plain);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  answering.signal.addEventListener('abort', end);
  const inputs = await session.openAgain(answering.signal);
  let done = 0;
  let packets = 0;
  try {
    await drive(inputs, packet, {
      tally: new Tally(),
      signal: ending.signal,
      betweenChunks: async () => {
        if (writer.waiting >= CHUNK) await answering.chunk(writer.take());
        if (done >= frames.length) end();
      },
      afterPacket: (_, reader) => {
        const isWanted = frames[done] === packet.frame;
        if (isWanted) done += 1;
        const captured = packet.bytes.subarray(packet.start, packet.end);
        const { seconds, nanoseconds, decimals, linkType, original } = reader;
        const when = { seconds, nanoseconds, decimals };
        if (isWanted && plain.found.length > 0) {
          for (const one of plain.found) {
            const laid = onLink(one, linkType, captured);
            writer.add({ ...when, ...laid, original: laid.bytes.length });
            packets += 1;
          }
        } else if (isWanted && !isEspFragment(packet)) {
          writer.add({ ...when, linkType, bytes: captured, original });
          packets += 1;
        }
        plain.found.length = 0;
      },
    });
    await answering.chunk(writer.take());
  } finally {
    answering.signal.removeEventListener('abort', end);
    await inputs.close();
  }
  return { packets, mixed: writer.mixed };
}

/** Whether a packet is a fragment, not the last one, of an IP packet with ESP. */
function isEspFragment({ outcome, networkAt: at, view, end, family }: Packet): boolean {
  const waits = outcome === Outcome.FragmentWaiting || outcome === Outcome.FragmentDuplicate;
  if (!waits || at < 0) return false;
  if (family === 4) return end - at >= 20 && view.getUint8(at + 9) === ESP;
  return end - at >= 41 && view.getUint8(at + 6) === FRAGMENT && view.getUint8(at + 40) === ESP;
}
