import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { END, NEED } from '../../core/capture/input.ts';
import { openInputs } from '../../core/capture/inputs.ts';
import { CaptureError } from '../../core/capture/reader.ts';
import { drain, timeText } from './drain.ts';

/**
 * Captures of other projects, and what tshark 4.0 sees of them (corpus/expected.tsv, made by corpus/make.mjs): number of packets,
 * time to the last digit, lengths, link type.
 */
const captures = join(import.meta.dirname, '../../../shared/captures');

/** Numbers of encapsulations as tshark prints them (frame.encap_type), by LINKTYPE_. */
const encapsulations: Readonly<Record<number, number>> = {
  0: 15, 1: 1, 8: 3, 9: 4, 12: 7, 50: 4, 101: 7, 104: 28, 105: 20, 106: 11, 107: 26, 113: 25, 123: 13, 127: 23,
  129: 9, 137: 67, 149: 47, 160: 58, 178: 83, 192: 97, 195: 104, 228: 129, 229: 130, 239: 141, 253: 158, 255: 160,
  256: 161, 258: 171, 276: 210,
}; // prettier-ignore

/** Where we see something else than tshark: how many packets, and why. */
const different = new Map<string, { readonly packets: number; readonly why: string }>();

function because(why: string, files: Readonly<Record<string, number>>): void {
  for (const [file, packets] of Object.entries(files)) different.set(file, { packets, why });
}

because('a simple packet has no time: tshark leaves it out, we take that of the packet before it', {
  'gopacket-be-test010.pcapng': 4,
  'gopacket-be-test012.pcapng': 4,
  'gopacket-be-test016.pcapng': 4,
  'gopacket-be-test100.pcapng': 5,
  'gopacket-be-test101.pcapng': 4,
  'gopacket-be-test201.pcapng': 4,
  'gopacket-le-test010.pcapng': 4,
  'gopacket-le-test012.pcapng': 4,
  'gopacket-le-test016.pcapng': 4,
  'gopacket-le-test100.pcapng': 5,
  'gopacket-le-test101.pcapng': 4,
  'gopacket-le-test201.pcapng': 4,
});
because('tshark counts custom and unknown blocks as frames', {
  'gopacket-be-test017.pcapng': 0,
  'gopacket-be-test102.pcapng': 5,
  'gopacket-be-test202.pcapng': 8,
  'gopacket-le-test017.pcapng': 0,
  'gopacket-le-test102.pcapng': 5,
  'gopacket-le-test202.pcapng': 8,
});
because('Microsoft Network Monitor, which we do not read', { 'sipnab-rtsp-packets.cap': 0 });
because('a fraction of a second or more: tshark prints ten digits behind the point or overflows, we carry it over', {
  'tcpdump-timestamp_invalid_nano.pcap': 3,
  'ndpi-fuzz-2021-06-07-c6c72a0a56.pcap': 1,
  'pcpp-fuzz-4672344017862656.pcap': 1,
  'pcpp-fuzz-4829420752470016.pcap': 1,
  'pcpp-fuzz-5114733584449536.pcap': 1,
  'pcpp-fuzz-5165927376355328.pcap': 1,
  'pcpp-fuzz-5421416466481152.pcap': 1,
  'pcpp-fuzz-5487001111429120.pcap': 1,
  'pcpp-fuzz-5654053026791424.pcap': 1,
  'pcpp-fuzz-5669109772845056.pcap': 1,
  'pcpp-fuzz-5700358767902720.pcap': 1,
  'pcpp-fuzz-5781142119907328.pcap': 1,
  'pcpp-fuzz-6223613626941440.pcap': 1,
  'pcpp-fuzz-6604968558198784.pcap': 1,
});
because('tshark tries variants of the format and settles for another one; tcpdump sees the packets we see', {
  'pcpp-crash-exception-cast-constructed-record.pcap': 2,
  'pcpp-fuzz-5766899836387328.pcap': 1,
});
because('tshark refuses the whole file for its link type or the bits above it, we read its packets', {
  'pcpp-fuzz-5685520970809344.pcap': 1,
  'pcpp-fuzz-5752969003008000.pcap': 1,
  'tcpdump-juniper_es_oobr.pcap': 1,
  'tcpdump-vtp_asan.pcap': 5,
});
because('fewer bytes on the wire than were captured: we never say less than was captured', {
  'tcpdump-aoe-oobr-1.pcap': 1,
  'tcpdump-icmp-icmp_print-oobr-2.pcap': 3,
  'tcpdump-pim_header_asan-2.pcap': 3,
  'tcpdump-rsvp-rsvp_obj_print-oobr.pcap': 3,
  'tcpdump-slip-compressed_sl_print-oobr.pcap': 1,
  'tcpdump-slip-sliplink_print-oobr.pcap': 1,
});
because('tshark takes the pseudo header in front of ATM off the lengths', {
  'tcpdump-atm-oam-heapoverflow.pcap': 1,
  'tcpdump-atm-oam-loopback-print-overrun.pcap': 1,
});

