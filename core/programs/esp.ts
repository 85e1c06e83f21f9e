/**
 * ESP packets by the hundred (AssemblyScript): finds those of known keys among the packets that come next, checks their
 * ICVs, four at a time, puts what is encrypted in chains one behind the other for OpenSSL, and looks at what comes out.
 * What OpenSSL's HMAC costs for a short packet is the objects that Node makes for it, several times the hashing, and
 * what decoding costs is JavaScript that is not compiled yet; here there is neither. See core/ipsec/ahead.ts.
 */
import { checkFour } from './esp/four';
import {
  BINS,
  FOUR,
  HASH,
  LOCK,
  LOCK_NUMBER,
  LOCKS,
  MOST_BLOCKS,
  NO_HASH,
  ORDER,
  ROW,
  ROW_BLOCKS,
  ROWS,
} from './esp/places';

export { expand } from './esp/four';
export { lookInside } from './esp/inside';
export { associationOf, destinationOf, rememberFlow, run, skim } from './esp/run';
export { add, chain, forget, know, looked, records, use, walk } from './esp/walk';

/** Checks the ICVs of all rows whose keys have this hash. */
export function check(hash: u32, rows: u32, shift: i32): void {
  const total = sort(hash, rows);
  for (let i: u32 = 0; i < total; i += 4) {
    // Where fewer than four are left, the last one is done again.
    for (let lane: u32 = 0; lane < 4; lane++) {
      store<u32>(FOUR + 4 * lane, load<u32>(ORDER + 4 * min(i + lane, total - 1)));
    }
    checkFour(hash, min<u32>(4, total - i), shift);
  }
}

/** Numbers of the rows with this hash to ORDER, by their blocks: those by which four messages differ are hashed for nothing. Returns how many there are. */
function sort(hash: u32, rows: u32): u32 {
  memory.fill(BINS, 0, 4 * (MOST_BLOCKS + 2));
  for (let row: u32 = 0; row < rows; row++) {
    if (!isFor(hash, row)) continue;
    const bin = BINS + 4 * (load<u32>(ROWS + ROW * row + ROW_BLOCKS) + 1);
    store<u32>(bin, load<u32>(bin) + 1);
  }
  for (let bin = BINS + 4; bin <= BINS + 4 * (MOST_BLOCKS + 1); bin += 4)
    store<u32>(bin, load<u32>(bin) + load<u32>(bin - 4));
  let total: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    if (!isFor(hash, row)) continue;
    const bin = BINS + 4 * load<u32>(ROWS + ROW * row + ROW_BLOCKS);
    const place = load<u32>(bin);
    store<u32>(ORDER + 4 * place, row);
    store<u32>(bin, place + 1);
    total += 1;
  }
  return total;
}

function isFor(hash: u32, row: u32): bool {
  const key = LOCKS + LOCK * load<u32>(ROWS + ROW * row + LOCK_NUMBER);
  return hash !== NO_HASH && load<u32>(key + HASH) === hash;
}
