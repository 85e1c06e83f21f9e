import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What the golden file `name` in `folder` holds. With UPDATE=1 in the environment `text` is written there first, and
 * the difference is for whoever commits it to look at.
 */
export function golden(folder: string, name: string, text: string): string {
  const file = path.join(folder, name);
  if (process.env.UPDATE === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : `${name} is missing: make it with UPDATE=1`;
}
