import { U32Column } from '../../bytes/column.ts';
import type { Extracted } from '../../contract/api.ts';
import type { Answering } from '../../contract/channel.ts';
import { Outcome } from '../../decode/ledger.ts';
import { PcapngWriter } from '../../export/pcapng.ts';
import { drive, Tally } from '../reading/drive.ts';
import { MediaEnds } from '../media/media-ends.ts';
import type { Session } from '../session.ts';
import { WantedConnections } from './wanted-connections.ts';
import { WantedPackets } from './wanted-packets.ts';

/** Bytes collected before they are sent. */
const CHUNK = 1 << 20;

/**
 * Writes the packets of some calls: those that carried a part of one of their messages, the ICMP errors those caused,
 * the RTP and RTCP that their SDP announced, and of their TCP connections what carried nobody's data. Every packet is
 * written as it was captured; with `decrypted`, what was inside ESP stands in the place of ESP. The capture is read twice more: once to choose, since what follows decides about a
 * handshake, and once, without looking into packets, to write.
 */
export async function extract(
  session: Session,
  calls: readonly number[],
  media: boolean,
  answering: Answering,
  decrypted = false,
): Promise<Extracted> {
  const { frames, ...told } = await choose(session, calls, media, answering.signal);
  if (decrypted) {
    const { writePlain } = await import('./extract-plain.ts');
    const { packets, mixed } = await writePlain(session, frames, answering);
    return { packets, ...told, mixedLinks: mixed };
  }
  const { mixed } = await write(session, frames, answering);
  return { packets: frames.length, ...told, mixedLinks: mixed };
}

interface Chosen extends Pick<Extracted, 'messages' | 'media' | 'sharedConnections'> {
  /** Numbers of the packets, ascending. */
  readonly frames: Uint32Array;
}

async function choose(
  session: Session,
  calls: readonly number[],
  withMedia: boolean,
  signal: AbortSignal,
): Promise<Chosen> {
  const wanted = new WantedPackets(session, calls);
  const connections = new WantedConnections(session, calls);
  const ends = withMedia ? new MediaEnds(session, calls) : null;
  const chosen = new U32Column();
  let isMedia = false;
  let media = 0;
  const packet = session.newPacket(
    { sip: () => undefined },
    {
      media: (carrier) => {
        isMedia ||= ends?.has(carrier) === true;
      },
    },
  );
  const inputs = await session.openAgain(signal);
  try {
    await drive(inputs, packet, {
      tally: new Tally(),
      signal,
      betweenChunks: () => undefined,
      afterPacket: (_, { captured }) => {
        const isSignalling = wanted.has(packet, captured);
        connections.packet(packet, isSignalling);
        const isError = packet.outcome === Outcome.Icmp && wanted.hasCaused(packet);
        if (isSignalling || isMedia || isError) chosen.push(packet.frame);
        if (isMedia && !isSignalling) media += 1;
        isMedia = false;
      },
    });
  } finally {
    await inputs.close();
  }
  connections.finish();
  const frames = new Uint32Array(chosen.length + connections.frames.length);
  for (let i = 0; i < chosen.length; i++) frames[i] = chosen.get(i);
  frames.set(connections.frames, chosen.length);
  return { frames: frames.sort(), messages: wanted.messages, media, sharedConnections: connections.shared };
}

/** Reads on until the last of `frames` is written. */
async function write(session: Session, frames: Uint32Array, answering: Answering): Promise<PcapngWriter> {
  const writer = new PcapngWriter();
  const inputs = await session.openAgain(answering.signal);
  const { merged } = inputs;
  try {
    let done = 0;
    for (let frame = 0; done < frames.length;) {
      const step = merged.step();
      if (step < 0) break;
      if (step === 0) {
        if (answering.signal.aborted) break;
        if (writer.waiting >= CHUNK) await answering.chunk(writer.take());
        await merged.refill();
        continue;
      }
      frame += 1;
      if (frames[done] !== frame) continue;
      done += 1;
      const { reader, window } = merged.current;
      writer.add({
        seconds: reader.seconds,
        nanoseconds: reader.nanoseconds,
        decimals: reader.decimals,
        linkType: reader.linkType,
        bytes: window.bytes.subarray(reader.dataAt, reader.dataAt + reader.captured),
        original: reader.original,
      });
    }
    await answering.chunk(writer.take());
  } finally {
    await inputs.close();
  }
  return writer;
}
