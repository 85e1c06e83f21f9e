import type { LadderArrow, LadderBand, LadderMedia, LadderScene } from '../contract/ladder.ts';
import { terminalLines, xml } from './escape.ts';
import { laneBoxShapes, ladderShapes } from '../ladder/shapes.ts';
import { dark, light, type Theme } from '../ladder/theme.ts';
import { signOf, signs } from '../ladder/marks.ts';
import { associationWords } from '../ladder/protection-words.ts';
import { bandTooltip, changedWords, factsOf, tooltip } from '../ladder/tooltip.ts';
import { timeWords } from '../ladder/words.ts';
import { svgElement } from './svg.ts';
import { factStyle, htmlStyle } from './html-style.ts';

export interface HtmlOptions {
  readonly theme?: 'light' | 'dark';
  /** Raw text of messages by row. */
  readonly messages?: ReadonlyMap<number, string>;
  /** Further facts, each below its title, which opens it. */
  readonly sections?: readonly FactSection[];
}

/** Facts about the calls, a sentence a line. */
export interface FactSection {
  readonly title: string;
  readonly lines: readonly string[];
}

/** From so many messages on, those out of view are not laid out; links then land near rather than on them. */
const MANY = 500;

/**
 * One self-contained page: the ladder on the left under the hosts' names, which stay in view, the messages' text on the
 * right. A click on an arrow is a link to its message, and the message's head a link back. No script at all; the page
 * forbids itself to load or run anything.
 */
export function html(scene: LadderScene, options: HtmlOptions = {}): string {
  const theme = options.theme === 'dark' ? dark : light;
  const arrows = scene.items.filter((item) => item.kind === 'arrow');
  const { y1 } = scene.lifelines;
  const boxTop = Math.min(y1, ...scene.lanes.map(({ box }) => box.y)) - 6;
  const bottom = scene.lifelines.y2 + (scene.lanes[0]?.foot === null ? 0 : 24);
  const listed = options.messages !== undefined;
  const { sections = [] } = options;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${safe(scene.title)} – ladder</title>`,
    `<style>${htmlStyle(theme, scene.width)}${sections.length === 0 ? '' : factStyle(theme)}</style>`,
    '</head>',
    `<body${listed ? (arrows.length > MANY ? ' class="many"' : '') : ' class="alone"'}>`,
    header(scene, theme, sections),
    '<main>',
    '<section class="ladder" aria-label="Ladder">',
    `<div class="lanes">${svgElement(scene, laneBoxShapes(scene), { theme, from: boxTop, to: y1, titled: false })}</div>`,
    svgElement(scene, ladderShapes(scene), { theme, from: y1, to: bottom, titled: true, link: linkOf }),
    '</section>',
    ...(listed
      ? [
          '<section class="messages" aria-label="Messages">',
          ...scene.items.map((item) =>
            item.kind === 'arrow'
              ? card(scene, item, options.messages?.get(item.row), theme)
              : item.kind === 'band' && item.part === 'begin'
                ? mediaCard(item, theme)
                : '',
          ),
          '</section>',
        ]
      : []),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function header(scene: LadderScene, theme: Theme, sections: readonly FactSection[]): string {
  const calls = scene.calls.map((call, index) => {
    const colour = theme.calls[index % theme.calls.length] ?? theme.ink.request;
    const who =
      call.letter === ''
        ? ''
        : `<b class="letter" style="background:${colour}">${call.letter}</b> ${safe(call.from)} → ${safe(call.to)} `;
    return `<li>${who}<b style="color:${theme.ink[call.ink]}">${safe(call.word)}</b> <span>${safe(call.why)}</span></li>`;
  });
  return `<header>\n<h1>${safe(scene.title)}</h1>\n<ul>${calls.join('\n')}</ul>\n<p>${safe(scene.facts)}</p>${sentences('Legs', scene.ties)}${sentences('Paths and forks', scene.ways)}${sections.map(section).join('')}\n</header>`;
}

/** Sentences for who wants to read them. */
function sentences(title: string, list: readonly string[] = []): string {
  if (list.length === 0) return '';
  const items = list.map((one) => `<li>${safe(one)}</li>`).join('\n');
  return `\n<details><summary>${title}</summary>\n<ul>${items}</ul>\n</details>`;
}

function section({ title, lines }: FactSection): string {
  const items = lines.map((line) => `<li>${safe(line)}</li>`).join('');
  return `\n<details><summary>${safe(title)}</summary><ul>${items}</ul></details>`;
}

function card(scene: LadderScene, arrow: LadderArrow, raw: string | undefined, theme: Theme): string {
  const number = scene.calls.length > 1 ? `${arrow.badge.text} ` : '';
  const esp = arrow.protection === null ? [] : [associationWords(arrow.protection)];
  const notes = [...arrow.details, ...esp, ...arrow.faults.map((fault) => `! ${fault}`), ...changedWords(arrow)]
    .map(safe)
    .join(' · ');
  const marks = arrow.marks.map((mark) => remark(mark.severity, `${signOf(mark)} ${mark.text}`, theme));
  return [
    `<article id="m${arrow.row}">`,
    `<h2><a href="#a${arrow.row}" aria-label="${safe(tooltip(arrow))}"><b style="color:${theme.ink[arrow.ink]}">${number}${safe(arrow.label)}</b> <span>frame ${arrow.frame} · ${timeWords(arrow.time)}${arrow.delta === '' ? '' : ` · ${safe(arrow.delta)}`}</span></a></h2>`,
    `<p>${safe(arrow.src)} → ${safe(arrow.dst)} ${safe(arrow.transport)}${notes === '' ? '' : ` · ${notes}`}</p>`,
    ...marks,
    raw === undefined ? '' : `<pre>${xml(terminalLines(raw).trimEnd())}</pre>`,
    '</article>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** A stream, or several that are one band, with every number. */
function mediaCard(band: LadderBand, theme: Theme): string {
  const { media, words, details, warnings, src, dst, time, duration } = band;
  const ends = src === '' ? '' : `<p>${safe(src)} → ${safe(dst)}</p>`;
  const lists =
    media.length === 1
      ? media.map((one) => `<p>${factsOf(one).map(safe).join(' · ')}</p>`)
      : [`<p>${details.map(safe).join(' · ')}</p>`, `<ul>${media.map(streamLine).join('')}</ul>`];
  return [
    `<article id="m-${safe(band.key)}">`,
    `<h2><a href="#a-${safe(band.key)}" aria-label="${safe(bandTooltip(band))}"><b style="color:${theme.ink.success}">${words.map(safe).join(' · ')}</b> <span>${timeWords(time)} · for ${safe(duration)}</span></a></h2>`,
    ends,
    ...lists,
    ...warnings.map((text) => remark('bad', `${signs.bad} ${text}`, theme)),
    '</article>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function streamLine(media: LadderMedia): string {
  const { src, dst, codec, payloadType } = media;
  const facts = [codec ?? `type ${payloadType ?? '?'}`, ...factsOf(media)].map(safe).join(' · ');
  return `<li>${safe(src)} → ${safe(dst)}: ${facts}</li>`;
}

function remark(severity: 'warn' | 'bad', text: string, theme: Theme): string {
  return `<p class="remark" style="color:${theme.ink[severity]}">${safe(text)}</p>`;
}

/** Cards of bands have a hyphen before their key, so that it is never a row. A change of packet time is told with its stream. */
function linkOf(target: number | string): string {
  return typeof target === 'number' ? `#m${target}` : `#m-${target.replace(/\.\d+$/u, '')}`;
}

function safe(text: string): string {
  return xml(terminalLines(text));
}
