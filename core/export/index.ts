import type { LadderScene } from '../contract/ladder.ts';
import { html, type FactSection } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { mermaid } from './mermaid.ts';
import { plantuml } from './plantuml.ts';
import { svg } from './svg.ts';
import { text } from './text.ts';

/** What a format may want to know; each takes what concerns it. */
export interface LadderExportOptions {
  readonly theme?: 'light' | 'dark';
  /** Columns of the text drawing. */
  readonly width?: number;
  readonly ascii?: boolean;
  /** How a Markdown report draws the ladder. */
  readonly drawing?: 'text' | 'mermaid';
  /** Further facts about the calls, for formats that show them. */
  readonly sections?: readonly FactSection[];
  /** Raw text of messages by row, for formats that show it. */
  readonly messages?: ReadonlyMap<number, string>;
}

export interface LadderFormat {
  readonly name: string;
  readonly extension: string;
  readonly mediaType: string;
  /** Takes the messages' raw text: the host reads it only for those that do. */
  readonly wantsMessages: boolean;
  /** Takes further facts about the calls: the host works them out only for those that do. */
  readonly wantsFacts?: boolean;
  /** A drawing in which messages of a loop that look alike may be left out (`fold`); the others list every message. */
  readonly folds: boolean;
  /** The whole document. Same scene and options, same text. */
  readonly write: (scene: LadderScene, options: LadderExportOptions) => string;
}

/** Every way to write a ladder. */
export const ladderFormats: readonly LadderFormat[] = [
  { name: 'svg', extension: 'svg', mediaType: 'image/svg+xml', wantsMessages: false, folds: true, write: svg },
  {
    name: 'html',
    extension: 'html',
    mediaType: 'text/html',
    wantsMessages: true,
    wantsFacts: true,
    folds: false,
    write: html,
  },
  { name: 'text', extension: 'txt', mediaType: 'text/plain', wantsMessages: false, folds: true, write: text },
  {
    name: 'mermaid',
    extension: 'mmd',
    mediaType: 'text/vnd.mermaid',
    wantsMessages: false,
    folds: false,
    write: mermaid,
  },
  { name: 'plantuml', extension: 'puml', mediaType: 'text/plain', wantsMessages: false, folds: false, write: plantuml },
  {
    name: 'markdown',
    extension: 'md',
    mediaType: 'text/markdown',
    wantsMessages: false,
    folds: false,
    write: markdown,
  },
  { name: 'json', extension: 'json', mediaType: 'application/json', wantsMessages: true, folds: false, write: json },
];
