/** The thread that reads, decodes and scans one file while the thread that started it takes the messages. */
import { withCodeCache } from './code-cache.ts';

withCodeCache(import.meta.dirname);
// Loaded behind that, and not awaited: the build makes CommonJS of it.
void import('./front-work.ts');
