import { diffMessages } from '../analysis/diff/diff.ts';
import { ContractError } from '../contract/api.ts';
import type { MessageDetail, MessageDiff } from '../contract/model.ts';
import { describe } from '../decode/sip-describe.ts';
import { readMessage } from '../decode/sip-message.ts';
import type { OpenCapture } from './open-capture.ts';

/** All messages that packet `frame` completed, in full. Throws ContractError `not-found` where there is none. */
export function messagesOfFrame(open: OpenCapture, frame: number): MessageDetail[] {
  return rowsOfFrame(open, frame).map((row) => detail(open, row));
}

/** The message in a row. Throws ContractError `not-found` where there is none. */
export function messageInRow(open: OpenCapture, row: number): MessageDetail {
  return detail(open, knownRow(open, row));
}

function knownRow(open: OpenCapture, row: unknown): number {
  const { count } = open.session.analysis.messages;
  if (typeof row === 'number' && Number.isInteger(row) && row >= 0 && row < count) return row;
  throw new ContractError('not-found', `there is no row ${String(row)}`);
}

function detail(open: OpenCapture, row: number): MessageDetail {
  return { row: open.rows.message(row), ...describe(open.session.lookBack.bytesOf(row)) };
}

/** What changed from the first message of frame `a` to the first of frame `b`. */
export function diffOfFrames(open: OpenCapture, a: number, b: number): MessageDiff {
  const [first = 0, second = 0] = [a, b].map((frame) => rowsOfFrame(open, frame)[0] ?? 0);
  return diffOf(open, first, second);
}

/** What changed between the messages in two rows. Throws ContractError `not-found` where one is none. */
export function diffOfRows(open: OpenCapture, rows: readonly [number, number]): MessageDiff {
  return diffOf(open, knownRow(open, rows[0]), knownRow(open, rows[1]));
}

function diffOf(open: OpenCapture, a: number, b: number): MessageDiff {
  const before = readMessage(open.session.lookBack.bytesOf(a));
  const after = readMessage(open.session.lookBack.bytesOf(b));
  return { a: open.rows.message(a), b: open.rows.message(b), changes: diffMessages(before, after) };
}

function rowsOfFrame({ session }: OpenCapture, frame: number): number[] {
  const { messages } = session.analysis;
  const rows: number[] = [];
  // All are looked at: what stood behind a hole in a stream was handed over late, so that frames do not always ascend.
  for (let row = 0; row < messages.count; row++) if (messages.frame.get(row) === frame) rows.push(row);
  if (rows.length > 0) return rows;
  const { packets } = session.tally;
  throw new ContractError(
    'not-found',
    frame >= 1 && frame <= packets
      ? `frame ${frame} completes no SIP message`
      : `there is no frame ${frame}; the capture has ${packets}`,
  );
}
