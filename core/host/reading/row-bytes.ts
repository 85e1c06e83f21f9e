import { Flag } from '../../analysis/messages.ts';
import { FILE_SPAN } from '../../bytes/position.ts';
import { packetAt, type CapturedPacket } from '../../capture/packet-at.ts';
import { ContractError, type Methods } from '../../contract/api.ts';
import type { Answering } from '../../contract/channel.ts';
import type { Layer } from '../../contract/model.ts';
import { describe } from '../../decode/sip-describe.ts';
import type { OpenCapture } from '../open-capture.ts';
import { packetLayers } from './packet-layers.ts';
import type { Session } from '../session.ts';

/** Bytes of an answer that are sent at a time. */
const CHUNK = 1 << 20;

/**
 * The bytes of the message in a row as its segments were joined, or of the packet that completed it, as captured; and
 * which protocol wrote which of them. Throws ContractError `not-found` for a row that is not there, CaptureError where the
 * input can be read only once or has changed.
 */
export async function bytesOfRow(
  { session }: OpenCapture,
  { row, what }: Methods['bytes']['params'],
  answering: Answering,
): Promise<Methods['bytes']['result']> {
  const { messages } = session.analysis;
  if (!Number.isInteger(row) || row < 0 || row >= messages.count)
    throw new ContractError('not-found', `there is no row ${row}`);
  const { bytes, layers } = what === 'message' ? messageOf(session, row) : packetOf(session, row);
  for (let at = 0; at < bytes.length; at += CHUNK) await answering.chunk(bytes.subarray(at, at + CHUNK));
  return { layers };
}

interface Described {
  readonly bytes: Uint8Array;
  readonly layers: readonly Layer[];
}

function messageOf(session: Session, row: number): Described {
  const bytes = session.lookBack.bytesOf(row);
  return { bytes, layers: sipLayers(bytes, 0) };
}

/** The message that fills `bytes`, and the descriptions in its body; `from` is where it begins in what is shown. */
function sipLayers(bytes: Uint8Array, from: number): Layer[] {
  const bodies = describe(bytes).parts.flatMap(({ sdp, at, end }) =>
    sdp === null ? [] : [{ name: 'SDP', at: from + at, end: from + end }],
  );
  return [{ name: 'SIP', at: from, end: from + bytes.length }, ...bodies];
}

function packetOf(session: Session, row: number): Described {
  const pieces = piecesOf(session, row);
  const found = completing(session, row, pieces);
  if (found === null) throw new ContractError('not-found', `the packet of row ${row} is not in the capture any more`);
  const { packet, input } = found;
  const start = input * FILE_SPAN + packet.at;
  const layers = packetLayers(session.addresses, packet);
  const here = pieces.filter(({ position }) => position >= start && position < start + packet.bytes.length);
  const isWhole = pieces.length === 1 && here.length === 1 && !pieces.some(({ made }) => made);
  if (isWhole) layers.push(...sipLayers(session.lookBack.bytesOf(row), (here[0]?.position ?? start) - start));
  else {
    for (const { position, length, made } of here) {
      // What had to be decrypted or unpacked does not stand in the packet as it is.
      if (!made) layers.push({ name: 'SIP (part)', at: position - start, end: position - start + length });
    }
  }
  return { bytes: packet.bytes, layers };
}

interface Piece {
  readonly position: number;
  readonly length: number;
  readonly made: boolean;
}

/** What the message was put together from, in its order. */
function piecesOf({ analysis }: Session, row: number): Piece[] {
  const { messages } = analysis;
  const position = messages.position.get(row);
  if ((messages.flags.get(row) & Flag.Pieces) === 0) {
    return [{ position, length: messages.length.get(row), made: false }];
  }
  const extents = messages.extents.get(position);
  if (extents === null) return [];
  return extents.positions.map((at, i) => ({ position: at, length: extents.lengths[i] ?? 0, made: extents.made }));
}

/** Of the packets that the pieces came in, the one of the message's time: the last piece need not have come last. */
function completing(
  session: Session,
  row: number,
  pieces: readonly Piece[],
): { readonly packet: CapturedPacket; readonly input: number } | null {
  const { tally, analysis, inputs } = session;
  const time = analysis.messages.time.get(row);
  let last: { readonly packet: CapturedPacket; readonly input: number } | null = null;
  for (const { position } of pieces.toReversed()) {
    const number = Math.floor(position / FILE_SPAN);
    const input = inputs.inputs[number];
    const packet = input === undefined ? null : packetAt(input, position % FILE_SPAN);
    if (packet === null) continue;
    last ??= { packet, input: number };
    if ((packet.seconds - (tally.base ?? 0)) * 1e9 + packet.nanoseconds === time) return { packet, input: number };
  }
  return last;
}
