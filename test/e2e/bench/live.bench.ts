import { cannotCapture } from '../../live/rights.ts';
import { shown, test as base } from '../app.ts';
import { startDesktop } from '../desktop.ts';
import { startServed } from '../served.ts';
import { SipTalk, TALK } from '../sip-talk.ts';
import { removeTemporary } from '../temporary.ts';
import { Figures } from './figures.ts';

/** From a packet on the wire to the row on the screen, on loopback, while nothing else is captured and at 50 calls/s. */

const missing = await cannotCapture('dumpcap');
base.skip(missing !== '', `not measured: ${missing}`);

/** Calls that are timed, and those that come along with each of them. */
const TIMED = 60;
const ALONG = 20;

declare global {
  interface Window {
    /** When a call's row was there first, milliseconds since 1970, by its name. */
    readonly rowTimes?: Map<string, number>;
  }
}

for (const backend of ['dumpcap', 'tcpdump'] as const)
  base(`rows of live calls, by ${backend}`, async ({ chrome }, info) => {
    base.skip((await cannotCapture(backend)) !== '', `${backend} cannot capture here`);
    const app =
      chrome === null
        ? await startDesktop([], info)
        : await startServed(chrome, ['-i', 'lo', '-f', TALK, '--backend', backend], info);
    const figures = new Figures(app.kind);
    const talk = await SipTalk.begin();
    const { page } = app;
    await shown(app);
    if (app.kind === 'electron') {
      await page.getByRole('button', { name: 'Capture live…' }).click();
      await page.getByRole('radio', { name: /^lo\b/u }).click();
      await page.getByRole('radio', { name: new RegExp(`^${backend}`, 'u') }).click();
      await page.getByRole('textbox', { name: 'Packet filter' }).fill(TALK);
      await page.getByRole('button', { name: 'Start on lo' }).click();
    }
    await page.getByText('Nothing has passed on lo yet.').waitFor();
    await page.evaluate(() => {
      const rowTimes = new Map<string, number>();
      Object.assign(globalThis, { rowTimes });
      new MutationObserver(() => {
        for (const { textContent } of document.querySelectorAll('[role=row] [role=gridcell]')) {
          const name = /^timed\d+/u.exec(textContent)?.[0];
          if (name !== undefined && !rowTimes.has(name)) rowTimes.set(name, performance.timeOrigin + performance.now());
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    for (const along of [0, ALONG]) {
      const sent = new Map<string, number>();
      for (let number = 0; number < TIMED; number++) {
        const name = `timed${along * 1000 + number}`;
        for (let other = 0; other < along; other++) await talk.call(`${name}along${other}`);
        sent.set(name, performance.timeOrigin + performance.now());
        await talk.call(name, 'ringing');
        // Not in step with anything that looks at fixed intervals.
        await page.waitForTimeout(300 + ((number * 37) % 200));
      }
      await page.waitForTimeout(2000);
      const seen = await page.evaluate(() => [...(globalThis.window.rowTimes ?? [])]);
      const took = seen
        .flatMap(([name, at]) => (sent.has(name) ? [at - (sent.get(name) ?? 0)] : []))
        .toSorted((a, b) => a - b);
      const goal = backend === 'dumpcap' ? 500 : null;
      const what = `${backend}, packet to row${along === 0 ? '' : ', 50 calls/s'}`;
      figures.add(`${what}: median`, took[Math.floor(took.length / 2)] ?? Number.NaN, 'ms', goal);
      figures.add(`${what}: 95 % within`, took[Math.floor(took.length * 0.95)] ?? Number.NaN, 'ms', goal);
      figures.add(`${what}: longest`, took.length === TIMED ? (took.at(-1) ?? 0) : Number.NaN, 'ms', goal);
    }
    talk.close();
    await app.close();
    removeTemporary(info);
  });
