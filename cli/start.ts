import { withCodeCache } from '../core/host/reading/code-cache.ts';

withCodeCache(import.meta.dirname);
// Loaded behind that, and not awaited: the command is built as CommonJS, which starts in two thirds of the time.
void import('./sipglass.ts');
