import { startEarly } from '../core/host/reading/early-thread.ts';
import { withCodeCache } from '../core/host/reading/code-cache.ts';

/** Commands that read a capture in this process. */
const reading = ['calls', 'ladder', 'messages', 'message', 'streams', 'stats', 'paths', 'dispatcher', 'registrations'];

const [command = '', ...words] = process.argv.slice(2);
if (reading.includes(command)) startEarly(import.meta.dirname, words);
withCodeCache(import.meta.dirname);
// Loaded behind that, and not awaited: the command is built as CommonJS, which starts in two thirds of the time.
void import('./sipglass.ts');
