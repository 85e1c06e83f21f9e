/**
 * A path as a graph: a row for each hop in the order of the wire, dots joined as they follow each other, branches of a
 * fork beside each other. Positions are decided here; page and SVG paint the same shapes.
 */
import type { LadderHost, LadderInk } from '../contract/ladder.ts';
import type { Path, PathHop } from '../contract/paths.ts';
import { fitText, textWidth } from './metrics.ts';
import { lineShape, rectShape, strokeOf, textShape } from './plain-shapes.ts';
import type { Ink, PathShape, Shape, TextShape } from './shape.ts';
import { visible } from './visible.ts';

export interface PathGraphOptions {
  /** Pixels that it may be wide, 240 or more. */
  readonly room: number;
  /** Names the user gave. */
  readonly hosts?: readonly LadderHost[];
}

export interface PathGraphRow {
  /** Index in `hops`; -1 for who began it. */
  readonly hop: number;
  readonly y: number;
  readonly shapes: readonly Shape[];
  /** All there is to say about it, in one line that is safe to show. */
  readonly words: string;
}

export interface PathGraph {
  readonly width: number;
  readonly height: number;
  /** What joins the dots, behind them. */
  readonly lines: readonly Shape[];
  readonly rows: readonly PathGraphRow[];
}

/** Height of a row, and of the strip in which it is picked above and below its middle. */
export const PATH_ROW = 42;
const LEFT = 22;
const LANE = 24;
/** Branches that are drawn beside each other; further ones share the last place. */
const MOST_LANES = 16;
const DOT = 6;
const TEXT = 16;
const RIGHT = 12;
/** Names on a mark. */
const NAMED = 3;
const USUAL = new Set(['Via', 'Max-Forwards', 'Route', 'Record-Route', 'Content-Length']);

export function pathGraph(path: Path, { room, hosts = [] }: PathGraphOptions): PathGraph {
  const { hops } = path;
  const order = hops.map((_, at) => at).sort((a, b) => (hops[a]?.frame ?? 0) - (hops[b]?.frame ?? 0) || a - b);
  const lanes = lanesOf(hops, order);
  const most = Math.min(MOST_LANES, Math.max(1, ...lanes.map((lane) => lane + 1)));
  const x = (lane: number): number => LEFT + Math.min(lane, most - 1) * LANE;
  const textAt = x(most - 1) + TEXT;
  const width = Math.max(240, Math.round(room));
  const yOf = new Map(order.map((at, place) => [at, (place + 1.5) * PATH_ROW]));
  const roles = new Map(path.roles.map(({ host, role }) => [host, role]));
  const name = (address: string, port: number): string => nameOf(hosts, address, port);
  const [first] = hops;
  const beginY = PATH_ROW / 2;
  const lines = order.map((at): Shape => {
    const hop = hops[at] as PathHop;
    const from =
      hop.before === null ? { x: x(0), y: beginY } : { x: x(lanes[hop.before] ?? 0), y: yOf.get(hop.before) ?? beginY };
    return edge(from.x, from.y, x(lanes[at] ?? 0), yOf.get(at) ?? beginY, hop);
  });
  const begin: PathGraphRow = {
    hop: -1,
    y: beginY,
    shapes: [
      dot(x(0), beginY, 'muted', true),
      ...twoLines(textAt, beginY, width, {
        title: first === undefined ? '' : name(first.src, first.sport),
        beside: first === undefined ? '' : (roles.get(end(first.src, first.sport)) ?? ''),
        below: path.from === null ? '' : `from ${path.from}`,
        right: '',
        ink: 'muted',
      }),
    ],
    words: first === undefined ? '' : visible(`Began at ${end(first.src, first.sport)}`),
  };
  const rows = order.map((at): PathGraphRow => {
    const hop = hops[at] as PathHop;
    const y = yOf.get(at) ?? beginY;
    const ink = inkOf(hop);
    const answer = finalOf(hop);
    const right = answer === undefined ? '' : `${answer.status} after ${msText(answer.afterMs)}`;
    return {
      hop: at,
      y,
      shapes: [
        dot(x(lanes[at] ?? 0), y, ink, false),
        ...(hop.visit > 1 ? [again(x(lanes[at] ?? 0), y, path.verdict === 'loop' ? 'bad' : 'warn')] : []),
        ...twoLines(textAt, y, width, {
          title: name(hop.dst, hop.dport),
          beside: besideOf(hop, roles.get(end(hop.dst, hop.dport)) ?? ''),
          below: belowOf(hop),
          right,
          ink,
        }),
      ],
      words: hopWords(hop, at),
    };
  });
  return { width, height: (order.length + 1) * PATH_ROW, lines, rows: [begin, ...rows] };
}

/** By hop: its place from left to right. The first that follows goes straight on, each further one gets a place of its own. */
function lanesOf(hops: readonly PathHop[], order: readonly number[]): number[] {
  const lanes: number[] = [];
  const taken = new Set<number | null>();
  let next = 0;
  for (const at of order) {
    const before = hops[at]?.before ?? null;
    const own = before === null ? 0 : lanes[before];
    // What stands before what it follows (clocks of merged captures differ) begins anew.
    lanes[at] = taken.has(before) || own === undefined ? ++next : own;
    taken.add(before);
  }
  return lanes;
}

