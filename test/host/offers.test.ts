import { expect, test } from 'vitest';
import { ladderFormatNames } from '../../core/contract/api.ts';
import { ladderFormats } from '../../core/export/index.ts';
import { printedFormat } from '../../core/host/ladder/printed-ladder.ts';

test('the contract names the ladder formats there are', () => {
  const texts = ladderFormats.map(({ name }) => name);
  const printed = ladderFormatNames.filter((name) => printedFormat(name) !== null);
  expect(printed).toEqual(['png', 'pdf']);
  expect([...texts, ...printed].sort()).toEqual([...ladderFormatNames].sort());
});
