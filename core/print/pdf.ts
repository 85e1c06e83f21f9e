import PdfKit from 'pdfkit';
import { ContractError } from '../contract/api.ts';
import type { LadderScene } from '../contract/ladder.ts';
import { fitText } from '../ladder/metrics.ts';
import { footShapes, headShapes, itemShapes, laneBoxShapes, legendShapes, lifelineShapes } from '../ladder/shapes.ts';
import { colourOf, dark, light } from '../ladder/theme.ts';
import type { TextShape } from '../ladder/shape.ts';
import { drawable } from './drawable.ts';
import { fonts } from './fonts.ts';
import { LANE_GAP, laneStrip, pageSlices, type PageSlice } from './pages.ts';
import { FOOTER, MARGIN, paperFor, type Paper } from './paper.ts';
import { PdfPainter } from './pdf-painter.ts';

export interface PdfOptions {
  readonly theme?: 'light' | 'dark';
}

/** Beyond, nobody reads, and a host is busy for a minute. */
const MOST_PAGES = 2000;
/** A document without a date, so that the same ladder gives the same bytes; its identifier is reckoned from one. */
const NO_DATE = new Date(0);

/**
 * A ladder as a PDF for paper: pages of an ISO size (`paperFor`), the lanes' boxes again on top of each; lines and
 * text, which can be selected and searched, no pixels; the fonts' used glyphs are in the file. Same scene, same bytes.
 * Throws ContractError `bad-request` for one of too many pages.
 */
export async function pdf(scene: LadderScene, { theme: name = 'light' }: PdfOptions = {}): Promise<Uint8Array> {
  const theme = name === 'dark' ? dark : light;
  const paper = paperFor(scene.width);
  const slices = pageSlices(scene, (paper.height - 2 * MARGIN - FOOTER) / paper.scale);
  if (slices.length > MOST_PAGES)
    throw new ContractError(
      'bad-request',
      `as a PDF this ladder would have ${slices.length} pages, which is too many: choose SVG or HTML, or fewer calls`,
    );
  const faces = await fonts();
  const document = new PdfKit({
    autoFirstPage: false,
    // None of the fonts that every reader has: those look different everywhere.
    font: '',
    margin: 0,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: drawable(scene.title, faces.regular.characters),
      Subject: drawable(scene.description, faces.regular.characters),
      Producer: 'Sipglass',
      Creator: 'Sipglass',
      CreationDate: NO_DATE,
    },
  });
  // Not written, but the library wants to read it.
  Object.defineProperty(document.info, 'CreationDate', { value: NO_DATE, enumerable: false });
  for (const [face, font] of Object.entries(faces)) document.registerFont(face, font.bytes);
  const chunks: Uint8Array[] = [];
  const written = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  const painter = new PdfPainter(document, theme, faces);
  for (const [index, slice] of slices.entries()) {
    document.addPage({ size: [paper.width, paper.height], margin: 0 });
    document.rect(0, 0, paper.width, paper.height).fill(colourOf(theme, 'background'));
    document.save();
    document.translate((paper.width - scene.width * paper.scale) / 2, MARGIN).scale(paper.scale);
    drawSlice(painter, document, scene, slice);
    document.restore();
    if (slices.length > 1) painter.draw(footer(scene, paper, index + 1, slices.length));
    // Other questions have their turn between pages.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  document.end();
  await written;
  return Buffer.concat(chunks);
}

function drawSlice(
  painter: PdfPainter,
  document: InstanceType<typeof PdfKit>,
  scene: LadderScene,
  { from, to, first, end }: PageSlice,
): void {
  const strip = laneStrip(scene);
  const { y1, y2 } = scene.lifelines;
  const lanes = laneBoxShapes(scene).flatMap(({ shapes }) => shapes);
  if (from === 0) painter.draw(headShapes(scene).shapes);
  else {
    document.translate(0, -strip.top);
    painter.draw(lanes);
    document.translate(0, strip.bottom + LANE_GAP - from);
  }
  const lifelines = { y1: Math.max(y1, from - LANE_GAP), y2: Math.min(y2, to) };
  painter.draw(lifelineShapes({ lanes: scene.lanes, lifelines, rails: scene.rails }).shapes);
  if (from === 0) painter.draw(lanes);
  for (const item of scene.items.slice(first, end)) painter.draw(itemShapes(scene, item).shapes);
  if (end < scene.items.length) return;
  painter.draw(footShapes(scene).shapes);
  painter.draw(legendShapes(scene).shapes);
}

/** What is shown and which page of it, in points. */
function footer(scene: LadderScene, { width, height }: Paper, page: number, pages: number): TextShape[] {
  const line = { kind: 'text', y: height - MARGIN + 4, size: 8, family: 'sans' } as const;
  const span = (text: string): TextShape['spans'] => [{ text, ink: 'muted', weight: 400, gap: 0 }];
  return [
    { ...line, x: MARGIN, anchor: 'start', spans: span(fitText(scene.title, width - 2 * MARGIN - 90, 8, 'regular')) },
    { ...line, x: width - MARGIN, anchor: 'end', spans: span(`Page ${page} of ${pages}`) },
  ];
}
