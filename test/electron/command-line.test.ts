import { expect, test } from 'vitest';
import { filesAsked } from '../../electron/files-asked.ts';

/** Which words of a command line are captures. */
const folder = '/home/anna';

test.each([
  ['an installed program', ['/opt/x/sipglass', 'a.pcap', '/b.pcap'], null, ['/home/anna/a.pcap', '/b.pcap']],
  ['switches of Chromium', ['sipglass', '--no-sandbox', '--inspect=0', 'a.pcap', ''], null, ['/home/anna/a.pcap']],
  [
    'behind “--” everything',
    ['sipglass', '--', '-odd.pcap', 'b.pcap'],
    null,
    ['/home/anna/-odd.pcap', '/home/anna/b.pcap'],
  ],
  ['“electron .”', ['electron', '--no-sandbox', '.', 'a.pcap'], '/home/anna', ['/home/anna/a.pcap']],
  ['the folder by its path', ['electron', '/src/app/', 'a.pcap'], '/src/app', ['/home/anna/a.pcap']],
  ['nothing', ['sipglass'], null, []],
] as const)('%s', (_name, argv, appFolder, files) => {
  expect(filesAsked({ argv, folder, appFolder })).toEqual(files);
});
