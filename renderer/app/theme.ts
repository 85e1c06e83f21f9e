import { useSettings, type ThemeChoice } from '../state/settings.ts';

const dark = '(prefers-color-scheme: dark)';

/** The theme in force. */
export function themeNow(choice: ThemeChoice = useSettings.getState().theme): 'light' | 'dark' {
  if (choice !== 'system') return choice;
  return globalThis.matchMedia(dark).matches ? 'dark' : 'light';
}

/** Keeps `data-theme` of the page as the user, else the system, wants it. What ends it is returned. */
export function followTheme(): () => void {
  const apply = (): void => {
    document.documentElement.dataset.theme = themeNow();
  };
  apply();
  const system = globalThis.matchMedia(dark);
  system.addEventListener('change', apply);
  const forget = useSettings.subscribe(apply);
  return () => {
    system.removeEventListener('change', apply);
    forget();
  };
}

/** From light to dark and back; what is chosen is no longer the system's. */
export function switchTheme(): void {
  useSettings.setState({ theme: themeNow() === 'dark' ? 'light' : 'dark' });
}
