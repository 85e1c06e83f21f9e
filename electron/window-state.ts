import * as v from 'valibot';
import type { ThemeChoice } from '../core/contract/desktop.ts';
import { readJson, writeJson } from './json-file.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const integer = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const schema = v.object({
  bounds: v.nullable(v.object({ x: integer, y: integer, width: integer, height: integer })),
  maximized: v.boolean(),
  theme: v.picklist(['system', 'light', 'dark']),
});

/** How the user left the last window. */
export interface WindowState {
  readonly bounds: Rectangle | null;
  readonly maximized: boolean;
  readonly theme: ThemeChoice;
}

export const smallest = { width: 720, height: 480 };
const usual = { width: 1440, height: 900 };

/** Kept in a JSON file of the user's. */
export class KeptWindowState {
  private readonly file: string;
  private state: WindowState;

  constructor(file: string) {
    this.file = file;
    const kept = v.safeParse(schema, readJson(file));
    this.state = kept.success ? kept.output : { bounds: null, maximized: false, theme: 'system' };
  }

  get(): WindowState {
    return this.state;
  }

  set(change: Partial<WindowState>): void {
    this.state = { ...this.state, ...change };
    writeJson(this.file, this.state);
  }
}

/**
 * Where a new window goes: as the last one was, a step aside from one that stands there, and wholly on a screen that is
 * there now. `areas`: the screens without their panels, the main one first.
 */
export function placed(
  bounds: Rectangle | null,
  areas: readonly Rectangle[],
  taken: readonly Rectangle[],
): { readonly width: number; readonly height: number } & Partial<Rectangle> {
  const [first = { x: 0, y: 0, ...usual }] = areas;
  if (bounds === null)
    return { width: Math.min(usual.width, first.width), height: Math.min(usual.height, first.height) };
  const area = areas.find((screen) => overlap(screen, bounds) > 0) ?? first;
  const width = Math.min(Math.max(bounds.width, smallest.width), area.width);
  const height = Math.min(Math.max(bounds.height, smallest.height), area.height);
  let { x, y } = bounds;
  while (taken.some((other) => other.x === x && other.y === y)) {
    x += 28;
    y += 28;
  }
  const within = (at: number, from: number, room: number): number => Math.min(Math.max(at, from), from + room);
  return {
    x: within(x, area.x, area.width - width),
    y: within(y, area.y, area.height - height),
    width,
    height,
  };
}

/** Pixels that both cover. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
