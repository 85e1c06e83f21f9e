import { fontFiles } from './files.ts';
import { printFile } from './assets.ts';
import { mergeFonts, type MergedFont } from './merge.ts';
import { woffTables } from './woff.ts';

/** What all drawings are written in: Inter in two weights, and JetBrains Mono. */
export type Fonts = Readonly<Record<keyof typeof fontFiles, MergedFont>>;

let loading: Promise<Fonts> | null = null;

/** The fonts; read and put together once. */
export function fonts(): Promise<Fonts> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Fonts> {
  const font = async (names: readonly string[], family = 'Inter'): Promise<MergedFont> =>
    mergeFonts(
      (await Promise.all(names.map((name) => printFile(name)))).map((bytes) => woffTables(bytes)),
      family,
    );
  const [regular, semibold, mono] = await Promise.all([
    font(fontFiles.regular),
    font(fontFiles.semibold),
    font(fontFiles.mono, 'JetBrains Mono'),
  ]);
  return { regular, semibold, mono };
}
