// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { useCalls } from '../../../renderer/state/calls.ts';
import { useCapture } from '../../../renderer/state/capture.ts';
import { useLadder } from '../../../renderer/state/ladder.ts';
import { followRereads } from '../../../renderer/state/rereads.ts';
import { forgetSecurity, useSecurity } from '../../../renderer/state/security.ts';
import { useView } from '../../../renderer/state/view.ts';
import { changeKeys } from '../../../renderer/views/security/change-keys.ts';
import { SecurityScreen } from '../../../renderer/views/security/SecurityScreen.tsx';
import { clientOfPage, forgetPage, openOnPage, rowsWhere } from '../capture-page.ts';
import { surroundings } from '../test-shell.ts';

/** The screen of security associations: what is open and why the rest is not, keys typed, checked, refused, shown and taken away. */

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));
interface Keys {
  readonly impi: string;
  readonly ik: string;
  readonly ck: string;
  readonly up: string;
  readonly down: string;
}
const truth = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'fixtures', 'gm.expected.json'), 'utf8'),
) as { readonly keys: readonly [Keys, Keys, Keys] };
const [anna, ben] = truth.keys;

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('gm.pcap');
  followRereads();
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
beforeEach(async () => {
  forgetPage();
  forgetSecurity();
  await clientOfPage().ask('setKeys', {});
});
afterEach(cleanup);
afterAll(() => close());

async function lines(): Promise<string[]> {
  const list = await screen.findByRole('treegrid', { name: 'Security associations' });
  return within(list)
    .getAllByRole('row')
    .slice(1)
    .map((row) => Array.from(row.children, (cell) => cell.textContent).join('|'));
}

async function typePair({ ik, ck }: Pick<Keys, 'ik' | 'ck'>): Promise<void> {
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Type keys…' }));
  await user.type(await screen.findByRole('textbox', { name: 'IK' }), ik);
  await user.type(screen.getByRole('textbox', { name: 'CK' }), ck);
  const take = screen.getByRole<HTMLButtonElement>('button', { name: 'Take IK and CK' });
  await waitFor(() => expect(take.disabled).toBe(false));
  await user.click(take);
}

test('each registration with its associations, what opened them, and the reason where nothing did', async () => {
  render(<SecurityScreen />);
  const all = await lines();
  expect(all[0]).toContain('anna@ims.example.net10.45.0.1 ↔ 10.4.1.21hmac-sha-1-96, aes-cbc401 in frame 3');
  expect(all[1]).toMatch(
    /^Open\|0x6d827bb2\|UE \d+ → P-CSCF 6101\|hmac-sha-1-96, aes-cbc\|401 in frame 3\|5 of 5\|5 good\|0$/u,
  );
  expect(all.filter((line) => line.startsWith('Closed'))).toHaveLength(3);
  expect(all.filter((line) => line.startsWith('Guessed'))).toHaveLength(2);
  expect(all.at(-2)).toBe('No REGISTER in the capture names these1 association');
  const ledger = screen.getByRole('table', { name: 'Packets that stayed closed' });
  expect(within(ledger).getAllByRole('row')).toHaveLength(4);
  expect(ledger.textContent).toContain('0x00c0ffee');
  expect(ledger.textContent).toContain('No REGISTER in the capture names this SPI');
});

test('IK and CK open what was closed, wrong ones are said to be wrong, and both can be taken away', async () => {
  const user = userEvent.setup();
  render(<SecurityScreen />);
  await lines();
  await typePair({ ik: '00'.repeat(16), ck: '11'.repeat(16) });
  expect((await screen.findByRole('alert')).textContent).toContain('Wrong: none of the packets');
  // Two that stayed closed, and two that can be read without a key: nobody’s IK fits those either.
  const wrong = (await lines()).filter((line) => line.startsWith('Wrong key'));
  expect(wrong.map((line) => line.split('|')[5])).toEqual(['0 of 5', '0 of 6', '5 of 5', '6 of 6']);
  await typePair(ben);
  expect(await screen.findByText('Opens 2 security associations.', { selector: 'p' })).toBeTruthy();
  await waitFor(async () => expect((await lines()).filter((line) => line.startsWith('Open|'))).toHaveLength(4));
  const typed = screen.getByRole('list', { name: 'Typed keys' });
  expect(within(typed).getAllByRole('listitem')).toHaveLength(2);
  expect(document.body.textContent).not.toContain(ben.ik.slice(0, 8));
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'IK' }).value).toBe('');
  await user.click(screen.getByRole('button', { name: 'Remove all' }));
  await waitFor(async () => expect((await lines()).filter((line) => line.startsWith('Closed'))).toHaveLength(3));
});

