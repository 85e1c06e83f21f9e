import { utf8 } from '../../bytes/text.ts';
import { ContractError, ladderFormatNames } from '../../contract/api.ts';
import type { LadderExport, LadderPart, LadderQuery, LadderView } from '../../contract/api.ts';
import type { Answering } from '../../contract/channel.ts';
import type { LegLink } from '../../contract/legs.ts';
import type { LadderArrow, LadderHost, LadderItem, LadderScene } from '../../contract/ladder.ts';
import { withoutKeys } from '../../export/without-keys.ts';
import { describe } from '../../decode/sip-describe.ts';
import { ladderFormats } from '../../export/index.ts';
import type { FactSection } from '../../export/html.ts';
import type { LadderInput } from '../../ladder/input.ts';
import { withChangeLegend, withRemarks } from '../../ladder/legend.ts';
import { buildLadder } from '../../ladder/ladder.ts';
import { indexOf } from '../../ladder/scene-items.ts';
import { visible } from '../../ladder/visible.ts';
import { letterOf } from '../../ladder/words.ts';
import { callsChosen } from '../calls/call-ids.ts';
import { ladderHosts } from './ladder-hosts.ts';
import { ladderInput } from './ladder-input.ts';
import type { OpenCapture } from '../open-capture.ts';
import { printedFormat, printedLadder } from './printed-ladder.ts';

/** Items that are answered at once. */
const MOST_ITEMS = 10_000;
/** Scenes kept for each capture: the one on the screen, and the one before. */
const KEPT = 2;

interface KeptScene {
  readonly key: string;
  readonly scene: LadderScene;
}

const kept = new WeakMap<OpenCapture, readonly KeptScene[]>();

/** What the last ladder was made of: who moves a lane or changes the scale asks for the same calls again. */
const inputs = new WeakMap<OpenCapture, { readonly key: string; readonly input: LadderInput }>();

async function keptInput(open: OpenCapture, calls: readonly number[], rtp: boolean): Promise<LadderInput> {
  const key = `${open.session.analysis.messages.count} ${rtp} of ${calls.join(' ')}`;
  const known = inputs.get(open);
  if (known?.key === key) return known.input;
  const messages = ladderInput(open.session, open.rows, calls);
  const input = rtp
    ? { ...messages, ...(await import('./ladder-streams.ts')).ladderMedia(open, calls, messages.messages) }
    : messages;
  inputs.set(open, { key, input });
  return input;
}

/** The scene of the calls chosen, with all its items. */
export async function ladderOf(
  open: OpenCapture,
  query: LadderQuery,
  signal: AbortSignal,
  foldUnlessAsked = false,
): Promise<LadderScene> {
  const { calls, tying } = await asked(open, query, signal);
  const { lanes, scale, order, cseq, sdp, room, times, utcOffset } = query;
  return buildLadder(
    { ...(await keptInput(open, calls, query.rtp === true)), hosts: [...ladderHosts(open, query, calls), ...tying] },
    {
      fold: query.fold ?? foldUnlessAsked,
      ...(lanes === undefined || lanes === 'host' ? {} : { lanes }),
      ...(scale === undefined ? {} : { scale }),
      ...(order === undefined ? {} : { order }),
      ...(cseq === undefined ? {} : { cseq }),
      ...(sdp === undefined ? {} : { sdp }),
      ...(room === undefined ? {} : { room }),
      ...(times === undefined ? {} : { times }),
      ...(utcOffset === undefined ? {} : { utcOffset }),
    },
  );
}

interface Asked {
  readonly calls: readonly number[];
  readonly tying: readonly LadderHost[];
  /** Between these calls. */
  readonly links: readonly LegLink[];
}

/** The calls chosen, and where it is asked for all their other legs; then who ties them together is one host. */
async function asked(open: OpenCapture, query: LadderQuery, signal: AbortSignal): Promise<Asked> {
  const calls = await callsChosen(open, query, signal);
  if (query.withLegs !== true) return { calls, tying: [], links: [] };
  const { legHosts, legsOf } = await import('../legs/leg-answers.ts');
  const legs = await legsOf(open, query.legs ?? {}, signal);
  const all = legs.with(calls);
  const links = legs.between(all);
  const tying = legHosts(open, links).map((address) => ({
    name: address,
    role: 'B2BUA',
    ends: [{ address, port: null }],
  }));
  return { calls: all, tying, links };
}

/** A scene to look at: whole, or with some of its items and the index of all. */
export async function ladderView(open: OpenCapture, view: LadderView, signal: AbortSignal): Promise<LadderScene> {
  const { part, ...query } = view;
  if (part === undefined) {
    const whole = await ladderOf(open, query, signal);
    return { ...whole, items: await marked(open, whole.items) };
  }
  const scene = await keptScene(open, query, signal);
  return { ...scene, items: await marked(open, cut(scene.items, part)), index: indexOf(scene.items) };
}

/** Some of the items of a scene that is looked at in parts. */
export async function ladderItems(
  open: OpenCapture,
  { part, ...query }: LadderQuery & { readonly part: LadderPart },
  signal: AbortSignal,
): Promise<{ readonly items: readonly LadderItem[]; readonly of: number }> {
  const { items } = await keptScene(open, query, signal);
  return { items: await marked(open, cut(items, part)), of: items.length };
}

