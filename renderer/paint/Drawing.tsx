import { SANS, type Theme } from '../../core/ladder/theme.ts';

/** What a text has from the drawing and need not say again. */
export const TEXT_SIZE = 12;

export interface DrawingProps extends React.SVGAttributes<SVGSVGElement> {
  readonly theme: Theme;
  /** Pixels of the scene at 100 %. */
  readonly width: number;
  /** Heights of the scene that it shows. */
  readonly from: number;
  readonly to: number;
  readonly ref?: React.Ref<SVGSVGElement>;
}

/** An `<svg>` that shows a scene, or a horizontal slice of it, at 100 %; font and colour of what is painted in it come from here. */
export function Drawing({ theme, width, from, to, children, ...rest }: DrawingProps): React.JSX.Element {
  return (
    <svg
      {...rest}
      width={width}
      height={to - from}
      viewBox={`0 ${from} ${width} ${to - from}`}
      fontFamily={SANS}
      fontSize={TEXT_SIZE}
      fill={theme.ink.text}
    >
      {children}
    </svg>
  );
}
