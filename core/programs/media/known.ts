/**
 * What is known of packets by what stands in them: of a flow and a source (an SSRC where streams are measured, else 0), the
 * address of the stream's record, or the number of the flow. A look here replaces three (AssemblyScript).
 */
import { mixed } from './flows';
import { take } from './memory';
import { KNOWN, KNOWN_WIDTH } from './state';

const FIRST: i32 = 1 << 12;
/** So many at most; packets of others are looked up the long way. */
const MOST: i32 = 1 << 18;

/** All as they stand in packets; 0 where nothing is known. */
export function known(src: i32, dst: i32, ports: i32, source: i32): usize {
  return load<i32>(KNOWN, 8) == 0 ? 0 : load<usize>(placeOf(src, dst, ports, source), 16);
}

/** From now on `what` is known. */
export function remember(src: i32, dst: i32, ports: i32, source: i32, what: usize): void {
  const count = load<i32>(KNOWN, 4);
  const places = load<i32>(KNOWN, 8);
  if (2 * count >= places && (count >= MOST || !grow(places == 0 ? FIRST : 4 * places))) return;
  const at = placeOf(src, dst, ports, source);
  if (load<usize>(at, 16) == 0) store<i32>(KNOWN, count + 1, 4);
  store<i32>(at, src);
  store<i32>(at, dst, 4);
  store<i32>(at, ports, 8);
  store<i32>(at, source, 12);
  store<usize>(at, what, 16);
}

/** The place of a key, or the empty one where it belongs. */
function placeOf(src: i32, dst: i32, ports: i32, source: i32): usize {
  let hash: u32 = (mixed(src, dst, ports) ^ u32(source)) * 0x9e3779b1;
  hash ^= hash >>> 15;
  const table = load<usize>(KNOWN);
  const mask = load<u32>(KNOWN, 8) - 1;
  while (true) {
    const at = table + usize(hash & mask) * KNOWN_WIDTH;
    if (load<usize>(at, 16) == 0) return at;
    const isIt =
      load<i32>(at, 8) == ports && load<i32>(at) == src && load<i32>(at, 4) == dst && load<i32>(at, 12) == source;
    if (isIt) return at;
    hash += 1;
  }
}

function grow(places: i32): bool {
  const from = load<usize>(KNOWN);
  const before = load<i32>(KNOWN, 8);
  const to = take(usize(places) * KNOWN_WIDTH);
  if (to == 0) return false;
  store<usize>(KNOWN, to);
  store<i32>(KNOWN, places, 8);
  for (let i = 0; i < before; i++) {
    const at = from + usize(i) * KNOWN_WIDTH;
    if (load<usize>(at, 16) == 0) continue;
    const place = placeOf(load<i32>(at), load<i32>(at, 4), load<i32>(at, 8), load<i32>(at, 12));
    memory.copy(place, at, KNOWN_WIDTH);
  }
  return true;
}
