import { expect, test } from './sample.ts';
import { arrow, arrows, callsGrid, filterField, goToCall, ladder, message } from './screen.ts';

/** The ladder: opened, looked through arrow by arrow, compared. */

test('Enter gives the ladder all the room, Escape gives it back', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  await expect(callsGrid(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(callsGrid(page)).toHaveCount(0);
  await expect(arrows(page)).toBeFocused();
  await expect(ladder(page).getByRole('heading', { level: 2 })).toContainText('Clara Rossi');
  await page.keyboard.press('Escape');
  await expect(callsGrid(page)).toBeFocused();
});

test('the ladder says why the call ended so, and has one arrow for each message', async ({ app: { page } }) => {
  await goToCall(page, 'state:failed');
  await expect(ladder(page).getByText(/503/u).first()).toBeVisible();
  await expect(arrows(page).getByRole('option')).toHaveCount(7);
  await expect(
    page.getByRole('toolbar', { name: 'Lanes' }).getByRole('button', { name: /, lane \d of 3$/u }),
  ).toHaveCount(3);
});

test('a click on an arrow shows its message, as on the wire and decoded', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  await arrow(page, /^486 Busy Here .*to 10\.0\.10\.23/u).click();
  const pane = message(page);
  await expect(pane.getByRole('tabpanel', { name: 'Message' })).toContainText('SIP/2.0 486 Busy Here');
  await expect(pane.getByRole('tabpanel')).toContainText('10.0.20.10:5060 → 10.0.10.23:5060');
  await pane.getByRole('tab', { name: 'Decoded' }).click();
  const headers = pane.getByRole('table', { name: 'Headers and their values' });
  await expect(headers.getByRole('row', { name: /^CSeq \d+ INVITE/u })).toBeVisible();
  await expect(headers.getByRole('row', { name: /^Via SIP\/2\.0\/UDP 10\.0\.10\.23:5060/u })).toBeVisible();
});

test('SDP is a table, and bytes are shown with the layers of their packet', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  await arrow(page, /^INVITE .*from 10\.0\.10\.23/u).click();
  const pane = message(page);
  await pane.getByRole('tab', { name: /^SDP/u }).click();
  await expect(pane.getByRole('tabpanel').getByRole('table').first()).toBeVisible();
  await expect(pane.getByRole('tabpanel')).toContainText('PCMU');
  await pane.getByRole('tab', { name: 'Hex' }).click();
  const bytes = pane.getByRole('grid', { name: 'Bytes' });
  await expect(bytes.getByRole('row').first()).toContainText('49 4e 56 49 54 45'.replaceAll(' ', ''));
  await pane.getByRole('radio', { name: 'Packet' }).click();
  await pane.getByRole('radio', { name: /^udp/iu }).click();
  await expect(pane.getByRole('status')).toContainText(/^Byte 34 /u);
});

test('what the last hop changed is told header by header', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  await arrow(page, /^INVITE .*from 10\.0\.20\.10/u).click();
  await page.keyboard.press('d');
  const panel = message(page).getByRole('tabpanel', { name: 'Hop diff' });
  const changes = panel.getByRole('list', { name: /changes$/u });
  await expect(changes.getByRole('listitem').filter({ hasText: /^Via/u }).first()).toContainText('added');
  const forwards = changes.getByRole('listitem').filter({ hasText: /^Max-Forwards/u });
  await expect(forwards.getByRole('deletion')).toHaveText('70');
  await expect(forwards.getByRole('insertion')).toHaveText('69');
});

test('of two arrows the time between them and their difference are told', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  await arrow(page, /^INVITE .*from 10\.0\.10\.23/u).click();
  await page.keyboard.press('Space');
  await expect(arrow(page, /^INVITE .*from 10\.0\.10\.23.*, marked$/u)).toBeVisible();
  await arrow(page, /^486 Busy Here .*to 10\.0\.10\.23/u).click();
  await expect(ladder(page).getByRole('status')).toContainText(/\d ms|\d s/u);
  await ladder(page)
    .getByRole('button', { name: /^Difference/u })
    .click();
  const panel = message(page).getByRole('tabpanel', { name: 'Hop diff' });
  await expect(panel.getByRole('radio', { name: 'Marked and selected' })).toBeChecked();
  await expect(
    panel
      .getByRole('listitem')
      .filter({ hasText: /^Contact/u })
      .first(),
  ).toContainText('removed');
});

test('rows to scale of time are further apart where time passed', async ({ app: { page } }) => {
  await goToCall(page, 'state:completed and from:farid');
  const places = async (): Promise<number> => (await arrows(page).boundingBox())?.height ?? 0;
  const even = await places();
  await ladder(page).getByRole('radio', { name: 'To scale' }).click();
  await expect(ladder(page).getByRole('radio', { name: 'To scale' })).toBeChecked();
  await expect.poll(places).toBeGreaterThan(even * 1.2);
  await expect(ladder(page).getByRole('button', { name: 'Fold loops' })).toBeDisabled();
});

test('lines of SDP below the arrows can be left out', async ({ app: { page } }) => {
  await goToCall(page, 'state:busy');
  const lines = arrows(page).locator('text', { hasText: 'PCMU' });
  await expect(lines.first()).toBeVisible();
  await ladder(page).getByRole('button', { name: 'SDP' }).click();
  await expect(lines).toHaveCount(0);
  await expect(arrow(page, /^INVITE/u)).toBeVisible();
});

test('a call without any answer has its resent requests marked', async ({ app: { page } }) => {
  await goToCall(page, 'to:door');
  await expect(arrows(page).getByRole('option', { name: /retransmission of #\d+/u })).toHaveCount(6);
  await filterField(page).fill('');
});
