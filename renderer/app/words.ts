const counts = new Intl.NumberFormat('en-US');

/** `12,480` */
export function countText(count: number): string {
  return counts.format(count);
}

/** `1 call`, `12,480 calls`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Three figures or so, in powers of 1,000: `512 B`, `1.8 kB`, `184 MB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let at = 0;
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${at > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value))} ${units[at] ?? ''}`;
}

/** `80 ms`, `0.4 s`, `12 s`, `2 min 5 s`. */
export function spanText(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A sentence about files without their folders: `/tmp/x/trunk.pcap: is empty` → `trunk.pcap: is empty`. */
export function withoutFolders(text: string, names: readonly string[]): string {
  return names.reduce((sentence, name) => {
    const at = sentence.indexOf(name);
    const folder = at < 1 ? null : /(?:^|\s)((?:[A-Za-z]:)?[/\\].*[/\\])$/u.exec(sentence.slice(0, at))?.[1];
    return folder === null || folder === undefined
      ? sentence
      : sentence.slice(0, at - folder.length) + sentence.slice(at);
  }, text);
}

/** How long ago a moment (milliseconds since 1970) was: `just now`, `5 minutes ago`, `yesterday`, `2026-05-01`. */
export function agoText(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${countOf(minutes, 'minute')} ago`;
  if (minutes < 24 * 60) return `${countOf(Math.floor(minutes / 60), 'hour')} ago`;
  const days = Math.floor(minutes / (24 * 60));
  if (days < 2) return 'yesterday';
  return days < 31 ? `${countOf(days, 'day')} ago` : new Date(then).toISOString().slice(0, 10);
}
