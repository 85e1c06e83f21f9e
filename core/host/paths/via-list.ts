import { HeaderFinder } from '../../decode/sip-field.ts';
import { readVias, type Via } from '../../decode/sip-via.ts';

/** More hops than this no message walked; what lists more is not read to its end. */
const MOST = 256;

const finder = new HeaderFinder('Via');

/** All Vias of the message that fills `bytes`, the topmost first. */
export function viaList(bytes: Uint8Array): Via[] {
  const vias: Via[] = [];
  if (!finder.findFirst(bytes, 0, bytes.length)) return vias;
  do vias.push(...readVias(bytes, finder.valueAt, finder.valueEnd));
  while (vias.length < MOST && finder.find(bytes, finder.next, bytes.length));
  return vias.slice(0, MOST);
}
