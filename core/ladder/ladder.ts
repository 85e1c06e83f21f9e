import type { LadderLane, LadderOptions, LadderScene, LadderSceneCall } from '../contract/ladder.ts';
import { columnsOf, drawnOf, placeLanes } from './across.ts';
import { arrange, type Host } from './arrange.ts';
import { ArrowTexts } from './arrow-text.ts';
import { bandRows } from './bands.ts';
import { foldCopies, type Step } from './fold.ts';
import { factsOf, headOfLadder, lettersOf } from './head.ts';
import type { LadderInput } from './input.ts';
import { boxHeight, boxText, boxTexts, endsOf, type BoxText } from './lane-boxes.ts';
import { legendOf } from './legend.ts';
import { marksOf } from './marks.ts';
import { groupMedia } from './media-groups.ts';
import { railsOf } from './rails.ts';
import { placeRows } from './rows.ts';
import { clock, seconds, zone } from './words.ts';

const MARGIN = 16;
/** Room for the head: several calls have a table there. */
const LEAST_WIDTH = 640;
const LEAST_WIDTH_SEVERAL = 860;
/** Ladders higher than this have the lanes' titles at the foot too. */
const LONG = 900;

/**
 * Places the messages of some calls as a ladder. The same input and options give the same scene, to the byte.
 * Never throws on odd data: a `callIndex` without a call is drawn without a letter, an empty input as an empty ladder.
 */
export function buildLadder(input: LadderInput, options: LadderOptions = {}): LadderScene {
  const steps = foldCopies(input.messages);
  const { hosts, ends, media } = arrange(input, steps, options);
  const transports = new Set(steps.map(({ message }) => message.transport));
  const letters = lettersOf(input);
  const texts = new ArrowTexts(options, letters, transports.size > 1);
  const timeOf = timesOf(steps[0], options);
  const marks = marksOf(input, steps);
  const drawn = steps.map((step, at) =>
    drawnOf(step, texts, ends[at] as readonly [number, number], timeOf, steps[at - 1], marks(step)),
  );
  const { groups, left } = groupMedia(media);
  const bands = bandRows(groups, letters, timeOf);
  const boxes = hosts.map(({ lane, role }) => boxText(lane, role));
  const offset = options.times === 'clock' ? (options.utcOffset ?? 0) : 0;
  const columns = columnsOf(drawn, bands, options.times === 'clock' ? zone(offset) : 'time');
  const { xs, right, loopRooms } = placeLanes(
    boxes,
    drawn,
    bands,
    columns.right,
    options.room === undefined ? null : options.room - MARGIN,
  );
  const least = letters.length > 0 ? LEAST_WIDTH_SEVERAL : LEAST_WIDTH;
  const width = Math.max(right + MARGIN, Math.min(least, options.room ?? least));
  const facts = factsOf(input, offset);
  const head = headOfLadder(input, facts, width);
  const tallest = Math.max(1, ...boxes.map(({ lines }) => lines.length));
  const boxBottom = head.bottom + boxHeight(tallest);

  const rows = placeRows(drawn, bands, { xs, loopRooms, top: boxBottom, left: columns.right, width, options });
  const long = rows.bottom - boxBottom > LONG;
  const lifelines = { y1: boxBottom, y2: rows.bottom };
  const placedLanes = hosts.map((host, at) => {
    const box = boxes[at] as BoxText;
    const x = xs[at] as number;
    const place = {
      x: x - Math.round(box.width / 2),
      y: head.bottom,
      width: box.width,
      height: boxBottom - head.bottom,
    };
    return laneOf(host, box, place, x, long ? rows.bottom + 16 : null);
  });
  const legend = legendOf(rows.items, letters.length > 0, left, rows.bottom + (long ? 40 : 24), width);
  return {
    width,
    height: legend.bottom + 22,
    title: head.title,
    facts,
    description: describe(head.calls, placedLanes, drawn.length, media.length),
    colours: letters.length > 0 ? 'call' : 'kind',
    writes: { cseq: options.cseq !== false, sdp: options.sdp !== false },
    ...(options.fold === true ? { folded: rows.folded } : {}),
    calls: head.calls,
    head: head.texts,
    lanes: placedLanes,
    lifelines,
    rails: railsOf(bands, rows.items, rows.times, xs),
    columns: {
      time: columns.time,
      delta: columns.delta,
      frame: columns.frame,
      titles: drawn.length === 0 ? [] : columns.titles(boxBottom - 6),
    },
    items: rows.items,
    legend: legend.entries,
  };
}

/** Writes times of the input (nanoseconds) as asked: since the first step, or as its clock says. */
function timesOf(first: Step | undefined, { times, utcOffset = 0 }: LadderOptions): (timeNs: number) => string {
  const start = first?.message.timeNs ?? 0;
  const ts = first?.message.ts ?? '';
  const since = (timeNs: number): string => seconds(timeNs - start);
  return times === 'clock' ? (timeNs) => clock(ts, timeNs - start, utcOffset) ?? since(timeNs) : since;
}

function laneOf(
  { lane, role }: Host,
  text: BoxText,
  box: LadderLane['box'],
  x: number,
  foot: number | null,
): LadderLane {
  return {
    key: lane.key,
    title: lane.title,
    ends: endsOf(lane),
    role,
    x,
    box,
    texts: boxTexts(text, box),
    foot:
      foot === null
        ? null
        : { text: text.lines[0]?.text ?? '', x, y: foot, anchor: 'middle', style: 'strong', ink: 'muted' },
  };
}

function describe(
  calls: readonly LadderSceneCall[],
  lanes: readonly LadderLane[],
  messages: number,
  streams: number,
): string {
  const told = calls.slice(0, 3).map(({ from, to, word, why }) => `${from} to ${to}: ${word}. ${why}`.trim());
  const more = calls.length > 3 ? [`And ${calls.length - 3} more calls.`] : [];
  const hosts = lanes
    .slice(0, 8)
    .map(({ title }) => title)
    .join(', ');
  const media = streams === 0 ? '' : ` and ${streams} RTP ${streams === 1 ? 'stream' : 'streams'}`;
  return [
    `Ladder diagram of ${messages} messages${media} between ${lanes.length} hosts: ${hosts}.`,
    ...told,
    ...more,
  ].join(' ');
}
