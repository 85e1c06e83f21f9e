import { expect, test } from 'vitest';
import { ladderFormatNames } from '../../core/contract/api.ts';
import { ladderFormats } from '../../core/export/index.ts';

test('the contract names the ladder formats there are', () => {
  expect(ladderFormats.map(({ name }) => name)).toEqual([...ladderFormatNames]);
});
