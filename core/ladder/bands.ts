import type { LadderBand } from '../contract/ladder.ts';
import type { LadderStream } from './input.ts';
import { fitText, textWidth } from './metrics.ts';
import { shown } from './visible.ts';
import { span } from './words.ts';

const HEIGHT = 36;
/** Width of a band whose stream begins and ends on one lane. */
const ALONE = 160;

/** Room a band's label would like to have between its lanes. */
export function bandRoom(stream: LadderStream): number {
  return textWidth(labelOf(stream, true), 12, 'bold') + 20;
}

/** The band of `stream` with its top at `y`; `timeOf` writes a time. */
export function placeBand(
  stream: LadderStream,
  from: number,
  to: number,
  xs: readonly number[],
  y: number,
  timeOf: (timeNs: number) => string,
): LadderBand {
  const left = Math.min(xs[from] as number, xs[to] as number);
  const width = from === to ? ALONE : Math.abs((xs[to] as number) - (xs[from] as number));
  const warning = stream.warning === null ? null : shown(stream.warning);
  const time = timeOf(stream.startNs);
  const duration = span(stream.endNs - stream.startNs);
  const middle = left + Math.round(width / 2);
  const second = warning === null ? `for ${duration}` : `${warning} · for ${duration}`;
  return {
    kind: 'band',
    from,
    to,
    label: shown(stream.label),
    warning,
    time,
    duration,
    y: y + HEIGHT / 2,
    box: { x: left, y, width, height: HEIGHT },
    texts: [
      {
        text: fitText(labelOf(stream, from <= to), width - 12, 12, 'bold'),
        x: middle,
        y: y + 15,
        anchor: 'middle',
        style: 'strong',
        ink: warning === null ? 'success' : 'bad',
      },
      {
        text: fitText(second, width - 12, 11, 'regular'),
        x: middle,
        y: y + 29,
        anchor: 'middle',
        style: 'small',
        ink: warning === null ? 'muted' : 'bad',
      },
    ],
  };
}

export const BAND_HEIGHT = HEIGHT;

function labelOf({ label }: LadderStream, right: boolean): string {
  return right ? `${shown(label)} →` : `← ${shown(label)}`;
}
