import { expect, test } from 'vitest';
import { dark, light, type Theme } from '../../core/ladder/theme.ts';

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test.each([light, dark])('every text of the $name theme can be read (contrast 4.5)', (theme: Theme) => {
  for (const ink of [...Object.values(theme.ink), ...theme.calls]) {
    expect(contrast(ink, theme.background), `${ink} on the background`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ink, theme.onInk), `on a badge of ${ink}`).toBeGreaterThanOrEqual(4.5);
  }
  for (const ink of ['text', 'muted'] as const)
    expect(contrast(theme.ink[ink], theme.panel)).toBeGreaterThanOrEqual(4.5);
  for (const ink of ['success', 'bad', 'muted'] as const)
    expect(contrast(theme.ink[ink], theme.band)).toBeGreaterThanOrEqual(4.5);
  for (const ink of ['warn', 'bad'] as const)
    expect(contrast(theme.ink[ink], theme.pin[ink])).toBeGreaterThanOrEqual(4.5);
});

test('neighbouring calls have different colours', () => {
  for (const { calls } of [light, dark]) expect(new Set(calls).size).toBe(calls.length);
});
