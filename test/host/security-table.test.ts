import { join } from 'node:path';
import { expect, test } from 'vitest';
import { opened } from '../capture-session.ts';

/** The table of security associations: the numbers of the list, where keys came from, and no key. */

const capture = join(import.meta.dirname, '..', '..', 'fixtures', 'gm.pcap');

test('a line for each association, numbered as in the list, with the reason where it stayed closed', async () => {
  const { client } = await opened(capture);
  try {
    const chunks: Uint8Array[] = [];
    const onChunk = (bytes: Uint8Array): void => void chunks.push(bytes.slice());
    await client.ask('exportTable', { what: 'associations', format: 'csv' }, { onChunk });
    const [head, ...lines] = Buffer.concat(chunks).toString('utf8').trim().split('\r\n');
    const { associations } = await client.ask('securityAssociations', {});
    expect(head?.split(',').slice(0, 5)).toEqual(['id', 'registration', 'role', 'spi', 'src']);
    expect(lines.map((line) => line.split(',').slice(0, 4))).toEqual(
      associations.map(({ id, registration, role, spi }) => [
        String(id),
        registration === null ? '' : String(registration),
        role ?? '',
        spi,
      ]),
    );
    expect(lines[0]).toMatch(/,open,,401 in frame 3,5,5,5,0,0,0,\d+,\d+$/u);
    expect(lines.find((line) => line.includes('0x00c0ffee'))).toContain('No REGISTER in the capture names this SPI');
  } finally {
    await client.close();
  }
});