function edge(x1: number, y1: number, x2: number, y2: number, hop: PathHop): PathShape {
  const sure = hop.link === 'via' || hop.link === null;
  const stroke = strokeOf(hop.hidden > 0 || !sure ? 'warn' : 'lane', 2, hop.hidden > 0 || !sure ? [3, 3] : null);
  if (x1 === x2) return lineShape(`M${x1} ${y1}V${y2}`, stroke);
  const bend = 8;
  const level = Math.min(y1 + PATH_ROW / 2, y2 - DOT - bend);
  const side = x2 > x1 ? 1 : -1;
  return lineShape(
    `M${x1} ${y1}V${level - bend}L${x1 + side * bend} ${level}H${x2 - side * bend}L${x2} ${level + bend}V${y2}`,
    stroke,
  );
}

function dot(x: number, y: number, ink: Ink, hollow: boolean): Shape {
  const box = { x: x - DOT, y: y - DOT, width: 2 * DOT, height: 2 * DOT };
  return hollow ? rectShape(box, 'background', strokeOf(ink, 2), DOT) : rectShape(box, ink, null, DOT);
}

/** A ring around the dot of a host that gets the request again. */
function again(x: number, y: number, ink: Ink): Shape {
  const size = DOT + 4;
  return rectShape({ x: x - size, y: y - size, width: 2 * size, height: 2 * size }, null, strokeOf(ink, 2), size);
}

interface Lines {
  readonly title: string;
  readonly beside: string;
  readonly below: string;
  readonly right: string;
  readonly ink: LadderInk;
}

function twoLines(x: number, y: number, width: number, { title, beside, below, right, ink }: Lines): TextShape[] {
  const rightWidth = right === '' ? 0 : textWidth(right, 12, 'bold') + 14;
  const room = width - x - RIGHT - rightWidth;
  const name = fitText(visible(title), room, 12, 'bold');
  const rest = room - textWidth(name, 12, 'bold') - 8;
  const about = rest > 30 && beside !== '' ? fitText(visible(beside), rest, 12, 'regular') : '';
  const more = about === '' ? [] : [{ text: about, ink: 'muted', weight: 400, gap: 8 } as const];
  return [
    textShape({ text: name, x, y: y - 2, anchor: 'start', style: 'strong', ink: 'text' }, 'text', more),
    ...(right === ''
      ? []
      : [textShape({ text: right, x: width - RIGHT, y: y - 2, anchor: 'end', style: 'strong', ink })]),
    ...(below === ''
      ? []
      : [
          textShape({
            text: fitText(visible(below), width - x - RIGHT, 11, 'regular'),
            x,
            y: y + 13,
            anchor: 'start',
            style: 'small',
            ink: 'muted',
          }),
        ]),
  ];
}

function besideOf(hop: PathHop, role: string): string {
  const visit = hop.visit > 1 ? `${ordinal(hop.visit)} time` : '';
  return [role, visit].filter((word) => word !== '').join(' · ');
}

function belowOf(hop: PathHop): string {
  const { frame, delayMs, maxForwards, sendings, byResponse } = hop;
  const changed = marked(hop);
  return [
    `#${frame}`,
    delayMs === null ? '' : `${delayMs < 0 ? '' : '+'}${msText(delayMs)}`,
    changed.length === 0 ? '' : `±${changed.length} ${namesOf(changed)}`,
    maxForwards === null ? '' : `Max-Forwards ${maxForwards}`,
    sendings > 1 ? `sent ${sendings} times` : '',
    byResponse ? 'only responses captured' : '',
  ]
    .filter((word) => word !== '')
    .join(' · ');
}

function marked({ changes }: PathHop): string[] {
  return changes.flatMap(({ header }) => (USUAL.has(header) ? [] : [header]));
}

function namesOf(changed: readonly string[]): string {
  const names = [...new Set(changed)];
  return `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' …' : ''}`;
}

function finalOf({ answers }: PathHop): PathHop['answers'][number] | undefined {
  const finals = answers.filter(({ status }) => status >= 200);
  return finals.find(({ status }) => status < 300) ?? finals[0];
}

function inkOf(hop: PathHop): LadderInk {
  const status = finalOf(hop)?.status;
  if (status === undefined) return 'info';
  if (status < 300) return 'good';
  if (status < 400) return 'redirect';
  return status === 487 ? 'idle' : 'bad';
}

function hopWords(hop: PathHop, at: number): string {
  const changed = marked(hop);
  const answer = finalOf(hop);
  return visible(
    [
      `Hop ${at + 1}: ${end(hop.src, hop.sport)} to ${end(hop.dst, hop.dport)}, frame ${hop.frame}`,
      hop.delayMs === null ? '' : `${msText(hop.delayMs)} after the hop before`,
      changed.length === 0 ? '' : `changed: ${namesOf(changed)}`,
      hop.visit > 1 ? `${ordinal(hop.visit)} time at this host` : '',
      answer === undefined ? 'no final response' : `${answer.status} after ${msText(answer.afterMs)}`,
    ]
      .filter((word) => word !== '')
      .join(', '),
  );
}

function ordinal(count: number): string {
  return count === 2 ? '2nd' : count === 3 ? '3rd' : `${count}th`;
}

/** `0.49 ms`, `312 ms`, `1.20 s`. */
export function msText(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return size >= 100 ? `${Math.round(ms)} ms` : `${Number(ms.toFixed(size >= 10 ? 1 : 2))} ms`;
}

function nameOf(hosts: readonly LadderHost[], address: string, port: number): string {
  const named = hosts.find(({ ends }) =>
    ends.some((one) => one.address === address && (one.port === null || one.port === port)),
  );
  return named?.name ?? end(address, port);
}

function end(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
