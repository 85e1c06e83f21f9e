import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DesktopBridge } from '../../core/contract/desktop.ts';
import { expect, test, type App } from './app.ts';
import { electronPath, switches, type Desktop } from './desktop.ts';
import { fixture, root } from './programs.ts';

/** What only the desktop program has: windows, the menu, the next start, and the fence around its pages. */
const [sample, states] = [fixture('sample-day.pcapng'), fixture('states.pcap')];

test.skip(({ app }) => app.kind !== 'electron', 'only the desktop program has this');

function desktop(app: App): Desktop {
  if (!('electron' in app)) throw new TypeError('not the desktop program');
  return app as Desktop;
}

function titles({ electron }: Desktop): Promise<string[]> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()));
}

/** The processes of captures that live now. */
function hosts({ electron }: Desktop): Promise<number> {
  return electron.evaluate(
    ({ app }) => app.getAppMetrics().filter(({ name }) => name?.startsWith('Sipglass capture') === true).length,
  );
}

function choose({ electron }: Desktop, item: string): Promise<void> {
  return electron.evaluate(({ Menu }, id) => {
    Menu.getApplicationMenu()?.getMenuItemById(id)?.click();
  }, item);
}

test.describe('with two captures on the command line', () => {
  test.use({ captures: [sample, states] });

  test('they are merged in one window, which is named after them', async ({ app }) => {
    await expect.poll(() => titles(desktop(app))).toEqual(['sample-day.pcapng, states.pcap — Sipglass']);
    expect(await hosts(desktop(app))).toBe(1);
  });
});

test.describe('with a capture', () => {
  test.use({ captures: [sample] });

  test('another start hands its files to the program that runs, which shows them in a new window', async ({
    app,
  }, info) => {
    await expect(app.page.getByText('65 calls').first()).toBeVisible();
    await promisify(execFile)(electronPath(), [...switches(info), root, 'fixtures/states.pcap'], { cwd: root });
    await expect
      .poll(async () => (await titles(desktop(app))).sort())
      .toEqual(['sample-day.pcapng — Sipglass', 'states.pcap — Sipglass']);
    await expect.poll(() => hosts(desktop(app))).toBe(2);
  });

  test('a page that is loaded again has its capture again, and one process only', async ({ app }) => {
    await expect(app.page.getByText('65 calls').first()).toBeVisible();
    await app.page.reload();
    await expect(app.page.getByText('65 calls').first()).toBeVisible();
    await expect.poll(() => hosts(desktop(app))).toBe(1);
  });
});

// The sample is not among the recent captures: the welcome screen offers it anyway.
test.describe('with a capture of the user’s', () => {
  test.use({ captures: [states] });

  test('closing it ends its process, and the menu opens it again from the recent ones', async ({ app }) => {
    const name = app.page.getByText('states.pcap').first();
    const item = (): Promise<string | undefined> =>
      desktop(app).electron.evaluate(
        ({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('recent')?.submenu?.items[0]?.label,
      );
    await expect(name).toBeVisible();
    await expect.poll(item).toBe('states.pcap');
    await choose(desktop(app), 'close-capture');
    await expect.poll(() => hosts(desktop(app))).toBe(0);
    expect(await titles(desktop(app))).toEqual(['Sipglass']);
    await desktop(app).electron.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('recent')?.submenu?.items[0]?.click();
    });
    await expect.poll(() => titles(desktop(app))).toEqual(['states.pcap — Sipglass']);
    await expect.poll(() => hosts(desktop(app))).toBe(1);
  });
});

test('a new window shows the welcome screen; closing it leaves the first', async ({ app }) => {
  const { electron } = desktop(app);
  const opened = electron.waitForEvent('window');
  await choose(desktop(app), 'new-window');
  const second = await opened;
  await expect(second.getByRole('button', { name: /^open/iu }).first()).toBeVisible();
  await second.close();
  await expect.poll(() => titles(desktop(app))).toEqual(['Sipglass']);
});

test.describe('the fence', () => {
  // One pattern: Playwright takes a list of two for a value and its options.
  test.use({ excused: ['Content Security Policy', 'Failed to load resource'] });

  test('the page has nothing of Node or Electron, and gets nowhere else', async ({ app }) => {
    const seen = await app.page.evaluate(async () => {
      const fails = async (address: string): Promise<string> => {
        try {
          return `status ${(await fetch(address)).status}`;
        } catch {
          return 'refused';
        }
      };
      const script = document.createElement('script');
      script.textContent = 'document.title = "ran"';
      document.head.append(script);
      return {
        node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
        window: open('https://example.com/') === null,
        https: await fails('https://example.com/'),
        file: await fails('file:///etc/hostname'),
        outside: await fails('app://sipglass/../../package.json'),
        camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
          () => 'given',
          () => 'refused',
        ),
        inline: document.title,
      };
    });
    expect(seen).toMatchObject({
      node: [],
      window: true,
      https: 'refused',
      file: 'refused',
      outside: 'status 404',
      camera: 'refused',
    });
    expect(seen.inline).not.toBe('ran');
    const address = app.page.url();
    await app.page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    // The page is still there and answers.
    expect(await app.page.evaluate(() => location.href)).toBe(address);
  });

  test('the page cannot name a file that the user did not choose', async ({ app }) => {
    const refused = await app.page.evaluate(async () => {
      const bridge = (globalThis as { readonly sipglassDesktop?: DesktopBridge }).sipglassDesktop;
      try {
        await bridge?.open({ kind: 'recent', paths: ['/etc/hostname'] });
        return 'opened';
      } catch (error) {
        return String(error);
      }
    });
    expect(refused).toContain('not among the recent ones');
    expect(await hosts(desktop(app))).toBe(0);
  });
});
