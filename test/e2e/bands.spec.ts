import { readFileSync } from 'node:fs';
import { expect, test as alone } from './app.ts';
import { message, rtp, sdp, writeCall } from '../host/call-script.ts';
import { saveAs } from './exports.ts';
import { expect as expectSample, test } from './sample.ts';
import { arrow, arrows, callsGrid, goToCall, ladder } from './screen.ts';

/** Media in the ladder: bands, their toggle, what opens from them, exports, and warnings at arrows. */

const BAND = /^RTP \S+ 20 ms from .* packets, loss /u;

test('RTP stands in the ladder as bands; the toggle and its key take them away', async ({ app: { page } }) => {
  await goToCall(page, 'callid:21af55879d85abe25360');
  // The first Escape closed what the filter bar suggests.
  await callsGrid(page).focus();
  await page.keyboard.press('Enter');
  await expectSample(arrows(page)).toBeFocused();
  await expectSample(arrows(page).getByRole('option', { name: BAND }).first()).toBeAttached();
  const toggle = ladder(page).getByRole('button', { name: 'RTP', exact: true });
  await expectSample(toggle).toHaveAttribute('aria-pressed', 'true');
  await toggle.click();
  await expectSample(arrows(page).getByRole('option', { name: BAND })).toHaveCount(0);
  await arrows(page).focus();
  await page.keyboard.press('v');
  await expectSample(toggle).toHaveAttribute('aria-pressed', 'true');
  await expectSample(arrows(page).getByRole('option', { name: BAND }).first()).toBeAttached();
});

test('a band is reached with the arrow keys, and what is shown is what is exported', async ({ app }) => {
  const { page } = app;
  await goToCall(page, 'callid:21af55879d85abe25360');
  // The first Escape closed what the filter bar suggests.
  await callsGrid(page).focus();
  await page.keyboard.press('Enter');
  await expectSample(arrows(page)).toBeFocused();
  const first = arrows(page).getByRole('option', { name: BAND }).first();
  // Below arrows only, so that its place tells how many steps it is from the first of them.
  const place = Number(await first.getAttribute('aria-posinset'));
  await page.keyboard.press('Home');
  for (let step = 1; step < place; step++) await page.keyboard.press('ArrowDown');
  await expectSample(first).toHaveAttribute('aria-selected', 'true');
  const svg = readFileSync((await saveAs(app, 'Ladder', /^SVG/u)).path, 'utf8');
  expectSample(svg).toMatch(/>RTP \S+ 20 ms · loss /u);
  await ladder(page).getByRole('button', { name: 'RTP', exact: true }).click();
  await expectSample(arrows(page).getByRole('option', { name: BAND })).toHaveCount(0);
  const plain = readFileSync((await saveAs(app, 'Ladder', /^SVG/u)).path, 'utf8');
  expectSample(plain).not.toContain('>RTP ');
});

test('Enter on a band, and a click, open its stream; Escape comes back to the ladder', async ({ app: { page } }) => {
  await goToCall(page, 'callid:21af55879d85abe25360');
  // The first Escape closed what the filter bar suggests.
  await callsGrid(page).focus();
  await page.keyboard.press('Enter');
  await expectSample(arrows(page)).toBeFocused();
  const band = arrows(page).getByRole('option', { name: BAND }).first();
  const view = page.getByRole('region', { name: 'Packet time', exact: true });
  await band.click();
  await expectSample(view).toBeVisible();
  await page.keyboard.press('Escape');
  await expectSample(band).toHaveAttribute('aria-selected', 'true');
  await arrows(page).focus();
  await page.keyboard.press('Enter');
  await expectSample(view).toBeVisible();
});

alone('a packet time that was not wanted is told at the INVITE that said so', async ({ app }, info) => {
  const file = info.outputPath('ptime.pcap');
  writeCall(file, [
    message(
      0,
      'INVITE sip:b@example.org SIP/2.0',
      '1 INVITE',
      'caller',
      sdp('caller', ['a=ptime:20', 'a=maxptime:20']),
    ),
    message(100, 'SIP/2.0 200 OK', '1 INVITE', 'callee', sdp('callee', ['a=ptime:30'])),
    message(110, 'ACK sip:b@example.org SIP/2.0', '1 ACK', 'caller'),
    ...rtp(120, 290, 'caller'),
    ...rtp(125, 190, 'callee', 30),
    message(6000, 'BYE sip:b@example.org SIP/2.0', '2 BYE', 'caller'),
    message(6010, 'SIP/2.0 200 OK', '2 BYE', 'callee'),
  ]);
  await app.open(file);
  const { page } = app;
  await goToCall(page, 'method:INVITE');
  await expect(
    arrow(page, /^INVITE .* Problem: .*20 ms at most \(a=maxptime\) and gets packets of 30 ms/u),
  ).toBeAttached();
  await expect(arrow(page, /^ACK /u)).not.toHaveAttribute('aria-label', /Problem|Warning/u);
});
