import { useLadder } from '../../state/ladder.ts';

/** Moves the lane at `from` to stand before the one at `to`; `keys` are those of the scene from left to right. */
export function moveLane(keys: readonly string[], from: number, to: number): void {
  const key = keys[from];
  if (key === undefined || from === to) return;
  const rest = keys.filter((_, at) => at !== from);
  const place = to > from ? to - 1 : to;
  useLadder.setState({ order: [...rest.slice(0, place), key, ...rest.slice(place)] });
}

/** Lanes stand as the messages suggest. */
export function forgetOrder(): void {
  useLadder.setState({ order: [] });
}
