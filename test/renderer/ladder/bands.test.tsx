// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Shell } from '../../../renderer/shell/shell.ts';
import { useCalls } from '../../../renderer/state/calls.ts';
import { ladderQuery, useLadder } from '../../../renderer/state/ladder.ts';
import { useListening } from '../../../renderer/state/listening.ts';
import { useSettings } from '../../../renderer/state/settings.ts';
import { readSettings } from '../../../renderer/state/stored-settings.ts';
import { ladderCommands } from '../../../renderer/views/ladder/commands.ts';
import { LadderPane } from '../../../renderer/views/ladder/LadderPane.tsx';
import { openMedia } from '../../../renderer/views/media/go.ts';
import { clientOfPage, forgetPage, openOnPage } from '../capture-page.ts';

vi.mock(import('../../../renderer/shell/index.ts'), () => ({ shell: { kind: 'browser' } as unknown as Shell }));
vi.mock(import('../../../renderer/views/media/go.ts'), () => ({ openMedia: vi.fn<typeof openMedia>() }));

/** Bands of media in the ladder on the screen; call 34 of the sample has four streams over a relay, call 1 has none. */
let close: () => Promise<void>;
beforeAll(async () => {
  close = await openOnPage('sample-day.pcapng');
});
beforeEach(() => {
  forgetPage();
  vi.mocked(openMedia).mockClear();
  useListening.setState(useListening.getInitialState(), true);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(1200);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});
afterAll(() => close());

async function draw(call: number): Promise<HTMLElement> {
  useCalls.setState({ cursor: call });
  render(<LadderPane />);
  // The first ladder is the one that loads what it is made with.
  const list = await screen.findByRole('listbox', undefined, { timeout: 20_000 });
  await waitFor(() => expect(list.querySelectorAll('[role="option"]').length).toBeGreaterThan(0), { timeout: 20_000 });
  return list;
}

function bands(): HTMLElement[] {
  return screen.queryAllByRole('option', { name: /^RTP /u });
}

function run(id: string): void {
  const command = ladderCommands.find((one) => one.id === id);
  if (command?.enabled() !== true) throw new Error(`“${id}” makes no sense now`);
  act(() => command.run());
}

test('the streams of a call are there from the beginning, with their numbers as names', async () => {
  await draw(34);
  expect(bands()).toHaveLength(4);
  const name = bands()[0]?.getAttribute('aria-label') ?? '';
  expect(name).toMatch(
    /^RTP \w+ 20 ms from 10\.0\.\S+ to \S+, frame \d+, .*SSRC 0x.*packets, loss [\d.]+ %.*MOS \d\.\d\d, packet time 20 ms/u,
  );
  expect(bands()[0]?.getAttribute('aria-disabled')).toBeNull();
});

test('the toggle takes them away and is remembered; exports follow it', async () => {
  await draw(34);
  const toggle = screen.getByRole('button', { name: 'RTP' });
  expect(toggle.getAttribute('aria-pressed')).toBe('true');
  expect(ladderQuery([34])).toMatchObject({ rtp: true });
  fireEvent.click(toggle);
  await waitFor(() => {
    expect(bands()).toHaveLength(0);
  });
  expect(useSettings.getState().rtp).toBe(false);
  expect(ladderQuery([34])).toMatchObject({ rtp: false });
  run('ladder-rtp');
  await waitFor(() => {
    expect(bands()).toHaveLength(4);
  });
  expect(readSettings({ rtp: 'yes' }, useSettings.getInitialState()).rtp).toBe(true);
  expect(readSettings({ rtp: false }, useSettings.getInitialState()).rtp).toBe(false);
});

test('a call without media says so at the toggle', async () => {
  await draw(1);
  expect(bands()).toHaveLength(0);
  await waitFor(() => {
    expect(screen.getByRole('button', { name: 'RTP' }).title).toBe('Nothing was heard of RTP of these calls');
  });
});

test('keys go through bands as through arrows; Enter opens the stream; the arrow stays selected for the pane beside', async () => {
  const list = await draw(34);
  await waitFor(() => {
    expect(useLadder.getState().selected).not.toBeNull();
  });
  list.focus();
  for (let step = 0; step < 40 && useLadder.getState().band === null; step++)
    fireEvent.keyDown(list, { key: 'ArrowDown' });
  const { band, selected } = useLadder.getState();
  expect(selected).not.toBeNull();
  const active = document.querySelector(`#${list.getAttribute('aria-activedescendant') ?? ''}`);
  expect(active?.getAttribute('aria-label')).toMatch(/^RTP /u);
  expect(active?.getAttribute('aria-selected')).toBe('true');
  const mark = ladderCommands.find(({ id }) => id === 'ladder-mark');
  expect(mark?.enabled()).toBe(false);
  run('ladder-stream');
  expect(openMedia).toHaveBeenCalledExactlyOnceWith({ stream: Number(band) });
  fireEvent.keyDown(list, { key: 'Home' });
  expect(useLadder.getState().band).toBeNull();
});

test('a click on a band chooses it and opens its stream', async () => {
  const list = await draw(34);
  const scene = await clientOfPage().ask('ladder', { ...ladderQuery([34]), room: 200 });
  const first = scene.items.find((item) => item.kind === 'band');
  fireEvent.click(list, { clientY: (first?.y ?? 0) - scene.lifelines.y1 });
  await waitFor(() => {
    expect(openMedia).toHaveBeenCalledTimes(1);
  });
  expect(useLadder.getState().band).toBe(first?.key);
});

test('a band that the next ladder does not have is not chosen any more', async () => {
  await draw(34);
  const [first] = bands();
  expect(first).toBeDefined();
  act(() => useLadder.setState({ band: '1' }));
  act(() => useCalls.setState({ cursor: 1 }));
  await waitFor(() => {
    expect(useLadder.getState().band).toBeNull();
  });
});

test('a line follows what is heard, while the ladder is not drawn again', async () => {
  const list = await draw(34);
  const line = list.querySelector<HTMLElement>('[data-listening]');
  expect(line?.hidden).toBe(true);
  const scene = await clientOfPage().ask('ladder', { ...ladderQuery([34]), room: 200 });
  const arrows = scene.items.filter((item) => item.kind === 'arrow');
  const [first, last] = [arrows[0], arrows.at(-1)];
  const [option] = screen.getAllByRole('option');
  const heights: number[] = [];
  for (const part of [0, 0.3, 0.6, 1]) {
    const [from, to] = [Number(first?.ts), Number(last?.ts)];
    act(() => useListening.setState({ call: 34, playing: true, at: from + part * (to - from) }));
    expect(line?.hidden).toBe(false);
    heights.push(Number(/translateY\((-?\d+)px\)/u.exec(line?.style.transform ?? '')?.[1]));
  }
  expect(heights).toStrictEqual(heights.toSorted((a, b) => a - b));
  expect(heights[0]).toBe((first?.y ?? 0) - scene.lifelines.y1);
  expect(heights.at(-1)).toBe((last?.y ?? 0) - scene.lifelines.y1);
  expect(screen.getAllByRole('option')[0]).toBe(option);
  act(() => useListening.setState({ call: 35 }));
  expect(line?.hidden).toBe(true);
  act(() => useListening.setState({ call: 34, at: null }));
  expect(line?.hidden).toBe(true);
});
