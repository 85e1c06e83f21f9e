import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './app.ts';

/**
 * A folder for temporary files of the program under test, its own for each test: live captures that one leaves behind are
 * offered to nobody else. Short, since sockets lie in it.
 */
export function temporary(place: Place): string {
  const name = createHash('sha256').update(place.outputPath('temporary')).digest('hex').slice(0, 12);
  const path = join(tmpdir(), `sipglass-e2e-${name}`);
  mkdirSync(path, { recursive: true });
  return path;
}

export function removeTemporary(place: Place): void {
  rmSync(temporary(place), { recursive: true, force: true });
}
