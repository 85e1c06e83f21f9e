import { valueAt, type Course, type Quantity } from '../../../core/ladder/course-lines.ts';
import { msNumber } from './words.ts';

/** A value at a moment (epoch seconds) in words: `20.1`; `none` where nothing came. */
export function valueText(quantity: Quantity, course: Course, at: number): string {
  const value = valueAt(quantity, course, at);
  if (value === null) return 'none';
  return quantity === 'mos' ? value.toFixed(1) : msNumber(value);
}
