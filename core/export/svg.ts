import type {
  LadderArrow,
  LadderBadge,
  LadderBand,
  LadderItem,
  LadderLegend,
  LadderNote,
  LadderScene,
  LadderText,
} from '../contract/ladder.ts';
import { visible } from '../ladder/visible.ts';
import { xml } from './escape.ts';
import { dark, light, type Theme } from './theme.ts';

export interface SvgOptions {
  readonly theme?: 'light' | 'dark';
}

export const SANS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
export const MONO = "'JetBrains Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** A whole SVG 1.1 document with its own background: presentation attributes only, nothing loaded, nothing that runs. */
export function svg(scene: LadderScene, options: SvgOptions = {}): string {
  const theme = options.theme === 'dark' ? dark : light;
  const painter = new SvgPainter(scene, theme, null);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${painter.document()}\n`;
}

const styles: Readonly<Record<LadderText['style'], string>> = {
  title: 'font-size="15" font-weight="600"',
  strong: 'font-weight="600"',
  plain: '',
  small: 'font-size="11"',
  mono: `font-size="11" font-family="${MONO}"`,
};

/** Draws a scene, or a horizontal slice of it, as an `<svg>` element. It decides colours, never positions. */
export class SvgPainter {
  private readonly scene: LadderScene;
  private readonly theme: Theme;
  private readonly link: ((row: number) => string) | null;

  /** @param link what an arrow points to when it is clicked; null for a drawing without links. */
  constructor(scene: LadderScene, theme: Theme, link: ((row: number) => string) | null) {
    this.scene = scene;
    this.theme = theme;
    this.link = link;
  }

  document(): string {
    const { scene, theme } = this;
    return [
      this.open(0, scene.height, true),
      `<rect width="${scene.width}" height="${scene.height}" fill="${theme.background}"/>`,
      this.head(),
      this.ladder(),
      this.legend(),
      '</svg>',
    ].join('\n');
  }

  /** Only what lies between two heights, as a drawing of its own; the background is its surroundings'. */
  slice(from: number, to: number, part: 'lanes' | 'ladder'): string {
    return [
      this.open(from, to - from, part === 'ladder'),
      part === 'lanes' ? this.laneBoxes() : this.ladder(),
      '</svg>',
    ].join('\n');
  }

  private open(y: number, height: number, titled: boolean): string {
    const { scene } = this;
    const size = `width="${scene.width}" height="${height}" viewBox="0 ${y} ${scene.width} ${height}"`;
    const font = `font-family="${SANS}" font-size="12" fill="${this.theme.ink.text}"`;
    const role = this.link === null ? 'img' : 'group';
    const told = titled ? ` role="${role}" aria-labelledby="ladder-title ladder-description"` : ' aria-hidden="true"';
    const open = `<svg xmlns="http://www.w3.org/2000/svg" ${size}${told} ${font}>`;
    if (!titled) return open;
    return `${open}\n<title id="ladder-title">${safe(scene.title)}</title>\n<desc id="ladder-description">${safe(scene.description)}</desc>`;
  }

  private head(): string {
    const marks = this.scene.calls.map((call, index) =>
      call.mark === null ? '' : this.pill(call.mark, this.callColour(index), this.theme.onInk, 14),
    );
    return [...this.scene.head.map((text) => this.text(text)), ...marks].filter((part) => part !== '').join('\n');
  }

  private ladder(): string {
    const { scene, theme } = this;
    const { y1, y2 } = scene.lifelines;
    const lifelines = scene.lanes.map(({ x }) => `M${x} ${y1}V${y2}`).join('');
    return [
      `<path d="${lifelines}" stroke="${theme.lane}" stroke-width="1.5" fill="none"/>`,
      this.laneBoxes(),
      ...scene.items.map((item) => this.item(item)),
      ...scene.lanes.map(({ foot }) => (foot === null ? '' : this.text(foot))).filter((part) => part !== ''),
    ].join('\n');
  }

  private laneBoxes(): string {
    const { lanes, columns } = this.scene;
    const boxes = lanes.map(
      ({ box, texts }) =>
        `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="7" fill="${this.theme.panel}" stroke="${this.theme.line}"/>${texts.map((text) => this.text(text)).join('')}`,
    );
    return [...boxes, ...columns.titles.map((text) => this.text(text))].join('\n');
  }

  private item(item: LadderItem): string {
    if (item.kind === 'arrow') return this.arrow(item);
    return item.kind === 'note' ? this.note(item) : this.band(item);
  }

  private note({ text, x1, x2, y, pill }: LadderNote): string {
    const { lane, background, line } = this.theme;
    const x = pill.x + Math.round(pill.width / 2);
    return [
      `<path d="M${x1} ${y}H${x2}" stroke="${lane}" stroke-dasharray="1 4" stroke-width="1.5"/>`,
      `<rect x="${pill.x}" y="${y - 9}" width="${pill.width}" height="18" rx="9" fill="${background}" stroke="${line}"/>`,
      this.text({ text, x, y: y + 4, anchor: 'middle', style: 'small', ink: 'muted' }),
    ].join('');
  }

  private band({ box, texts, y, time }: LadderBand): string {
    const { band, bandLine } = this.theme;
    return [
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="3" fill="${band}" stroke="${bandLine}"/>`,
      ...texts.map((text) => this.text(text)),
      this.column(this.scene.columns.time, y + 4, time),
    ].join('');
  }

  private arrow(arrow: LadderArrow): string {
    const { theme, scene } = this;
    const ink = theme.ink[arrow.ink];
    const colour = scene.colours === 'call' ? this.callColour(arrow.call) : ink;
    const line = arrow.retransmission ? 'stroke-width="1" stroke-dasharray="5 3"' : 'stroke-width="1.8"';
    const parts = [
      `<title>${safe(tooltip(arrow))}</title>`,
      this.hit(arrow),
      this.times(arrow),
      ...this.shaft(arrow, colour, line),
      this.pill(arrow.badge, colour, theme.onInk, 15, arrow.retransmission),
      ...this.words(arrow, colour),
    ];
    const { pin, lock } = arrow;
    if (lock !== null) parts.push(this.lock(lock.x, lock.y));
    if (pin !== null) parts.push(this.pinned(pin));
    const body = parts.filter((part) => part !== '').join('');
    if (this.link === null) return `<g>${body}</g>`;
    return `<a id="a${arrow.row}" href="${xml(this.link(arrow.row))}" aria-label="${safe(tooltip(arrow))}">${body}</a>`;
  }

  /** Makes the whole row clickable, not only its lines. */
  private hit({ y }: LadderArrow): string {
    return this.link === null
      ? ''
      : `<rect x="4" y="${y - 19}" width="${this.scene.width - 8}" height="34" rx="5" fill="none" pointer-events="all"/>`;
  }

  private times({ y, time, delta, frame }: LadderArrow): string {
    const { columns } = this.scene;
    return (
      this.column(columns.time, y + 4, time) +
      this.column(columns.delta, y + 4, delta) +
      this.column(columns.frame, y + 4, `#${frame}`)
    );
  }

  private column(x: number, y: number, text: string): string {
    return text === '' ? '' : this.text({ text, x, y, anchor: 'end', style: 'mono', ink: 'muted' });
  }

  private shaft(arrow: LadderArrow, colour: string, line: string): string[] {
    const { x1, x2, y, loop } = arrow;
    if (loop !== null) {
      const right = loop.x + loop.width;
      const bottom = loop.y + loop.height;
      return [
        `<path d="M${loop.x} ${y}H${right}V${bottom}H${loop.x + 10}" stroke="${colour}" ${line} fill="none"/>`,
        `<path d="M${loop.x + 2} ${bottom}l9 -4.5v9z" fill="${colour}"/>`,
      ];
    }
    const back = x2 > x1 ? -9 : 9;
    return [
      `<path d="M${x1} ${y}H${x2 + back}" stroke="${colour}" ${line} fill="none"/>`,
      `<path d="M${x2} ${y}l${back} -4.5v9z" fill="${colour}"/>`,
    ];
  }

  private words({ above, beside, below, backdrop, ink }: LadderArrow, colour: string): string[] {
    const parts: string[] = [];
    if (backdrop.above > 0) parts.push(this.behind(above, backdrop.above, 14));
    if (below !== null && backdrop.below > 0) parts.push(this.behind(below, backdrop.below, 13));
    const more =
      beside === '' ? '' : `<tspan font-weight="400" fill="${this.theme.ink.muted}" dx="6">${safe(beside)}</tspan>`;
    // In a ladder of several calls a failure stays red; all else has the colour of its call.
    parts.push(this.text(above, more, ink === 'failure' ? undefined : colour));
    if (below !== null) parts.push(this.text(below));
    return parts;
  }

  private behind(text: LadderText, width: number, height: number): string {
    return `<rect x="${text.x - Math.round(width / 2)}" y="${text.y - height + 4}" width="${width}" height="${height}" fill="${this.theme.background}"/>`;
  }

  private pinned({ x, y, width, text, ink }: NonNullable<LadderArrow['pin']>): string {
    const fill = ink === 'bad' ? this.theme.pin.bad : this.theme.pin.warn;
    return `<rect x="${x}" y="${y - 9}" width="${width}" height="18" rx="9" fill="${fill}"/>${this.text({
      text,
      x: x + 8,
      y: y + 4,
      anchor: 'start',
      style: 'small',
      ink,
    })}`;
  }

  /** A number on a filled pill; hollow for retransmissions. */
  private pill({ x, y, width, text }: LadderBadge, fill: string, ink: string, height: number, hollow = false): string {
    const left = hollow || height === 15 ? x - width / 2 : x;
    const paint = hollow ? `fill="${this.theme.background}" stroke="${fill}"` : `fill="${fill}"`;
    return (
      `<rect x="${left}" y="${y - height / 2}" width="${width}" height="${height}" rx="${height / 2}" ${paint}/>` +
      `<text x="${left + width / 2}" y="${y + 3.5}" text-anchor="middle" font-size="10" font-weight="600" fill="${hollow ? fill : ink}">${safe(text)}</text>`
    );
  }

  private lock(x: number, y: number): string {
    const { warn } = this.theme.ink;
    return `<path d="M${x + 2.5} ${y + 4}V${y + 2.5}a2.5 2.5 0 0 1 5 0V${y + 4}" stroke="${warn}" stroke-width="1.3" fill="none"/><rect x="${x + 1}" y="${y + 4}" width="8" height="6" rx="1" fill="${warn}"/>`;
  }

  private legend(): string {
    return this.scene.legend.map(({ sample, x, y, text }) => this.samples[sample](x, y) + this.text(text)).join('\n');
  }

  private readonly samples: Readonly<Record<LadderLegend['sample'], (x: number, y: number) => string>> = {
    request: (x, y) => this.pill({ text: '1', x: x + 12, y, width: 16 }, this.theme.ink.muted, this.theme.onInk, 15),
    message: (x, y) => this.sampleArrow(x, y, 'stroke-width="1.8"'),
    retransmission: (x, y) => this.sampleArrow(x, y, 'stroke-dasharray="5 3"'),
    lock: (x, y) => this.lock(x + 8, y - 6),
    pin: (x, y) =>
      `<rect x="${x + 2}" y="${y - 6}" width="20" height="12" rx="6" fill="${this.theme.pin.warn}" stroke="${this.theme.ink.warn}" stroke-width="0.7"/>`,
  };

  private sampleArrow(x: number, y: number, line: string): string {
    const { muted } = this.theme.ink;
    return `<path d="M${x} ${y}H${x + 16}" stroke="${muted}" ${line}/><path d="M${x + 24} ${y}l-9 -4.5v9z" fill="${muted}"/>`;
  }

  private callColour(index: number): string {
    return this.theme.calls[index % this.theme.calls.length] ?? this.theme.ink.request;
  }

  private text({ text, x, y, anchor, style, ink }: LadderText, more = '', colour = this.theme.ink[ink]): string {
    const attributes = [
      `x="${x}" y="${y}"`,
      anchor === 'start' ? '' : `text-anchor="${anchor}"`,
      styles[style],
      colour === this.theme.ink.text ? '' : `fill="${colour}"`,
    ];
    return `<text ${attributes.filter((part) => part !== '').join(' ')}>${safe(text)}${more}</text>`;
  }
}

/** All there is to say about an arrow, in one line. */
export function tooltip(arrow: LadderArrow): string {
  const cseq = arrow.cseq === null ? '' : ` (CSeq ${arrow.cseq})`;
  const facts = [...arrow.details, ...arrow.faults].map((fact) => `, ${fact}`).join('');
  return `${arrow.label}${cseq} from ${arrow.src} to ${arrow.dst}, frame ${arrow.frame}, ${arrow.time} s${facts}`;
}

function safe(text: string): string {
  return xml(visible(text));
}
