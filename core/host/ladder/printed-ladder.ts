import type { LadderExport } from '../../contract/api.ts';
import type { LadderScene } from '../../contract/ladder.ts';

/** Formats of a ladder that are bytes. Both are drawings, in which messages of a loop may be left out. */
const printedFormats = ['png', 'pdf'] as const;
export type PrintedFormat = (typeof printedFormats)[number];

export function printedFormat(name: string): PrintedFormat | null {
  return printedFormats.find((format) => format === name) ?? null;
}

/** The whole document. Renderer and fonts are loaded with the first that is asked for. */
export async function printedLadder(
  format: PrintedFormat,
  scene: LadderScene,
  { theme = 'light', pixelRatio }: Pick<LadderExport, 'theme' | 'pixelRatio'>,
): Promise<Uint8Array> {
  const { pdf, png } = await import('../../print/index.ts');
  return format === 'png'
    ? png(scene, { theme, ...(pixelRatio === undefined ? {} : { pixelRatio }) })
    : pdf(scene, { theme });
}