interface Expected {
  readonly file: string;
  readonly packets: number;
  readonly digest: string;
}

const rows: Expected[] = readFileSync(join(import.meta.dirname, 'corpus/expected.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'))
  .map(([file = '', packets = '', digest = '']) => ({ file, packets: Number(packets), digest }));

async function seen(file: string): Promise<Expected> {
  const hash = createHash('sha256');
  const inputs = await openInputs([join(captures, file)], { spool: false }).catch((error: unknown) => {
    if (error instanceof CaptureError) return null;
    throw error;
  });
  let packets = 0;
  if (inputs !== null) {
    const { merged } = inputs;
    for (let step = merged.step(); step !== END; step = merged.step()) {
      if (step === NEED) {
        await merged.refill();
        continue;
      }
      packets += 1;
      const { reader } = merged.current;
      const original = Math.min(reader.original, 0x7fff_ffff);
      hash.update(`${timeText(reader)}\t${reader.captured}\t${original}\t${encapsulations[reader.linkType] ?? '?'}\n`);
    }
    expect(inputs.warnings.length).toBeLessThan(2);
    await inputs.close();
  }
  return { file, packets, digest: hash.digest('hex').slice(0, 16) };
}

/** The bytes of a capture without gzip around them. */
function bytesOf(file: string): Uint8Array {
  const bytes = readFileSync(join(captures, file));
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

const there = existsSync(captures);

describe.skipIf(!there)(
  `captures of other projects${there ? '' : ': skipped, as ../shared/captures is not there'}`,
  () => {
    test('have the packets that tshark sees', async () => {
      const wrong: string[] = [];
      for (const { file, packets, digest } of rows) {
        const found = await seen(file);
        const explained = different.get(basename(file));
        const same = found.digest === digest;
        if (explained === undefined ? !same : found.packets !== explained.packets || same) {
          wrong.push(
            `${file}: ${found.packets} packets, tshark ${packets}; ${same ? 'all as expected' : 'not as expected'}`,
          );
        }
      }
      expect(wrong).toEqual([]);
    }, 60_000);

    test('are read alike in pieces of 1, 7 and 4,096 bytes', async () => {
      for (const [piece, limit] of [
        [1, 5_000],
        [7, 50_000],
        [4096, Infinity],
      ] as const) {
        for (const { file } of rows) {
          const bytes = bytesOf(file);
          if (bytes.length > limit || file.endsWith('sipnab-rtsp-packets.cap')) continue;
          const whole = await drain(bytes);
          const pieces = await drain(bytes, piece);
          expect({ file, packets: pieces.packets, damage: pieces.damage }).toEqual({
            file,
            packets: whole.packets,
            damage: whole.damage,
          });
        }
      }
    }, 60_000);
  },
);