test('a mistake is told at its field or line, and nothing is taken', async () => {
  const user = userEvent.setup();
  render(<SecurityScreen />);
  await lines();
  await user.click(screen.getByRole('tab', { name: 'Keys' }));
  await user.type(await screen.findByRole('textbox', { name: 'IK' }), 'abc');
  expect(await screen.findByText(/^IK is not in hexadecimal/u)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Take IK and CK' }).disabled).toBe(true);
  const text = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Keys as text' });
  await user.click(text);
  await user.paste(`# mine\nsubscriber=${ben.impi} ik=${ben.ik}\n10.0.0.1,10.0.0.2,7,aes-foo,00`);
  const mistakes = await screen.findByRole('list', { name: 'Mistakes' });
  await user.click(within(mistakes).getByRole('button', { name: 'line 3, column 21' }));
  expect(text.value.slice(text.selectionStart, text.selectionEnd)).toBe('aes-foo,00');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Take these keys' }).disabled).toBe(true);
});

test('keys as text: Wireshark’s table and lines of our own, told what was understood', async () => {
  const user = userEvent.setup();
  render(<SecurityScreen />);
  await lines();
  await user.click(screen.getByRole('tab', { name: 'Keys' }));
  await user.click(await screen.findByRole('textbox', { name: 'Keys as text' }));
  const line = (spi: string): string =>
    `"IPv4","*","*","${spi}","AES-CBC [RFC3602]","0x${ben.ck}","HMAC-SHA-1-96 [RFC2404]","0x${ben.ik}00000000"`;
  await user.paste(`${line(ben.up)}\n${line(ben.down)}\n`);
  expect(await screen.findByText('Wireshark esp_sa: 2 associations.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Take these keys' }));
  expect(await screen.findByText('Of 2 keys 2 open packets, 0 are wrong, 0 have nothing to open.')).toBeTruthy();
  expect((await screen.findByRole('list', { name: 'Typed keys' })).textContent).toContain('pasted, line 2');
});

test('the keys of an association are masked until they are asked for, and can be copied', async () => {
  const user = userEvent.setup();
  render(<SecurityScreen />);
  await lines();
  screen.getByRole('treegrid').focus();
  await user.keyboard('{ArrowDown}');
  const detail = await screen.findByRole('region', { name: 'Security association 0x6d827bb2' });
  expect(detail.textContent).toContain('•••••••• 128 bits');
  expect(detail.textContent).not.toContain(anna.ck);
  await user.click(within(detail).getByRole('button', { name: 'Show the keys' }));
  expect(await within(detail).findAllByText(anna.ck)).toHaveLength(2);
  await user.click(within(detail).getByRole('button', { name: 'Copy the line for Wireshark' }));
  await waitFor(() => expect(surroundings.texts.at(-1)).toContain(`0x${anna.ck}`));
  await user.click(within(detail).getByRole('button', { name: 'Hide the keys' }));
  expect(detail.textContent).not.toContain(anna.ck);
});

test('what does not fit together in an agreement is told, with the messages that show it', async () => {
  const user = userEvent.setup();
  render(<SecurityScreen />);
  const at = (await lines()).findIndex((line) => line.includes('clara'));
  expect((await lines())[at]).toContain('1 difference');
  screen.getByRole('treegrid').focus();
  await user.keyboard('{ArrowDown}'.repeat(at));
  const detail = await screen.findByRole('region', { name: 'Registration of clara@ims.example.net' });
  expect(detail.textContent).toContain(
    'The P-CSCF prefers hmac-sha-1-96 with aes-ctr (q=0.95), which the phone did not offer',
  );
  const answered = within(detail).getByRole('list', { name: 'Security-Server' });
  expect(Array.from(answered.children, (item) => item.textContent)).toEqual([
    'hmac-sha-1-96, aes-ctr, q 0.95',
    'hmac-md5-96, null, q 0.9 ✓ chosen',
  ]);
  await user.click(within(detail).getAllByRole('button', { name: /^frame \d+$/u })[0] as HTMLElement);
  await waitFor(() => expect(useView.getState().screen).toBe('calls'));
});

test('a 401 is a way to its message', async () => {
  const user = userEvent.setup();
  render(<SecurityScreen />);
  await lines();
  await user.click(screen.getAllByRole('button', { name: '401 in frame 3' })[0] as HTMLElement);
  await waitFor(() => expect(useView.getState().screen).toBe('calls'));
  const [message] = await clientOfPage().ask('message', { frame: 3 });
  expect(useLadder.getState().selected).toBe(message?.row.row);
});

test('who types keys stays where they were: call, ticks, message and its pair', async () => {
  const messages = await rowsWhere('from:clara');
  const selected = messages.find(({ method }) => method === 'BYE');
  const marked = messages.find(({ method }) => method === 'INVITE');
  const other = messages.find(({ method }) => method === 'MESSAGE');
  if (selected?.call === undefined || selected.call === null || other?.call === undefined || other.call === null)
    throw new Error('the fixture has these');
  useCalls.setState({ cursor: selected.call, ticked: [other.call, selected.call] });
  useLadder.setState({ selected: selected.row, marked: marked?.row ?? null });
  const before = useCapture.getState().client;
  expect(await changeKeys({ add: { pairs: [{ subscriber: ben.impi, ik: ben.ik, ck: ben.ck }] } })).toBe(true);
  expect(useCapture.getState().client).not.toBe(before);
  const { cursor, ticked } = useCalls.getState();
  expect(cursor).not.toBe(selected.call);
  const now = await rowsWhere('from:clara');
  const bye = now.find(({ method }) => method === 'BYE');
  expect(bye?.frame).toBe(selected.frame);
  expect(useLadder.getState()).toMatchObject({
    selected: bye?.row,
    marked: now.find(({ method }) => method === 'INVITE')?.row,
  });
  expect([cursor, ticked]).toEqual([bye?.call, [now.find(({ method }) => method === 'MESSAGE')?.call, bye?.call]]);
  expect(useSecurity.getState()).toMatchObject({ busy: false, said: { bad: false } });
});
