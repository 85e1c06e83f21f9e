import { expect, test } from 'vitest';
import { hostEndText } from '../../electron/host-end.ts';

/** How the end of a capture's process is told: with what is known, and nothing made up. */
const nothing = { code: null, reason: null, fault: null, lastWords: '' };

test.each([
  [{ reason: 'killed', code: 9 }, 'ended from outside (SIGKILL)'],
  [{ reason: 'crashed', code: 11 }, 'crashed (SIGSEGV)'],
  [{ code: 137 }, 'ended from outside (SIGKILL)'],
  [{ code: 139 }, 'crashed (SIGSEGV)'],
  [{ reason: 'oom', code: 5 }, 'ran out of memory'],
  [{ reason: 'crashed', code: 6, lastWords: 'FATAL ERROR: JavaScript heap out of memory' }, 'ran out of memory'],
  [{ reason: 'launch-failed', code: 1002 }, 'could not be started'],
  [{ code: 70, fault: 'TypeError: x is not a function\n    at y' }, '(TypeError: x is not a function)'],
  [{ code: 3 }, 'exit status 3'],
  [{ code: -1_073_741_819 }, 'exit status -1073741819'],
  [{}, 'no status known'],
] as const)('%o', (known, words) => {
  const text = hostEndText({ ...nothing, ...known });
  expect(text).toContain(words);
  expect(text).toMatch(/^[A-Z].*\.$/u);
});
