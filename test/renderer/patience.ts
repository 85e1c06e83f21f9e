import { beforeAll } from 'vitest';

/**
 * Runs in front of each test file. A page waits for its host; on a busy machine longer than the second that Testing
 * Library waits for it. Tests without a page do without Testing Library.
 */
beforeAll(async () => {
  if (!('document' in globalThis)) return;
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 20_000 });
});
