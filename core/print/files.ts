/** Scripts that the fonts cover, a file each; of a character that several have, the first draws it. */
const interScripts = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'];
const monoScripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'];

/** The three fonts of a drawing, in parts. */
export const fontFiles = {
  regular: interScripts.map((script) => `inter-${script}-400-normal.woff`),
  semibold: interScripts.map((script) => `inter-${script}-600-normal.woff`),
  mono: monoScripts.map((script) => `jetbrains-mono-${script}-400-normal.woff`),
} as const;

/**
 * Files that drawing needs, by the names they have in `print/` beside the built program, and where in `node_modules` they come
 * from. The build copies them (`vite.cli.config.ts`), licences included.
 */
export const printFiles: ReadonlyMap<string, string> = new Map([
  ['resvg.wasm', '@resvg/resvg-wasm/index_bg.wasm'],
  ['inter-license.txt', '@fontsource/inter/LICENSE'],
  ['jetbrains-mono-license.txt', '@fontsource/jetbrains-mono/LICENSE'],
  ...[...fontFiles.regular, ...fontFiles.semibold].map((name) => [name, `@fontsource/inter/files/${name}`] as const),
  ...fontFiles.mono.map((name) => [name, `@fontsource/jetbrains-mono/files/${name}`] as const),
]);
