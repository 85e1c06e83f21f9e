import * as v from 'valibot';
import { liveBackends, type LiveOptions } from '../core/contract/live.ts';

/** Characters of a packet filter. */
export const BPF = 10_000;
/** Characters of the name of a host or an interface. */
const NAME = 255;

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(NAME));
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const whole = (least: number, most: number): v.GenericSchema<unknown, number> =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const [dumpcap, tcpdump, cap] = liveBackends;

/** What a page may ask to be captured; where the files go is not for it to say. Bounds are those of `LiveOptions`. */
export const liveOptions: v.GenericSchema<unknown, LiveOptions> = v.strictObject({
  source: v.variant('from', [
    v.strictObject({
      from: v.literal('interface'),
      interface: name,
      backend: v.exactOptional(v.picklist([dumpcap, tcpdump, cap])),
    }),
    v.strictObject({
      from: v.literal('ssh'),
      host: name,
      port: v.exactOptional(port),
      interface: name,
      program: v.exactOptional(v.picklist([dumpcap, tcpdump])),
    }),
    v.strictObject({ from: v.literal('hep'), address: v.exactOptional(name), port: v.exactOptional(port) }),
  ]),
  bpf: v.exactOptional(v.pipe(v.string(), v.maxLength(BPF))),
  snapLength: v.exactOptional(whole(64, 262_144)),
  fileBytes: v.exactOptional(whole(1_000_000, 16e9)),
  files: v.exactOptional(whole(2, 10_000)),
  calls: v.exactOptional(whole(1000, 10_000_000)),
  hepTo: v.exactOptional(v.strictObject({ address: name, port, agent: v.exactOptional(whole(0, 2 ** 32 - 1)) })),
});
