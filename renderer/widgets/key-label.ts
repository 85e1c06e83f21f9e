const names: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ' ': 'Space',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Delete: 'Del',
};

/** `Mod+K` as the user's keyboard has it: `Ctrl K`, on a Mac `⌘ K`. */
export function keyLabel(keys: string, mac = onMac()): string {
  if (keys === '+') return keys;
  return keys
    .split('+')
    .map((key) => {
      if (key === 'Mod') return mac ? '⌘' : 'Ctrl';
      if (key === 'Alt' && mac) return '⌥';
      if (key === 'Shift' && mac) return '⇧';
      return names[key] ?? (key.length === 1 && keys.length > 1 ? key.toUpperCase() : key);
    })
    .join(' ');
}

export function onMac(): boolean {
  return /mac/iu.test(navigator.userAgent);
}
