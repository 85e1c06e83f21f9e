import type { LadderArrow, LadderMedia, LadderScene } from '../contract/ladder.ts';
import { changedWords } from '../ladder/tooltip.ts';
import { fitCells } from './cells.ts';
import { markdownCell, markdownCode, markdownFence, markdownText } from './escape.ts';
import { mermaid } from './mermaid.ts';
import { signOf } from '../ladder/marks.ts';
import { text } from './text.ts';

export interface MarkdownOptions {
  /** How the ladder is drawn in it. `text` (default) is shown everywhere, `mermaid` where it is rendered (GitHub, GitLab). */
  readonly drawing?: 'text' | 'mermaid';
  /** Columns of the text drawing; 100 without. */
  readonly width?: number;
  readonly ascii?: boolean;
}

const LONGEST = 200;
/** Columns of a sentence about a path. */
const WAY = 1000;

/** A report for a ticket: facts, the ladder in a fence, and a table of the messages. What comes from the capture stands in code spans. */
export function markdown(scene: LadderScene, options: MarkdownOptions = {}): string {
  const mermaidDrawing = options.drawing === 'mermaid';
  const drawing = (mermaidDrawing ? mermaid(scene) : text(scene, { ...options, head: false })).trimEnd();
  const fence = markdownFence(drawing);
  return [
    `## ${code(scene.title)}`,
    '',
    ...scene.calls.map((call) => {
      const who = scene.calls.length > 1 ? `${call.letter}: ${code(call.from)} → ${code(call.to)} ` : '';
      const why = call.why === '' ? '' : `: ${markdownText(fitCells(call.why, 2 * LONGEST))}`;
      const id = call.callId === '' || scene.calls.length === 1 ? '' : ` (Call-ID ${code(call.callId)})`;
      return `- ${who}**${call.word}**${why}${id}`;
    }),
    `- ${facts(scene)}`,
    `- ${scene.lanes.map(({ title, role, ends }) => lane(title, role, ends)).join(' · ') || 'no hosts'}`,
    '',
    `${fence}${mermaidDrawing ? 'mermaid' : 'text'}`,
    drawing,
    fence,
    '',
    ...sentences('Legs', scene.ties),
    ...sentences('Paths and forks', scene.ways),
    '| Frame | Time (s) | Step | From | To | Message | CSeq | Details |',
    '| ---: | ---: | ---: | --- | --- | --- | --- | --- |',
    ...scene.items.filter((item) => item.kind === 'arrow').map((arrow) => row(scene, arrow)),
    '',
    ...mediaTable(scene),
  ].join('\n');
}

/** A list below its title; nothing where there is nothing to tell. */
function sentences(title: string, list: readonly string[] = []): string[] {
  return list.length === 0
    ? []
    : [`### ${title}`, '', ...list.map((one) => `- ${markdownText(fitCells(one, WAY))}`), ''];
}

/** When and how much as text, what comes from outside as code. */
function facts(scene: LadderScene): string {
  const [when = '', much = '', ...others] = scene.facts.split(' · ');
  return [markdownText(fitCells(when, LONGEST)), markdownText(fitCells(much, LONGEST)), ...others.map(code)]
    .filter((fact) => fact !== '')
    .join(' · ');
}

function lane(title: string, role: string | null, ends: readonly string[]): string {
  const [end = title] = ends;
  return `${code(title)}${role === null ? '' : ` ${markdownText(fitCells(role, LONGEST))}`}${end.startsWith(title) ? '' : ` ${code(end)}`}`;
}

function row(scene: LadderScene, arrow: LadderArrow): string {
  const number = scene.calls.length > 1 ? `${arrow.badge.text} ` : '';
  const marks = arrow.marks.map((mark) => `${signOf(mark)} ${mark.text}`);
  const details = [
    ...[...arrow.details, ...arrow.faults, ...changedWords(arrow)].map(cell),
    ...marks.map(sentence),
  ].join(', ');
  const cells = [
    String(arrow.frame),
    arrow.time,
    arrow.delta,
    cell(arrow.src),
    cell(arrow.dst),
    `${number}${cell(arrow.label)}`,
    cell(arrow.cseq ?? ''),
    details,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The streams in numbers; nothing where the ladder has none. */
function mediaTable({ items }: LadderScene): string[] {
  const media = items.flatMap((item) => (item.kind === 'band' ? item.media : []));
  if (media.length === 0) return [];
  return [
    '| RTP | From | To | SSRC | Packet time (ms) | Packets | Lost | Loss (%) | Jitter (ms) | MOS | DTMF | Remarks |',
    '| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |',
    ...media.map(mediaRow),
    '',
  ];
}

function mediaRow(media: LadderMedia): string {
  const { protection, codec, payloadType, warning, addressNote, changes, packetMs, dtmf } = media;
  const name = `${protection === null ? '' : `${protection} `}${codec ?? `type ${payloadType ?? '?'}`}`;
  const sent = changes.length > 1 ? changes.map(({ ms }) => ms).join(', then ') : (packetMs ?? '');
  const remarks = [warning, warning === null ? addressNote : null].flatMap((remark) =>
    remark === null ? [] : [sentence(remark)],
  );
  const cells = [
    cell(name),
    cell(media.src),
    cell(media.dst),
    cell(media.ssrc),
    sent,
    media.packets,
    media.missing,
    media.lossPercent,
    media.meanJitterMs ?? '',
    media.mos === null ? '' : `${media.mos.toFixed(2)}${media.mosScale === 'wideband' ? ' (wide band)' : ''}`,
    cell(dtmf.join(' ')),
    remarks.join(' '),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A sentence of ours in a cell. */
function sentence(value: string): string {
  return markdownText(fitCells(value, 4 * LONGEST));
}

function code(value: string): string {
  return markdownCode(fitCells(value, LONGEST));
}

function cell(value: string): string {
  return markdownCell(fitCells(value, LONGEST));
}
