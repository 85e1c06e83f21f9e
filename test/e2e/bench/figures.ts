import { appendFileSync } from 'node:fs';
import type { Motion } from './instrument.ts';

/** One line of the table that `test/bench/app.mjs` prints. */
export interface Figure {
  readonly app: string;
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | '';
  /** What it has to stay under; null where nothing was promised. */
  readonly goal: number | null;
}

/** Takes figures down in the file that the bench reads, as they come. */
export class Figures {
  private readonly app: string;
  private readonly file: string | undefined;

  constructor(app: string, file: string | undefined = process.env.SIPGLASS_BENCH_FIGURES) {
    this.app = app;
    this.file = file;
  }

  add(name: string, value: number, unit: Figure['unit'], goal: number | null = null): void {
    const figure: Figure = { app: this.app, name, value, unit, goal };
    if (this.file === undefined) process.stdout.write(`${name}: ${value.toFixed(1)} ${unit}\n`);
    else appendFileSync(this.file, `${JSON.stringify(figure)}\n`);
  }

  motion(name: string, { frames, p95, longest, longTasks, questions }: Motion): void {
    this.add(`${name}: longest task`, Math.max(0, ...longTasks), 'ms', 50);
    this.add(`${name}: tasks over 50 ms`, longTasks.length, '');
    this.add(`${name}: 95 % of frames within`, p95, 'ms');
    this.add(`${name}: longest frame`, longest, 'ms');
    this.add(`${name}: frames`, frames, '');
    this.add(
      `${name}: questions`,
      Object.values(questions).reduce((sum, count) => sum + count, 0),
      '',
    );
  }
}
