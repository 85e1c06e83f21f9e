import type { EspAssociation } from '../decode/esp-association.ts';
import type { Associations } from '../decode/esp-associations.ts';
import { DESTINATION, HIGHEST, LAST_FRAME, NEWEST, OWNED_WITH, SEEN, TAKEN } from '../programs/esp/places.ts';
import type { EspProgram } from './esp-program.ts';

/** Security associations in which the program takes note of packets, until they are settled. */
export class OwnedAssociations {
  private readonly program: EspProgram;
  private all: Associations | null = null;
  /** Where in memory they are; and which is where. */
  private readonly places: number[] = [];
  private readonly at = new Map<number, EspAssociation>();

  constructor(program: EspProgram) {
    this.program = program;
  }

  /** From now on the program takes note of its packets, which have the key with this number; `place` is where. It is one of `all`. */
  own(all: Associations, association: EspAssociation, place: number, lock: number, destination: number): void {
    const { words, doubles } = this.program;
    const at = place >> 2;
    // It may be there for another one, with the same SPI to another destination.
    if (words[at + (OWNED_WITH >> 2)] !== 0) this.settle();
    words[at + (DESTINATION >> 2)] = destination;
    words[at + (OWNED_WITH >> 2)] = lock + 1;
    words[at + (HIGHEST >> 2)] = association.highest;
    words[at + (SEEN >> 2)] = association.seen;
    doubles[(place + NEWEST) >> 3] = association.newest;
    words[at + (TAKEN >> 2)] = 0;
    this.all = all;
    this.places.push(place);
    this.at.set(place, association);
  }

  /** The association at a place; null where none is owned there. */
  get(place: number): EspAssociation | null {
    return this.at.get(place) ?? null;
  }

  /** Tells all of them of the packets that came, in the order of the last ones; none is owned any more. */
  settle(): void {
    const { places, program } = this;
    if (places.length === 0) return;
    const { words } = program;
    if (places.length > 1)
      places.sort((a, b) => (words[(a + LAST_FRAME) >> 2] as number) - (words[(b + LAST_FRAME) >> 2] as number));
    for (const place of places) this.settleOne(place);
    places.length = 0;
    this.at.clear();
  }

  private settleOne(place: number): void {
    const { words, doubles } = this.program;
    const at = place >> 2;
    const association = this.at.get(place) as EspAssociation;
    const taken = words[at + (TAKEN >> 2)] as number;
    words[at + (OWNED_WITH >> 2)] = 0;
    if (taken === 0) return;
    association.highest = (words[at + (HIGHEST >> 2)] as number) >>> 0;
    association.seen = words[at + (SEEN >> 2)] as number;
    association.newest = doubles[(place + NEWEST) >> 3] as number;
    association.counted(taken, words[at + (LAST_FRAME >> 2)] as number);
    // Those that are idle are forgotten first.
    this.all?.of(association.src, association.dst, association.spi);
  }
}
