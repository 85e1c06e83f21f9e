import type PdfKit from 'pdfkit';
import type { Ink, PathShape, RectShape, Shape, Stroke, TextShape } from '../ladder/shape.ts';
import { colourOf, type Theme } from '../ladder/theme.ts';
import { drawable } from './drawable.ts';
import type { Fonts } from './fonts.ts';

type FontName = keyof Fonts;

/** Draws shapes on the current page of a document, whose fonts are registered by their names in `Fonts`. */
export class PdfPainter {
  private readonly document: InstanceType<typeof PdfKit>;
  private readonly theme: Theme;
  private readonly fonts: Fonts;

  constructor(document: InstanceType<typeof PdfKit>, theme: Theme, fonts: Fonts) {
    this.document = document;
    this.theme = theme;
    this.fonts = fonts;
  }

  draw(shapes: readonly Shape[]): void {
    for (const shape of shapes) {
      switch (shape.kind) {
        case 'rect':
          this.rect(shape);
          break;
        case 'path':
          this.path(shape);
          break;
        default:
          this.text(shape);
          break;
      }
    }
  }

  private rect({ x, y, width, height, radius, fill, stroke }: RectShape): void {
    const { document } = this;
    if (radius > 0) document.roundedRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
    else document.rect(x, y, width, height);
    this.paint(fill, stroke);
  }

  private path({ data, fill, stroke }: PathShape): void {
    this.document.path(data);
    this.paint(fill, stroke);
  }

  /** Fills and strokes the path that was just laid. */
  private paint(fill: Ink | null, stroke: Stroke | null): void {
    const { document, theme } = this;
    if (stroke !== null) {
      document.lineWidth(stroke.width).strokeColor(colourOf(theme, stroke.ink));
      if (stroke.dash !== null) document.dash(stroke.dash[0], { space: stroke.dash[1] });
    }
    if (fill !== null) document.fillColor(colourOf(theme, fill));
    if (fill !== null && stroke !== null) document.fillAndStroke();
    else if (fill !== null) document.fill();
    else if (stroke !== null) document.stroke();
    if (stroke?.dash !== undefined && stroke.dash !== null) document.undash();
  }

  /** One line; its spans are measured first, because the anchor is that of the whole line. */
  private text({ x, y, anchor, size, family, spans }: TextShape): void {
    const { document, theme, fonts } = this;
    document.fontSize(size);
    const measured = spans.map(({ text, ink, weight, gap }) => {
      const font: FontName = family === 'mono' ? 'mono' : weight === 600 ? 'semibold' : 'regular';
      const said = drawable(text, fonts[font].characters);
      return { said, font, ink, gap, width: document.font(font).widthOfString(said) };
    });
    const whole = measured.reduce((sum, { gap, width }) => sum + gap + width, 0);
    let at = anchor === 'start' ? x : anchor === 'middle' ? x - whole / 2 : x - whole;
    for (const { said, font, ink, gap, width } of measured) {
      at += gap;
      if (said !== '')
        document
          .font(font)
          .fillColor(colourOf(theme, ink))
          .text(said, at, y, { lineBreak: false, baseline: 'alphabetic' });
      at += width;
    }
  }
}