/** With marks where the hop before changed something; only what is sent is looked at. */
async function marked(open: OpenCapture, items: readonly LadderItem[]): Promise<readonly LadderItem[]> {
  const { withChanges } = await import('./hop-changes.ts');
  return withChanges(open, items);
}

function cut(items: readonly LadderItem[], { from, count }: LadderPart): readonly LadderItem[] {
  if (!(from >= 0 && count >= 0)) throw new ContractError('bad-request', 'a part of a ladder begins at 0 or later');
  return items.slice(from, from + Math.min(count, MOST_ITEMS));
}

async function keptScene(open: OpenCapture, query: LadderQuery, signal: AbortSignal): Promise<LadderScene> {
  const key = `${open.session.analysis.messages.count} ${JSON.stringify(query)}`;
  const known = kept.get(open) ?? [];
  const scene = known.find((one) => one.key === key)?.scene ?? (await ladderOf(open, query, signal));
  kept.set(open, [{ key, scene }, ...(kept.get(open) ?? []).filter((one) => one.key !== key)].slice(0, KEPT));
  return scene;
}

/** Bytes that are sent at once. */
const CHUNK = 1 << 20;

/** Writes a ladder as a document, in chunks; answers with the number of arrows. */
export async function exportLadder(open: OpenCapture, options: LadderExport, answering: Answering): Promise<number> {
  const printed = printedFormat(options.format);
  if (printed !== null) {
    const drawn = await markedScene(open, options, true, answering.signal);
    return send(await printedLadder(printed, drawn, options), drawn, answering);
  }
  const format = ladderFormats.find(({ name }) => name === options.format);
  if (format === undefined) {
    const names = ladderFormatNames.join(', ');
    throw new ContractError('bad-request', `there is no ladder format “${options.format}”; there are ${names}`);
  }
  const scene = await markedScene(open, options, format.folds, answering.signal);
  const raw = format.wantsMessages
    ? arrowsOf(scene).map(({ row }) => [row, withoutKeys(describe(open.session.lookBack.bytesOf(row)).raw)] as const)
    : [];
  const document = format.write(scene, {
    ...(options.theme === undefined ? {} : { theme: options.theme }),
    ...(options.width === undefined ? {} : { width: options.width }),
    ...(options.ascii === undefined ? {} : { ascii: options.ascii }),
    messages: new Map(raw),
    ...(format.wantsFacts === true ? { sections: await factsOf(open, options, answering.signal) } : {}),
  });
  return send(utf8(document), scene, answering);
}

/** Items of a document that get marks; a document with more of them is a list, and nobody reads marks in it. */
const MOST_MARKED = 5000;

async function markedScene(
  open: OpenCapture,
  query: LadderQuery,
  fold: boolean,
  signal: AbortSignal,
): Promise<LadderScene> {
  const scene = await ladderOf(open, query, signal, fold);
  const items = await marked(open, scene.items.slice(0, MOST_MARKED));
  const { waysOf } = await import('../paths/path-answers.ts');
  const { calls, links } = await asked(open, query, signal);
  const ways = waysOf(open, calls);
  const ties = tiesOf(calls, links);
  const drawn = withChangeLegend({ ...scene, items: [...items, ...scene.items.slice(MOST_MARKED)] });
  const told = withRemarks(drawn, [...ties, ...ways.flatMap(({ text, isOdd }) => (isOdd ? [text] : []))]);
  return {
    ...told,
    ...(ways.length === 0 ? {} : { ways: ways.map(({ text }) => text) }),
    ...(ties.length === 0 ? {} : { ties }),
  };
}

/** Links between legs that a document tells of. */
const MOST_TIES = 40;

/** `A and B are legs of one call (98 %): X-Call-ID of frame 3 is the Call-ID of the other leg.` Safe to show. */
function tiesOf(calls: readonly number[], links: readonly LegLink[]): string[] {
  const letters = new Map(calls.map((call, at) => [call, letterOf(at)]));
  return links.slice(0, MOST_TIES).map(({ a, b, evidence, confidence }) => {
    const who = `${letters.get(a) ?? '?'} and ${letters.get(b) ?? '?'}`;
    const why = evidence.map(({ text }) => text).join('; ');
    // Sure is only what the user says.
    const sure = confidence === 1 ? 100 : Math.min(99, Math.round(100 * confidence));
    return visible(`${who} are legs of one call (${sure} %): ${why}.`);
  });
}

/** What a page says of the calls besides the ladder. */
async function factsOf(open: OpenCapture, query: LadderExport, signal: AbortSignal): Promise<readonly FactSection[]> {
  const calls = await callsChosen(open, query, signal);
  const { extensionFacts } = await import('../extensions/extension-answers.ts');
  return extensionFacts(open, calls);
}

async function send(bytes: Uint8Array, scene: LadderScene, answering: Answering): Promise<number> {
  for (let at = 0; at < bytes.length; at += CHUNK) await answering.chunk(bytes.subarray(at, at + CHUNK));
  return arrowsOf(scene).length;
}

function arrowsOf({ items }: LadderScene): readonly LadderArrow[] {
  return items.filter((item) => item.kind === 'arrow');
}
