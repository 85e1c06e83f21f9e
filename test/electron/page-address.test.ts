import { expect, test } from 'vitest';
import { isOurPage, pathAsked } from '../../electron/page-address.ts';
import { windowTitle } from '../../electron/plain-name.ts';

/** What counts as our page, and which file an address names: everything else is a stranger. */
test.each([
  ['app://sipglass/index.html', true],
  ['app://sipglass/index.html#calls', true],
  ['app://sipglass/index.html.evil/', false],
  ['app://elsewhere/index.html', false],
  ['https://sipglass/index.html', false],
  ['file:///index.html', false],
  ['', false],
])('%s', (address, ours) => {
  expect(isOurPage(address)).toBe(ours);
});

test('an address names a file by its path, and no other host is answered', () => {
  expect(pathAsked('app://sipglass/assets/a.js?v=1#x')).toBe('/assets/a.js');
  expect(pathAsked('app://sipglass/')).toBe('/');
  expect(pathAsked('app://evil/assets/a.js')).toBeNull();
  expect(pathAsked('https://sipglass/a.js')).toBeNull();
});

test('a title names what is shown, and cannot be steered by a name', () => {
  expect(windowTitle([])).toBe('Sipglass');
  expect(windowTitle(['a.pcap'])).toBe('a.pcap — Sipglass');
  expect(windowTitle(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more — Sipglass');
  expect(windowTitle(['\u{202E}x\r\n'])).toBe('\u{25A1}x\u{25A1}\u{25A1} — Sipglass');
});
