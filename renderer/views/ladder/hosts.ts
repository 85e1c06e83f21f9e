import type { LadderHost, LadderLane, LadderScene } from '../../../core/contract/ladder.ts';
import { useSettings } from '../../state/settings.ts';

type End = LadderHost['ends'][number];

/** `10.0.0.1:5060`, `[2001:db8::1]:5060` → its parts; null for a text that is none. */
export function endOf(text: string): { readonly address: string; readonly port: number } | null {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/u.exec(text);
  const address = match?.[1] ?? match?.[2];
  return address === undefined ? null : { address, port: Number(match?.[3]) };
}

/**
 * The ends that a lane stands for: an address with all its ports where no other lane of the scene has that address,
 * else its ports as far as the scene shows them.
 */
export function endsOfLane(scene: Pick<LadderScene, 'lanes'>, lane: LadderLane): End[] {
  const elsewhere = new Set(
    scene.lanes.filter((other) => other !== lane).flatMap((other) => other.ends.map((end) => endOf(end)?.address)),
  );
  const ends = new Map<string, End>();
  for (const text of lane.ends) {
    const end = endOf(text);
    if (end === null) continue;
    const { address } = end;
    const told = elsewhere.has(address) ? end : { address, port: null };
    ends.set(`${address} ${told.port ?? ''}`, told);
  }
  return [...ends.values()];
}

/** The name that the user gave to a lane; null where he gave none. */
export function hostOfLane(hosts: readonly LadderHost[], lane: LadderLane): LadderHost | null {
  const ends = lane.ends.map(endOf);
  return (
    hosts.find((host) =>
      host.ends.some(({ address, port }) =>
        ends.some((end) => end?.address === address && (port === null || end.port === port)),
      ),
    ) ?? null
  );
}

/** Gives a lane a name; '' takes it away. */
export function nameLane(scene: Pick<LadderScene, 'lanes'>, lane: LadderLane, name: string): void {
  const { hosts } = useSettings.getState();
  const known = hostOfLane(hosts, lane);
  const rest = hosts.filter((host) => host !== known);
  const trimmed = name.trim().slice(0, 200);
  if (trimmed === '') {
    useSettings.setState({ hosts: rest });
    return;
  }
  const ends = known?.ends ?? endsOfLane(scene, lane);
  useSettings.setState({ hosts: [{ name: trimmed, role: known?.role ?? null, ends }, ...rest] });
}

/** Makes two lanes one, which has the name of the first. */
export function foldLanes(scene: Pick<LadderScene, 'lanes'>, lane: LadderLane, other: LadderLane): void {
  const { hosts } = useSettings.getState();
  const known = [hostOfLane(hosts, lane), hostOfLane(hosts, other)];
  const ends = [lane, other].flatMap((one, at) => known[at]?.ends ?? endsOfLane(scene, one));
  const host: LadderHost = { name: known[0]?.name ?? lane.title, role: known[0]?.role ?? null, ends };
  useSettings.setState({ hosts: [host, ...hosts.filter((one) => !known.includes(one))] });
}

/** Takes back name and folding of a lane. */
export function unfoldLane(lane: LadderLane): void {
  const { hosts } = useSettings.getState();
  const known = hostOfLane(hosts, lane);
  useSettings.setState({ hosts: hosts.filter((host) => host !== known) });
}
