import type { HeardStream, Waveform, WaveformChannel } from '../../../../core/contract/audio.ts';
import { countOf, countText } from '../../../app/words.ts';

/** `0:04.2`, `12:31.0`, `1:02:03.4` */
export function clockText(seconds: number): string {
  // What is cut off is cut off everywhere: no 0:60.0.
  const tenths = Math.floor(Math.max(0, seconds) * 10 + 1e-6);
  const [hours, minutes] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60];
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** The same to be spoken: `2 minutes 5.2 seconds`. */
export function spokenTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = `${(Math.floor((seconds % 60) * 10 + 1e-6) / 10).toFixed(1)} seconds`;
  return minutes > 0 ? `${countOf(minutes, 'minute')} ${rest}` : rest;
}

/** Seconds since 1970 of a second of the sound. */
export function momentOf({ stretches }: Waveform, seconds: number): number | null {
  const stretch = stretches.findLast(({ at }) => at <= seconds) ?? stretches[0];
  return stretch === undefined ? null : Number(stretch.ts) + (seconds - stretch.at);
}

/** Who is heard. */
export function whoSpeaks({ direction, from }: WaveformChannel): string {
  if (direction === null) return from;
  return direction === 'caller-to-callee' ? 'Caller' : 'Callee';
}

/** What became of the packets: `193 packets played, 3 lost, 1 too late`. */
export function heardText(heard: readonly HeardStream[]): string {
  const sum = (of: (one: HeardStream) => number): number => heard.reduce((total, one) => total + of(one), 0);
  const all = [
    [sum(({ lost }) => lost), 'lost'],
    [sum(({ late }) => late), 'too late'],
    [sum(({ duplicates }) => duplicates), 'doubled'],
    [sum(({ dropped }) => dropped), 'overlapped'],
    [sum(({ cut }) => cut), 'cut short by the capture'],
  ] as const;
  const odd = all.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  const restarts = sum((one) => one.restarts);
  const jumps = restarts > 0 ? [restarts === 1 ? 'moved once' : `moved ${countText(restarts)} times`] : [];
  return [
    `${countOf(
      sum(({ played }) => played),
      'packet',
    )} played`,
    ...odd,
    ...jumps,
  ].join(', ');
}
