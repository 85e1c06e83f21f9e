import { Flag, Method } from '../../analysis/messages.ts';
import { utf8 } from '../../bytes/text.ts';
import { ContractError, type Methods } from '../../contract/api.ts';
import type { Via } from '../../decode/sip-via.ts';
import { rowsOf } from './ladder-input.ts';
import type { OpenCapture } from '../open-capture.ts';
import type { Session } from '../session.ts';
import { viaList } from '../paths/via-list.ts';

/** RFC 3261 16.7, step 3: a 100 is for the hop alone. */
const TRYING = 100;

/**
 * The same request or response on the hop before, told by the Vias: each hop puts its own on top of a request, and takes
 * it off a response (RFC 3261 16.6, 16.7). Where that hop was not captured, the nearest one before it that was. Null on
 * the first hop. Throws ContractError `not-found` for a row that is not there.
 */
export function hopBefore({ session }: OpenCapture, row: number): Methods['hopBefore']['result'] {
  const { messages } = session.analysis;
  if (!Number.isInteger(row) || row < 0 || row >= messages.count)
    throw new ContractError('not-found', `there is no row ${row}`);
  const isRequest = (messages.flags.get(row) & Flag.Request) !== 0;
  const found = isRequest ? requestBefore(session, row) : responseBefore(session, row);
  return found === null ? null : { row: found, frame: messages.frame.get(found) };
}

function requestBefore(session: Session, row: number): number | null {
  const path = pathOf(session, row);
  const candidates = alike(session, row);
  const { branch, branches } = session.analysis.messages;
  for (const via of path.slice(1)) {
    const number = branches.find(utf8(via.branch ?? ''));
    // Only those are read whose branch fits: a loop has thousands of others.
    const some = candidates.filter((other) => branch.get(other) === Math.max(0, number));
    const found = nearest(session, row, some, (other) => {
      const [top] = viaList(session.lookBack.bytesOf(other));
      return top !== undefined && sameVia(top, via);
    });
    if (found !== null) return found;
  }
  return null;
}

/** The Vias that a request walked. CANCEL and the ACK of a refusal begin anew on each hop (9.1, 17.1.1.3): the INVITE they belong to tells. */
function pathOf(session: Session, row: number): Via[] {
  const { messages } = session.analysis;
  const vias = viaList(session.lookBack.bytesOf(row));
  const method = messages.method.get(row);
  if (vias.length !== 1 || (method !== Method.CANCEL && method !== Method.ACK)) return vias;
  const invite = rowsOf(session, messages.callId.get(row)).find(
    (other) =>
      messages.method.get(other) === Method.INVITE &&
      messages.branch.get(other) === messages.branch.get(row) &&
      messages.src.get(other) === messages.src.get(row) &&
      messages.cseqNumber.get(other) === messages.cseqNumber.get(row),
  );
  return invite === undefined ? vias : viaList(session.lookBack.bytesOf(invite));
}

function responseBefore(session: Session, row: number): number | null {
  const { messages } = session.analysis;
  const status = messages.status.get(row);
  const [own] = viaList(session.lookBack.bytesOf(row));
  if (status === TRYING || own === undefined) return null;
  const candidates = alike(session, row).filter((other) => messages.status.get(other) === status);
  const depths = new Map(
    candidates.map((other) => [other, viaList(session.lookBack.bytesOf(other)).findIndex((via) => sameVia(via, own))]),
  );
  const next = Math.min(...[...depths.values()].filter((depth) => depth > 0));
  return nearest(session, row, candidates, (other) => depths.get(other) === next);
}

/** Messages of the same kind, Call-ID, CSeq and From tag; copies of packets seen before are left out. */
function alike({ analysis }: Session, row: number): readonly number[] {
  const { messages, retransmissions } = analysis;
  const call = messages.callId.get(row);
  if (call === 0) return [];
  return rowsOf({ analysis }, call).filter(
    (other) =>
      other !== row &&
      ((messages.flags.get(other) ^ messages.flags.get(row)) & Flag.Request) === 0 &&
      messages.cseqNumber.get(other) === messages.cseqNumber.get(row) &&
      messages.cseqMethod.get(other) === messages.cseqMethod.get(row) &&
      messages.fromTag.get(other) === messages.fromTag.get(row) &&
      retransmissions.copyOf(other) === 0,
  );
}

/** The last one before `row`, else (clocks differ where captures are merged) the first one behind it. */
function nearest(
  { analysis }: Session,
  row: number,
  candidates: readonly number[],
  fits: (row: number) => boolean,
): number | null {
  const { time } = analysis.messages;
  let best: number | null = null;
  const distance = (other: number): number => {
    const since = time.get(row) - time.get(other);
    return since >= 0 ? since : Number.MAX_SAFE_INTEGER / 2 - since;
  };
  for (const other of candidates) if (fits(other) && (best === null || distance(other) < distance(best))) best = other;
  return best;
}

/** What a hop wrote; the next one adds received and rport. */
function sameVia(a: Via, b: Via): boolean {
  return a.branch === b.branch && a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port;
}
