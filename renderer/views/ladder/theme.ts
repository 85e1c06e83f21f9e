import { useSyncExternalStore } from 'react';
import { dark, light, type Theme } from '../../../core/ladder/theme.ts';

/** Drawings have the surface of the window: its `--bg` and `--panel`. */
const onPage = {
  light: { ...light, background: '#fbfbfc', panel: '#ffffff' },
  dark,
} as const;

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function isDark(): boolean {
  return document.documentElement.dataset.theme === 'dark';
}

/** On the stripe of a row that is picked: what lies behind texts has its colour (`--accent-bg`, `--warn-bg`). */
export interface PageTheme {
  readonly plain: Theme;
  readonly selected: Theme;
  readonly marked: Theme;
}

const lightPage: PageTheme = {
  plain: onPage.light,
  selected: { ...onPage.light, background: '#e6f0fd' },
  marked: { ...onPage.light, background: '#fdf1dc' },
};
const darkPage: PageTheme = {
  plain: onPage.dark,
  selected: { ...onPage.dark, background: '#17304f' },
  marked: { ...onPage.dark, background: '#3a2a10' },
};

/** Colours of the ladder in the theme of the page. */
export function usePageTheme(): PageTheme {
  return useSyncExternalStore(subscribe, isDark) ? darkPage : lightPage;
}
