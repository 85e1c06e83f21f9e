import { expect, test } from './app.ts';
import { fixture } from './programs.ts';

/** How a capture comes to the page, and what is shown when that fails. */
const sample = fixture('sample-day.pcapng');
const calls = '65 calls';

test('without a capture the page says what can be done', async ({ app }) => {
  await expect(app.page.getByRole('button', { name: /^open/iu }).first()).toBeVisible();
  await expect(app.page.getByText(calls)).toHaveCount(0);
});

test('a file is chosen in the dialog', async ({ app }) => {
  await app.open(sample);
  await expect(app.page.getByText('sample-day.pcapng').first()).toBeVisible();
  await expect(app.page.getByText(calls).first()).toBeVisible();
});

test('a file is dropped on the page, and another after it takes its place', async ({ app }) => {
  await app.drop(sample);
  await expect(app.page.getByText(calls).first()).toBeVisible();
  await app.drop(fixture('states.pcap'));
  await expect(app.page.getByText('states.pcap').first()).toBeVisible();
  await expect(app.page.getByText(calls)).toHaveCount(0);
});

test('what is no capture is refused in a sentence, and the next file opens', async ({ app }) => {
  await app.drop(fixture('sample-day.make.ts'));
  await expect(app.page.getByText(/not a capture/iu).first()).toBeVisible();
  await app.drop(sample);
  await expect(app.page.getByText(calls).first()).toBeVisible();
});

test.describe('with a capture on the command line', () => {
  test.use({ captures: [sample], excused: ['WebSocket'] });

  test('it is open at once', async ({ app }) => {
    await expect(app.page.getByText(calls).first()).toBeVisible();
  });

  test('when its process is killed, the page says so, and opens it again', async ({ app }) => {
    await expect(app.page.getByText(calls).first()).toBeVisible();
    await app.killHost();
    const alert = app.page.getByRole('alert').filter({ hasText: 'until it is opened again' });
    await expect(alert).toContainText(/ended|closed|gone|lost/iu);
    await alert.getByRole('button', { name: 'Open again' }).click();
    await expect(alert).toHaveCount(0);
    await expect(app.page.getByText(calls).first()).toBeVisible();
  });
});
