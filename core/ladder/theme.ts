import type { LadderInk } from '../contract/ladder.ts';
import type { Ink } from './shape.ts';

/** Families of text, the likeliest to be there first. */
export const SANS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
export const MONO = "'JetBrains Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** Colours of a drawing. Each text colour has a contrast of at least 4.5 to 1 on `background` and on `panel` (WCAG 2.2, 1.4.3). */
export interface Theme {
  readonly name: 'light' | 'dark';
  readonly background: string;
  readonly panel: string;
  readonly line: string;
  readonly lane: string;
  readonly band: string;
  readonly bandLine: string;
  readonly pin: Readonly<Record<'warn' | 'bad', string>>;
  readonly ink: Readonly<Record<LadderInk, string>>;
  /** Of calls, in turn. */
  readonly calls: readonly string[];
  /** Text on a badge filled with an ink or a call's colour. */
  readonly onInk: string;
}

export const light: Theme = {
  name: 'light',
  background: '#ffffff',
  panel: '#f6f7f9',
  line: '#d3d9e0',
  lane: '#c3cbd4',
  band: '#e3f2ec',
  bandLine: '#8cc4b0',
  pin: { warn: '#fdf1dc', bad: '#fde8e8' },
  ink: {
    text: '#1b2026',
    muted: '#5c6773',
    request: '#0b66d8',
    end: '#6f42c1',
    provisional: '#5c6773',
    success: '#13795b',
    redirect: '#9a5b00',
    failure: '#c2282d',
    good: '#13795b',
    info: '#0b66d8',
    warn: '#9a5b00',
    bad: '#c2282d',
    idle: '#5c6773',
  },
  calls: ['#0b66d8', '#b04a00', '#13795b', '#6f42c1', '#b0267a', '#0b6b80', '#6b6400', '#44546a'],
  onInk: '#ffffff',
};

export const dark: Theme = {
  name: 'dark',
  background: '#0f1216',
  panel: '#171c22',
  line: '#29313b',
  lane: '#3a4552',
  band: '#14302a',
  bandLine: '#2f6b57',
  pin: { warn: '#3a2a10', bad: '#411d20' },
  ink: {
    text: '#dce3ea',
    muted: '#9aa6b2',
    request: '#63a9ff',
    end: '#b99cff',
    provisional: '#9aa6b2',
    success: '#4fc796',
    redirect: '#f0b04a',
    failure: '#ff7b7b',
    good: '#4fc796',
    info: '#63a9ff',
    warn: '#f0b04a',
    bad: '#ff7b7b',
    idle: '#9aa6b2',
  },
  calls: ['#63a9ff', '#f0b04a', '#4fc796', '#b99cff', '#ff8ac6', '#4dd0e1', '#d4d264', '#a8b8cc'],
  onInk: '#0f1216',
};

/** The colour of an ink as `#rrggbb`. */
export function colourOf(theme: Theme, ink: Ink): string {
  if (typeof ink === 'number') return theme.calls[ink % theme.calls.length] ?? theme.ink.request;
  switch (ink) {
    case 'background':
    case 'panel':
    case 'line':
    case 'lane':
    case 'band':
      return theme[ink];
    case 'band-line':
      return theme.bandLine;
    case 'pin-warn':
      return theme.pin.warn;
    case 'pin-bad':
      return theme.pin.bad;
    case 'on-ink':
      return theme.onInk;
    default:
      return theme.ink[ink];
  }
}
