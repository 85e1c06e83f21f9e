import type { ladderFormatNames } from '../../../core/contract/api.ts';

export type LadderFormat = (typeof ladderFormatNames)[number];

export interface LadderFormatWords {
  readonly name: LadderFormat;
  readonly title: string;
  readonly about: string;
  readonly extension: string;
  /** `drawing`: has colours, so a theme. */
  readonly kind: 'drawing' | 'text';
}

/** What a ladder can be written as, in the order of the menu. */
export const ladderFormats: readonly LadderFormatWords[] = [
  { name: 'svg', title: 'SVG', about: 'a drawing that stays sharp', extension: 'svg', kind: 'drawing' },
  { name: 'png', title: 'PNG', about: 'a picture for mail and chat', extension: 'png', kind: 'drawing' },
  { name: 'pdf', title: 'PDF', about: 'to print', extension: 'pdf', kind: 'drawing' },
  { name: 'html', title: 'HTML', about: 'one page with all messages in it', extension: 'html', kind: 'drawing' },
  { name: 'mermaid', title: 'Mermaid', about: 'for wikis and GitHub', extension: 'mmd', kind: 'text' },
  { name: 'plantuml', title: 'PlantUML', about: 'for documents', extension: 'puml', kind: 'text' },
  { name: 'text', title: 'Text', about: 'as in a terminal', extension: 'txt', kind: 'text' },
  { name: 'markdown', title: 'Markdown', about: 'for tickets', extension: 'md', kind: 'text' },
  { name: 'json', title: 'JSON', about: 'for programs', extension: 'json', kind: 'text' },
];
