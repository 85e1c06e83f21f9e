import * as v from 'valibot';
import type { LiveOptions } from '../../contract/live.ts';

/** Characters of a name of an interface, a host or an address, and of a packet filter. */
const NAME = 255;
const BPF = 10_000;

const whole = (least: number, most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const maybe = v.exactOptional;
const port = whole(1, 65_535);

/** What may be asked of a live capture. Where its files go is not for a page to say: its surroundings leave `folder` out. */
export const liveOptions = v.strictObject({
  source: v.variant('from', [
    v.strictObject({
      from: v.literal('interface'),
      interface: text(NAME),
      backend: maybe(v.picklist(['dumpcap', 'tcpdump', 'cap'])),
    }),
    v.strictObject({
      from: v.literal('ssh'),
      host: text(NAME),
      port: maybe(port),
      interface: text(NAME),
      program: maybe(v.picklist(['dumpcap', 'tcpdump'])),
    }),
    v.strictObject({ from: v.literal('hep'), address: maybe(text(NAME)), port: maybe(port) }),
  ]),
  bpf: maybe(text(BPF)),
  snapLength: maybe(whole(64, 262_144)),
  fileBytes: maybe(whole(1_000_000, 16e9)),
  files: maybe(whole(2, 10_000)),
  calls: maybe(whole(1000, 10_000_000)),
  hepTo: maybe(v.strictObject({ address: text(NAME), port, agent: maybe(whole(0, 2 ** 32 - 1)) })),
  folder: maybe(text(4096)),
}) satisfies v.GenericSchema<unknown, LiveOptions>;
