import { useId, useMemo, type JSX } from 'react';
import style from './Listen.module.css';

interface WaveProps {
  readonly min: readonly number[];
  readonly max: readonly number[];
  /** Of each bucket: 1: packets never came, 2: too late. */
  readonly missing: readonly number[];
  readonly muted: boolean;
}

/** Loudest sample, and the height of the drawing in its own units. */
const LOUDEST = 32_768;

/** The picture of a channel: what is loud, and where something is missing. */
export function Wave({ min, max, missing, muted }: WaveProps): JSX.Element {
  const id = useId();
  const path = useMemo(() => outline(min, max), [min, max]);
  const holes = useMemo(() => holesOf(missing), [missing]);
  const width = Math.max(1, missing.length, max.length);
  return (
    <svg
      className={[style.wave, muted ? style.muted : ''].join(' ')}
      viewBox={`0 ${-LOUDEST} ${width} ${2 * LOUDEST}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <defs>
        <pattern id={id} width={6} height={2 * LOUDEST} patternUnits="userSpaceOnUse">
          <rect width={3} height={2 * LOUDEST} className={style.late} />
        </pattern>
      </defs>
      {holes.map(({ from, to, what }) => (
        <rect
          key={from}
          x={from}
          y={-LOUDEST}
          width={to - from}
          height={2 * LOUDEST}
          className={what === 1 ? style.lost : undefined}
          fill={what === 1 ? undefined : `url(#${id})`}
        />
      ))}
      <line x1={0} x2={width} y1={0} y2={0} className={style.middle} />
      <path d={path} className={style.sound} />
    </svg>
  );
}

/** Along the greatest samples, and back along the least. Silence is a line, so that it can be told from nothing. */
function outline(min: readonly number[], max: readonly number[]): string {
  if (max.length === 0) return '';
  // Samples grow upwards, the drawing downwards.
  const above = max.map((value, i) => `${i} ${-value - 150}H${i + 1}`);
  const below = min.map((value, i) => `${i + 1} ${-value + 150}H${i}`).toReversed();
  return `M${above.join('L')}L${below.join('L')}Z`;
}

interface Hole {
  readonly from: number;
  readonly to: number;
  readonly what: number;
}

/** Stretches of buckets that miss the same. */
export function holesOf(missing: readonly number[]): readonly Hole[] {
  const holes: Hole[] = [];
  for (const [at, what] of missing.entries()) {
    if (what === 0) continue;
    const last = holes.at(-1);
    if (last?.to === at && last.what === what) holes[holes.length - 1] = { ...last, to: at + 1 };
    else holes.push({ from: at, to: at + 1, what });
  }
  return holes;
}
