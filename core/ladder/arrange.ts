import type { LadderOptions } from '../contract/ladder.ts';
import type { Step } from './fold.ts';
import type { LadderInput, LadderStream } from './input.ts';
import { Lanes, type Lane } from './lanes.ts';
import { orderLanes } from './order.ts';
import { guessRoles } from './roles.ts';
import { shown } from './visible.ts';

/** A lane in its order, with its role. */
export interface Host {
  readonly lane: Lane;
  /** Given by the user, else guessed; null where nothing is known or the title says it already. */
  readonly role: string | null;
}

/** A media stream between two lanes. */
export interface Media {
  readonly stream: LadderStream;
  readonly from: number;
  readonly to: number;
}

export interface Arrangement {
  /** From left to right. */
  readonly hosts: readonly Host[];
  /** Lanes of each step: indexes in `hosts`. */
  readonly ends: readonly (readonly [number, number])[];
  readonly media: readonly Media[];
}

/** Finds the lanes that messages and streams need, their order and their roles. */
export function arrange(input: LadderInput, steps: readonly Step[], options: LadderOptions): Arrangement {
  const lanes = new Lanes(input, options.lanes ?? 'auto');
  const found = steps.map(({ message }) => [lanes.use(message.src), lanes.use(message.dst)] as const);
  const streams = (input.streams ?? []).map((stream) => ({
    stream,
    from: lanes.indexOfMedia(stream.src, stream.srcParty),
    to: lanes.indexOfMedia(stream.dst, stream.dstParty),
  }));
  const count = lanes.all.length;
  const order = asAsked(orderLanes(count, steps, found), lanes.all, options.order ?? []);
  const roles = guessRoles(steps, found, hostsOf(lanes.all, steps, found));
  const placeOf = new Int32Array(count);
  for (let at = 0; at < count; at++) placeOf[order[at] as number] = at;
  const place = (lane: number): number => placeOf[lane] as number;
  return {
    hosts: order.map((index) => {
      const lane = lanes.all[index] as Lane;
      return { lane, role: roleOf(lane, lanes.hasOnlyMedia(index) ? 'media' : (roles[index] ?? null)) };
    }),
    ends: found.map(([from, to]) => [place(from), place(to)] as const),
    media: streams.map(({ stream, from, to }) => ({ stream, from: place(from), to: place(to) })),
  };
}

/** Lanes whose keys are named in front, in the order in which they are named. */
function asAsked(order: readonly number[], lanes: readonly Lane[], keys: readonly string[]): readonly number[] {
  if (keys.length === 0) return order;
  const places = new Map<string, number>();
  for (const [place, key] of keys.entries()) if (!places.has(key)) places.set(key, place);
  const placeOf = (lane: number): number => places.get((lanes[lane] as Lane).key) ?? keys.length;
  return order.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** For each lane which host it is part of: what is named is one by itself, otherwise an address is. */
function hostsOf(
  lanes: readonly Lane[],
  steps: readonly Step[],
  ends: readonly (readonly [number, number])[],
): string[] {
  const hosts = lanes.map(({ key }) => key);
  for (let at = 0; at < steps.length; at++) {
    const { message } = steps[at] as Step;
    const [from, to] = ends[at] as readonly [number, number];
    if (lanes[from]?.host === null) hosts[from] = message.src.address;
    if (lanes[to]?.host === null) hosts[to] = message.dst.address;
  }
  return hosts;
}

function roleOf(lane: Lane, guess: string | null): string | null {
  const given = lane.host?.role ?? null;
  const role = given === null ? guess : shown(given);
  return role === lane.title || role === '' ? null : role;
}
