import { create } from 'zustand';
import { useView } from '../../state/view.ts';
import { themeNow } from '../theme.ts';
import type { LadderFormat } from './formats.ts';

/** What the export dialog has chosen; it is remembered while the window is open. */
export interface ExportChoice {
  readonly what: 'ladder' | 'calls' | 'streams' | 'packets';
  readonly ladder: LadderFormat;
  /** Null: as the window. */
  readonly theme: 'light' | 'dark' | null;
  /** Of what is printed, where dark paper costs a lot of ink. */
  readonly paper: 'light' | 'dark';
  readonly table: 'csv' | 'json';
  readonly media: boolean;
}

export const useExport = create<ExportChoice>()(() => ({
  what: 'ladder',
  ladder: 'svg',
  theme: null,
  paper: 'light',
  table: 'csv',
  media: true,
}));

/** Colours of a ladder in this format: the window's, unless the user chose others; a PDF is for paper. */
export function exportTheme(format: LadderFormat): 'light' | 'dark' {
  const { theme, paper } = useExport.getState();
  return format === 'pdf' ? paper : (theme ?? themeNow());
}

export function chooseTheme(format: LadderFormat, theme: 'light' | 'dark'): void {
  useExport.setState(format === 'pdf' ? { paper: theme } : { theme });
}

export function openExport(what: ExportChoice['what']): void {
  useExport.setState({ what });
  useView.setState({ dialog: 'export' });
}
