import type { StreamLine } from '../../../core/contract/streams.ts';
import { bytesText, countOf, countText } from '../../app/words.ts';
import { kbpsText, lossPercent, msText, offsetText, percentText } from './words.ts';

/** A group of figures of a stream; a value is null where it has no such thing. */
export interface FactGroup {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string | null])[];
}

/** All that is known of a stream beside its packet time. `from`: where the axis of time begins, epoch seconds. */
export function factsOf(stream: StreamLine, from: number): readonly FactGroup[] {
  return [quality(stream), packets(stream), reported(stream), payload(stream, from), wire(stream)];
}

function quality({ mos, mosReason, protection }: StreamLine): FactGroup {
  const inputs = mos?.inputs ?? null;
  return {
    title: 'MOS (ITU-T G.107)',
    facts: [
      [
        'MOS',
        mos === null
          ? (mosReason ?? null)
          : `${mos.value.toFixed(2)}${inputs?.scale === 'wideband' ? ', wide band (G.107.1)' : ''}`,
      ],
      ['R factor', inputs === null ? null : inputs.rFactor.toFixed(1)],
      ['Codec', inputs === null ? null : `${inputs.codec}: Ie ${inputs.ie}, Bpl ${inputs.bpl ?? '–'}`],
      // The E-model hears nothing: what it takes is as good of encrypted sound, as far as SDP names the codec.
      ...(inputs === null || protection === null ? [] : [['Sound', `${protection}, not looked at`] as const]),
      ['Lost', inputs === null ? null : percentText(inputs.lossPercent)],
      ['Too late for the buffer', inputs === null ? null : percentText(inputs.discardPercent)],
      ['Jitter buffer', inputs === null ? null : msText(inputs.jitterBufferMs)],
      ['Delay, one way', inputs === null ? null : msText(inputs.delayMs)],
      ['Burst ratio', inputs === null ? null : String(inputs.burstRatio)],
    ],
  };
}

function packets(stream: StreamLine): FactGroup {
  const { gaps, longestGap, restarts, duplicates, outOfOrder, jitterRfc3550, skewPpm } = stream;
  return {
    title: 'Measured',
    facts: [
      ['Packets', `${countText(stream.packets)} of ${countText(stream.expected)} expected`],
      ['Never came', `${countText(stream.missing)}, ${percentText(lossPercent(stream))}`],
      ['Gaps', gaps === 0 ? '0' : `${countText(gaps)}, the longest of ${countOf(longestGap, 'packet')}`],
      ['Late, twice', `${countText(outOfOrder)}, ${countText(duplicates)}`],
      ['Sequence went on elsewhere', countOf(restarts, 'time')],
      [
        'Jitter, mean and most',
        stream.meanJitterMs === null ? null : `${fine(stream.meanJitterMs)} / ${fine(stream.maxJitterMs ?? 0)} ms`,
      ],
      [
        'The same with marked packets',
        jitterRfc3550 === null ? null : `${fine(jitterRfc3550.meanMs)} / ${fine(jitterRfc3550.maxMs)} ms`,
      ],
      ['Spacing, mean and longest', `${fine(stream.meanDeltaMs)} / ${fine(stream.maxDeltaMs)} ms`],
      ['Clock of the sender', skewPpm === null ? null : skewText(skewPpm)],
    ],
  };
}

function reported({ rtcp }: StreamLine): FactGroup {
  const trip = rtcp?.roundTripMs ?? null;
  const xr = rtcp?.xr ?? null;
  return {
    title: 'Reported (RTCP)',
    facts: [
      ['Sender reports', rtcp === null ? null : reportsText(rtcp.senderReports, rtcp.sentPackets)],
      ['Receiver reports', rtcp === null ? null : String(rtcp.receiverReports)],
      [
        'Lost, by the receiver',
        typeof rtcp?.lost === 'number'
          ? `${countText(rtcp.lost)}, last ${percentText(rtcp.lossPercent ?? 0)}, worst ${percentText(rtcp.maxLossPercent ?? 0)}`
          : null,
      ],
      [
        'Jitter, last and most',
        typeof rtcp?.jitterMs === 'number' ? `${fine(rtcp.jitterMs)} / ${fine(rtcp.maxJitterMs ?? 0)} ms` : null,
      ],
      ['Round trip', trip === null ? null : `${fine(trip.mean)} ms (${fine(trip.min)} to ${fine(trip.max)})`],
      [
        'Extended report',
        xr === null
          ? null
          : `lost ${percentText(xr.lossPercent)}, discarded ${percentText(xr.discardPercent)}, MOS ${xr.mosListening ?? '–'}`,
      ],
    ],
  };
}

function payload(stream: StreamLine, from: number): FactGroup {
  const { payloadTypes, dtmf, comfortNoise, payloadTypeChanges, protection, clockFrom } = stream;
  const digits = dtmf.map(
    ({ key, ts, durationMs, unended }) =>
      `${key} at ${offsetText(Number(ts) - from, 1)} (${Math.round(durationMs)} ms${unended ? ', no end' : ''})`,
  );
  return {
    title: 'Payload',
    facts: [
      ...payloadTypes.map(({ pt, codec, clockRate, packets: count }): readonly [string, string] => [
        `Type ${pt}`,
        `${codec ?? 'unknown'}${clockRate === null ? '' : `/${clockRate}`}, ${countOf(count, 'packet')}`,
      ]),
      ['Clock known from', clockFrom === 'sdp' ? 'SDP' : clockFrom === 'static' ? 'its static type' : clockFrom],
      ['Encrypted', protection ?? 'no'],
      ['DTMF', digits.length === 0 ? 'none' : digits.join(', ')],
      ['Comfort noise', countOf(comfortNoise, 'packet')],
      ['Changes of the type', String(payloadTypeChanges)],
    ],
  };
}

function wire(stream: StreamLine): FactGroup {
  return {
    title: 'On the wire',
    facts: [
      ['Bytes', `${bytesText(stream.payloadBytes)} of payload in ${bytesText(stream.wireBytes)}`],
      ['Share of payload', `${(100 * stream.payloadShare).toFixed(0)} %`],
      ['On the link', kbpsText(stream.kbpsLayer2) || null],
      ['IP packets', kbpsText(stream.kbpsLayer3) || null],
      ['Recognised by', stream.recognisedBy === 'sdp' ? 'SDP' : 'its packets: nothing announced it'],
      ['First packet', `frame ${countText(stream.frame)}`],
      ['SSRC', stream.ssrc],
    ],
  };
}

function reportsText(reports: number, sent: number | null): string {
  return sent === null ? String(reports) : `${reports}, the last counts ${countOf(sent, 'packet')}`;
}

function skewText(ppm: number): string {
  if (ppm === 0) return 'right';
  return `${Math.abs(ppm)} ppm ${ppm > 0 ? 'fast' : 'slow'}`;
}

/** Milliseconds to the hundredth. */
function fine(ms: number): string {
  return ms.toFixed(2);
}
