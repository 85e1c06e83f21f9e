import { describe, expect, it, test } from 'vitest';
import { EspAssociation, Learnt, MAX_TRIES } from '../../core/decode/esp-association.ts';
import { Associations, MAX_LISTED, Opening } from '../../core/decode/esp-associations.ts';
import { Icv } from '../../core/decode/esp-lock.ts';
import { Ledger } from '../../core/decode/ledger.ts';
import { Packet } from '../../core/decode/packet.ts';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';
import { feedProtected, packet4, protectedFrame } from './protected.ts';

/* The table of security associations: found by destination and SPI, bounded, with numbers that stay; and their sequence numbers. */

const MS = 1_000_000;
const suite = { encryption: 'null', authentication: 'unknown', keySource: 'null-heuristic' } as const;

function open(table: Associations, association: EspAssociation): number {
  return table.numberOf(association, Opening.Guessed, Icv.Unchecked, suite);
}

describe('the table', () => {
  it('knows an association by destination and SPI, whoever sends', () => {
    const table = new Associations();
    const one = table.of(1, 2, 300);
    expect(table.of(9, 2, 300)).toBe(one);
    expect(table.of(1, 3, 300)).not.toBe(one);
    expect(table.of(1, 2, 301)).not.toBe(one);
    expect(one).toMatchObject({ src: 1, dst: 2, spi: 300, number: 0 });
  });

  it('forgets those that were idle for longest, but not those that were opened', () => {
    const table = new Associations(8);
    const opened = table.of(1, 2, 1);
    expect(open(table, opened)).toBe(1);
    for (let spi = 2; spi < 100; spi++) table.of(1, 2, spi).failed();
    expect(table.size).toBe(8);
    expect(table.get(1)).toMatchObject({ spi: 1, encryption: 'null' });
    expect(opened).toMatchObject({ spi: 1, number: 1 });
    // It is not known by its SPI any more; when it is opened again, it is another one.
    const again = table.of(1, 2, 1);
    expect(again).not.toBe(opened);
    expect(again).toMatchObject({ learnt: Learnt.Nothing, number: 0 });
    expect(open(table, again)).toBe(2);
    expect(table.opened).toHaveLength(2);
  });

  it('a place that is used again keeps nothing of what was there', () => {
    const table = new Associations(1);
    // Those that are listed are kept.
    for (let spi = 0; spi < MAX_LISTED; spi++) table.of(1, 2, 1000 + spi);
    const first = table.of(1, 2, 300);
    for (let tries = 0; tries < MAX_TRIES; tries++) first.failed();
    first.arrived(5000, 0);
    first.agrees(0, 77);
    expect(first.learnt).toBe(Learnt.Encrypted);
    const second = table.of(3, 4, 300);
    expect(second).toMatchObject({ src: 3, dst: 4, learnt: Learnt.Nothing });
    expect(second.arrived(5000, 400 * MS)).toBe(false);
    expect(second.agrees(0, 77)).toBe(false);
  });

  it('an association that is opened twice keeps its number', () => {
    const table = new Associations();
    const one = table.of(1, 2, 300);
    expect([open(table, one), open(table, one)]).toStrictEqual([1, 1]);
    expect([one.number, table.opened.length]).toStrictEqual([1, 1]);
  });
});

test('when no more can be opened, what comes is left out and counted as that', () => {
  const model = new Decoding().packet;
  const { routes, addresses, faults, fragments, sink, mediaSink } = model;
  const packet = new Packet({
    routes,
    addresses,
    faults,
    fragments,
    sink,
    mediaSink,
    ledger: new Ledger(),
    associations: new Associations(16, 2),
  });
  const outcomes = [1, 2, 3, 1].map((spi) => {
    const bytes = protectedFrame(packet4, { spi });
    packet.bytes = bytes;
    packet.view = new DataView(bytes.buffer);
    packet.end = bytes.length;
    packet.begin();
    routes.link(1)(packet, 0, bytes.length);
    return packet.outcome;
  });
  const [sip, , limit] = outcomes;
  expect(outcomes).toStrictEqual([sip, sip, limit, sip]);
  expect(faults.list().map(({ kind }) => kind.code)).toStrictEqual(['association-limit']);
});

test('many associations, each with one packet, cost a bounded table', () => {
  const decoding = new Decoding();
  const body = new build.Random(9).bytes(40);
  for (let spi = 1; spi <= 70_000; spi++) decoding.packet.associations.of(1, 2, spi).arrived(body[0] as number, 0);
  expect(decoding.packet.associations.size).toBe(1 << 16);
});

describe('sequence numbers', () => {
  const seen = (numbers: readonly (readonly [sequence: number, ms: number])[]): boolean[] => {
    const association = new EspAssociation(1, 2, 3);
    return numbers.map(([sequence, ms]) => association.arrived(sequence, ms * MS));
  };

  it.each<[string, (readonly [number, number])[], boolean[]]>([
    [
      'in order',
      [
        [1, 0],
        [2, 1],
        [3, 900],
      ],
      [false, false, false],
    ],
    [
      'out of order, a loss',
      [
        [5, 0],
        [7, 1],
        [6, 2],
        [40, 3],
        [39, 4],
      ],
      [false, false, false, false, false],
    ],
    [
      'a copy in the capture',
      [
        [5, 0],
        [5, 1],
        [5, 249],
      ],
      [false, false, false],
    ],
    [
      'a replayed packet',
      [
        [5, 0],
        [6, 1],
        [5, 252],
        [6, 600],
      ],
      [false, false, true, true],
    ],
    [
      'one from before the capture began',
      [
        [50, 0],
        [48, 900],
      ],
      [false, false],
    ],
    [
      'one too old to tell',
      [
        [50, 0],
        [10, 900],
        [10, 901],
      ],
      [false, false, false],
    ],
    [
      'a new association',
      [
        [500, 0],
        [1, 900],
        [2, 901],
        [1, 902],
      ],
      [false, false, false, false],
    ],
    [
      'a new association whose first packets are lost',
      [
        [9000, 0],
        [3, 900],
        [4, 901],
        [3, 902],
      ],
      [false, false, false, false],
    ],
    [
      'a number that begins again after 2^32 (extended numbers)',
      [
        [0xffff_ffff, 0],
        [0, 1],
        [1, 2],
        [0, 900],
      ],
      [false, false, false, true],
    ],
  ])('%s', (_, numbers, replayed) => {
    expect(seen(numbers)).toStrictEqual(replayed);
  });

  it('a replayed packet is a fault and read all the same', () => {
    const decoding = new Decoding();
    feedProtected(decoding, [packet4, packet4]);
    expect(feedProtected(decoding, [packet4], { first: 2, how: { time: 1 } })).toStrictEqual(['sip']);
    expect(decoding.faultCodes()).toStrictEqual(['esp/replayed']);
  });
});
