import type { StreamPtime, StreamRow } from '../../../core/contract/streams.ts';
import { endText } from '../../../core/ladder/words.ts';
import { visible } from '../../../core/ladder/visible.ts';
import type { Severity } from '../../widgets/severity.ts';

/** What rides along and is no codec of its own. */
const quiet = new Set(['telephone-event', 'cn', 'red', 'ulpfec']);

/** The codec that carries sound or picture, with `SRTP` in front where it is: `PCMA`, `SRTP opus`, `type 97`. */
export function codecText({ payloadTypes, protection }: Pick<StreamRow, 'payloadTypes' | 'protection'>): string {
  const spoken = payloadTypes.find(({ codec }) => codec !== null && !quiet.has(codec.toLowerCase()));
  const [first] = payloadTypes;
  const codec = spoken?.codec ?? (first === undefined ? 'unknown' : `type ${first.pt}`);
  return visible(protection === null ? codec : `${protection} ${codec}`);
}

/** `20`, `22.5`: milliseconds with a decimal where that says something. */
export function msNumber(ms: number): string {
  return String(Math.round(ms * 10) / 10);
}

/** `20 ms`; `–` for what nobody knows. */
export function msText(ms: number | null): string {
  return ms === null ? '–' : `${msNumber(ms)} ms`;
}

/** Of those expected, how many never came: 0 to 100. */
export function lossPercent({ expected, missing }: Pick<StreamRow, 'expected' | 'missing'>): number {
  return expected > 0 ? (100 * missing) / expected : 0;
}

/** `0 %`, `0.31 %`, `12 %`. */
export function percentText(percent: number): string {
  if (percent === 0) return '0 %';
  if (percent < 0.01) return '< 0.01 %';
  return `${percent < 9.95 ? Number(percent.toPrecision(2)) : Math.round(percent)} %`;
}

/** The packet time that is seen: `20`, or `20 → 40` where it changed. */
export function seenText({ changes, payloadMs, timestampMs }: StreamPtime): string {
  const lengths = changes.map(({ ms }) => msNumber(ms));
  if (lengths.length > 1) return lengths.length > 3 ? `${lengths.slice(0, 3).join(' → ')} …` : lengths.join(' → ');
  const ms = payloadMs ?? timestampMs;
  return ms === null ? '' : msNumber(ms);
}

/** A verdict as word and severity, which has a shape and a colour. */
export function verdictLook({ verdict, changes }: Pick<StreamPtime, 'verdict' | 'changes'>): {
  readonly word: string;
  readonly severity: Severity;
} {
  switch (verdict) {
    case 'agree':
      return { word: 'agrees', severity: 'ok' };
    case 'mismatch':
      return { word: 'mismatch', severity: 'bad' };
    case 'over-maxptime':
      return { word: 'over maxptime', severity: 'bad' };
    case 'timestamp-clock-wrong':
      return { word: 'clock wrong', severity: 'bad' };
    case 'mixed':
      return { word: changes.length === 2 ? 'changes' : 'mixed', severity: 'bad' };
    default:
      return { word: 'unknown', severity: 'idle' };
  }
}

/** A MOS in the words of ITU-T G.107 annex B: how many users are content. */
export function mosLook(mos: number): { readonly word: string; readonly severity: Severity } {
  if (mos >= 4.03) return { word: 'good', severity: 'ok' };
  if (mos >= 3.6) return { word: 'fair', severity: 'info' };
  return mos >= 3.1 ? { word: 'poor', severity: 'warn' } : { word: 'bad', severity: 'bad' };
}

/** `10.0.0.1:4000 → 10.0.0.2:5000` */
export function pathText({ src, sport, dst, dport }: Pick<StreamRow, 'src' | 'sport' | 'dst' | 'dport'>): string {
  return `${endText(src, sport)} → ${endText(dst, dport)}`;
}

export function directionText(direction: StreamRow['direction']): string {
  if (direction === null) return '';
  return direction === 'caller-to-callee' ? 'to callee' : 'to caller';
}

/** Letter of a leg: A for 1. */
export function legLetter(leg: number): string {
  return leg >= 1 && leg <= 26 ? String.fromCodePoint(64 + leg) : String(leg);
}

/** `84.8 kbit/s` */
export function kbpsText(kbps: number | null): string {
  return kbps === null ? '' : `${kbps < 99.95 ? kbps.toFixed(1) : Math.round(kbps)} kbit/s`;
}

export { offsetText } from '../../../core/ladder/course-lines.ts';
