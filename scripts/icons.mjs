/** Draws the pictures of the program in all sizes that systems ask for: packaging/icon.svg → packaging/icons/. */
import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const packaging = join(import.meta.dirname, '..', 'packaging');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
const svg = readFileSync(join(packaging, 'icon.svg'), 'utf8');
mkdirSync(join(packaging, 'icons'), { recursive: true });
for (const size of sizes) {
  const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: size } });
  writeFileSync(join(packaging, 'icons', `${size}x${size}.png`), drawing.render().asPng());
}
process.stdout.write(`${sizes.length} icons drawn\n`);
