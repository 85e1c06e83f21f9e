import { utf8 } from '../bytes/text.ts';
import { ContractError } from '../contract/api.ts';
import type { LadderExport, LadderQuery } from '../contract/api.ts';
import type { Answering } from '../contract/channel.ts';
import type { LadderScene } from '../contract/ladder.ts';
import { describe } from '../decode/sip-describe.ts';
import { ladderFormats } from '../export/index.ts';
import { buildLadder } from '../ladder/ladder.ts';
import { callsChosen } from './call-ids.ts';
import { ladderInput } from './ladder-input.ts';
import type { OpenCapture } from './open-capture.ts';

export async function ladderOf(
  open: OpenCapture,
  query: LadderQuery,
  signal: AbortSignal,
  fold = false,
): Promise<LadderScene> {
  const calls = await callsChosen(open, query, signal);
  return buildLadder(ladderInput(open.session, open.rows, calls), {
    fold,
    ...(query.lanes === undefined ? {} : { lanes: query.lanes }),
    ...(query.scale === undefined ? {} : { scale: query.scale }),
  });
}

/** Writes a ladder as a document, in one chunk; answers with the number of arrows. */
export async function exportLadder(open: OpenCapture, options: LadderExport, answering: Answering): Promise<number> {
  const format = ladderFormats.find(({ name }) => name === options.format);
  if (format === undefined) {
    const names = ladderFormats.map(({ name }) => name).join(', ');
    throw new ContractError('bad-request', `there is no ladder format “${options.format}”; there are ${names}`);
  }
  const scene = await ladderOf(open, options, answering.signal, format.folds && options.unfolded !== true);
  const arrows = scene.items.filter((item) => item.kind === 'arrow');
  const raw = format.wantsMessages
    ? arrows.map(({ row }) => [row, describe(open.session.lookBack.bytesOf(row)).raw] as const)
    : [];
  const document = format.write(scene, {
    ...(options.theme === undefined ? {} : { theme: options.theme }),
    ...(options.width === undefined ? {} : { width: options.width }),
    ...(options.ascii === undefined ? {} : { ascii: options.ascii }),
    messages: new Map(raw),
  });
  await answering.chunk(utf8(document));
  return arrows.length;
}
