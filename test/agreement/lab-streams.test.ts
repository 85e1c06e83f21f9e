import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StreamRow } from '../../core/contract/streams.ts';
import { readStreams } from '../capture-session.ts';

/** The lab captures with media, made with real software: what really was sent, and what was wrong with it. */
const lab = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'lab');
const here = existsSync(lab);

interface Sent {
  readonly src: string;
  readonly dst: string;
  readonly ssrc: string;
  readonly codec: string;
  readonly intended_spacing_ms: number;
  readonly payload_bytes: number;
  readonly packets_sent: number;
  readonly not_sent_seq: readonly number[];
}
interface Call {
  readonly name: string;
  readonly callid: string;
  readonly caller?: string;
  readonly signalling?: readonly string[];
  readonly rtp: readonly Sent[];
}

function callsOf(name: string): readonly Call[] {
  return (JSON.parse(readFileSync(join(lab, `${name}.truth.json`), 'utf8')) as { readonly calls: readonly Call[] })
    .calls;
}

/** What is wrong on purpose: verdicts by call and sender; everything else is clean. */
const verdicts: Readonly<Record<string, { readonly caller?: string; readonly callee?: string }>> = {
  'ptime-reject': { callee: 'over-maxptime' },
  'declared20-sent40': { caller: 'mismatch', callee: 'mismatch' },
  wrongclock: { caller: 'timestamp-clock-wrong' },
  'maxptime-broken': { callee: 'over-maxptime' },
  'both-ignore': { caller: 'mismatch', callee: 'mismatch' },
};

describe.skipIf(!here)('media of the lab captures (skipped where the collection is not beside the project)', () => {
  test('ptime-mismatch: every stream with its call, sender, packets and verdict', async () => {
    const rows = await readStreams(join(lab, 'ptime-mismatch.pcap'));
    const calls = callsOf('ptime-mismatch');
    const seen = calls.flatMap((call) => call.rtp.map((sent) => summary(rowOf(rows, sent))));
    const wanted = calls.flatMap((call) =>
      call.rtp.map((sent) => {
        const side = hostOf(sent.src) === hostOf(call.caller ?? '') ? 'caller' : 'callee';
        return {
          callId: call.callid,
          sender: side,
          codec: sent.codec.toLowerCase(),
          packets: sent.packets_sent,
          lost: sent.not_sent_seq.length,
          ms: sent.intended_spacing_ms,
          verdict: verdicts[call.name]?.[side] ?? 'agree',
        };
      }),
    );
    expect(seen).toEqual(wanted);
    expect(rows).toHaveLength(wanted.length);
  });

  test('ptime-mismatch: warnings on what was wrong, and on nothing else', async () => {
    const rows = await readStreams(join(lab, 'ptime-mismatch.pcap'));
    for (const { name, callid } of callsOf('ptime-mismatch')) {
      const warned = rows.filter((row) => row.callId === callid && row.warning !== null).length;
      const wrong = Object.keys(verdicts[name] ?? {}).length + (name === 'loss-jitter' ? 1 : 0);
      expect(warned, name).toBe(wrong);
    }
  });

  test('one-way-nat: who was heard, and where addresses were not those of the SDP', async () => {
    const rows = await readStreams(join(lab, 'one-way-nat.pcap'));
    const calls = callsOf('one-way-nat');
    const told = Object.fromEntries(
      calls.map(({ callid, name }) => [
        name,
        rows
          .filter((row) => row.callId === callid)
          .map(({ addressNote, direction, ptime, warning }) =>
            [
              direction,
              ptime.verdict,
              addressNote === null ? '' : 'other address',
              warning === null ? '' : /one way/iu.test(warning) ? 'one way' : 'warning',
            ]
              .join(' ')
              .trim(),
          ),
      ]),
    );
    expect(told).toEqual({
      'no-rtp': [],
      'nat-oneway': ['caller-to-callee agree other address one way'],
      'nat-latched': ['caller-to-callee agree other address', 'callee-to-caller agree other address'],
      'oneway-nonat': ['callee-to-caller agree  one way'],
      hold: ['caller-to-callee agree', 'callee-to-caller agree'],
      'wrong-port': ['caller-to-callee agree other address warning', 'callee-to-caller agree'],
      'sendonly-answer': ['callee-to-caller agree'],
      'both-ok': ['caller-to-callee agree', 'callee-to-caller agree'],
      'callee-nat': ['callee-to-caller agree other address one way'],
    });
    expect(rows).toHaveLength(calls.flatMap(({ rtp }) => rtp).length);
  });

  test('transcoding: two legs of each call, of other codecs and packet times, nothing wrong', async () => {
    const rows = await readStreams(join(lab, 'transcoding.pcap'));
    expect(rows.map(({ warning }) => warning)).toEqual(rows.map(() => null));
    const legs = new Set(
      rows.map(({ direction, leg, payloadTypes, ptime }) =>
        [leg, payloadTypes[0]?.codec, direction, ptime.payloadMs, ptime.verdict].join(' '),
      ),
    );
    expect([...legs].toSorted()).toEqual([
      '1 PCMA callee-to-caller 20 agree',
      '1 PCMA caller-to-callee 30 agree',
      '2 PCMU callee-to-caller 20 agree',
      '2 PCMU caller-to-callee 20 agree',
    ]);
  });

  test.each(['b2bua', 'parallel-fork', 'load', 'dispatcher', 'spiral', 'ims-esp-b'])(
    '%s: no stream where no RTP was',
    async (name) => {
      const rows = await readStreams(join(lab, `${name}.pcap`));
      expect(rows.filter(({ recognisedBy }) => recognisedBy === 'content')).toEqual([]);
    },
  );
});

function rowOf(rows: readonly StreamRow[], sent: Sent): StreamRow | undefined {
  return rows.find(({ dport, dst, ssrc }) => ssrc === sent.ssrc && `${dst}:${dport}` === sent.dst);
}

function hostOf(end: string): string {
  return end.split(':')[0] ?? '';
}

function summary(row: StreamRow | undefined): unknown {
  return {
    callId: row?.callId,
    sender: row?.direction === 'caller-to-callee' ? 'caller' : 'callee',
    codec: row?.payloadTypes[0]?.codec?.toLowerCase(),
    packets: row?.packets,
    lost: row?.lost,
    ms: row?.ptime.payloadMs,
    verdict: row?.ptime.verdict,
  };
}
