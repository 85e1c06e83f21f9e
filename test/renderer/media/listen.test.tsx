// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Waveform } from '../../../core/contract/audio.ts';
import { useListening } from '../../../renderer/state/listening.ts';
import { useView } from '../../../renderer/state/view.ts';
import { Listen } from '../../../renderer/views/media/listen/Listen.tsx';
import { positionAfter } from '../../../renderer/views/media/listen/Position.tsx';
import { clockText, heardText, momentOf, spokenTime } from '../../../renderer/views/media/listen/sound-words.ts';
import { holesOf } from '../../../renderer/views/media/listen/Wave.tsx';
import { forgetPage, openOnPage } from '../capture-page.ts';
import { surroundings } from '../test-shell.ts';
import { FakeBuffer, FakeContext } from './fake-audio.ts';

vi.mock(import('../../../renderer/shell/index.ts'), async () => ({
  shell: (await import('../test-shell.ts')).surroundings.shell,
}));

let contexts: FakeContext[] = [];
let rates: (number | undefined)[] = [];
let close: () => Promise<void>;
beforeAll(async () => {
  vi.stubGlobal('AudioBuffer', FakeBuffer);
  vi.stubGlobal(
    'AudioContext',
    class extends FakeContext {
      constructor({ sampleRate }: AudioContextOptions) {
        super();
        contexts.push(this);
        rates.push(sampleRate);
      }
    },
  );
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(300);
  close = await openOnPage('listening.pcap');
});
beforeEach(() => {
  forgetPage();
  contexts = [];
  rates = [];
});
afterEach(cleanup);
afterAll(async () => {
  await close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function shown(streams: readonly number[]): Promise<HTMLElement> {
  render(<Listen streams={streams} />);
  const panel = screen.getByRole('region', { name: 'Listen' });
  await within(panel).findByRole('slider', { name: 'Position' });
  return panel;
}

test('two streams: who is heard, what became of their packets, and pictures with what is missing', async () => {
  const panel = await shown([1, 2]);
  expect(panel.textContent).toContain('CallerleftPCMA');
  expect(panel.textContent).toContain('187 packets played');
  expect(panel.textContent).toContain('193 packets played, 3 lost, 1 too late, 1 doubled');
  await waitFor(() => expect(panel.querySelectorAll('svg rect[x]').length).toBeGreaterThanOrEqual(2));
  const outline = panel.querySelector('svg path[d^="M"]')?.getAttribute('d') ?? '';
  // Two points a bucket, one bucket a pixel.
  expect(outline.split('L').length).toBeLessThanOrEqual(600);
});

test('play and pause; what is heard can be followed', async () => {
  const panel = await shown([1, 2]);
  expect(useListening.getState()).toMatchObject({ streams: [1, 2], call: 1, playing: false, at: 1_773_482_401.5 });
  await userEvent.click(within(panel).getByRole('button', { name: 'Play' }));
  await waitFor(() => expect(contexts[0]?.started).toHaveLength(2));
  expect(rates).toEqual([8000]);
  const samples = contexts[0]?.started[0]?.buffer.getChannelData() ?? new Float32Array(0);
  expect(Math.max(...samples.slice(0, 800))).toBeCloseTo(16_000 / 32_768, 1);
  if (contexts[0] !== undefined) contexts[0].currentTime += 1;
  await waitFor(() => expect(useListening.getState().at ?? 0).toBeGreaterThan(1_773_482_402.4));
  expect(useListening.getState().playing).toBe(true);
  await userEvent.click(within(panel).getByRole('button', { name: 'Pause' }));
  expect(useListening.getState().playing).toBe(false);
  cleanup();
  expect(useListening.getState()).toMatchObject({ streams: [], at: null });
  expect(contexts[0]?.closed).toBe(true);
});

test('keys: Space plays, arrows go on and back, and what is told is a time', async () => {
  const panel = await shown([5]);
  const slider = within(panel).getByRole('slider', { name: 'Position' });
  slider.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(slider.getAttribute('aria-valuetext')).toBe('0.0 seconds of 1.0 seconds');
  await userEvent.keyboard('{End}');
  expect(slider.getAttribute('aria-valuetext')).toBe('1.0 seconds of 1.0 seconds');
  await userEvent.keyboard('{Home} ');
  await waitFor(() => expect(contexts[0]?.started).toHaveLength(1));
  await userEvent.keyboard(' ');
  await within(panel).findByRole('button', { name: 'Play' });
});

test('another jitter buffer is another question; nonsense is none', async () => {
  const panel = await shown([2]);
  const field = within(panel).getByRole('spinbutton', { name: 'Jitter buffer, milliseconds' });
  await userEvent.clear(field);
  expect(field.getAttribute('aria-invalid')).toBe('true');
  await userEvent.type(field, '200');
  await waitFor(() => expect(panel.textContent).toContain('194 packets played, 3 lost, 1 doubled'));
  await userEvent.click(within(panel).getByRole('checkbox', { name: 'As sent' }));
  expect(field).toHaveProperty('disabled', true);
  await waitFor(() => expect(panel.textContent).toContain('194 packets played, 3 lost, 1 doubled'));
});

test('a channel is muted, and it is seen', async () => {
  const panel = await shown([1, 2]);
  await userEvent.click(within(panel).getByRole('button', { name: 'Play' }));
  await waitFor(() => expect(contexts[0]?.started).toHaveLength(2));
  const mute = within(panel).getByRole('button', { name: 'Mute Callee' });
  await userEvent.click(mute);
  expect(mute.getAttribute('aria-pressed')).toBe('true');
  expect(contexts[0]?.gains.map(({ gain }) => gain.value)).toEqual([1, 1, 0]);
});

test('saved as it is heard', async () => {
  const panel = await shown([1, 2]);
  await userEvent.click(within(panel).getByRole('button', { name: 'Export: sound' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'WAV – both, left and right' }));
  await waitFor(() => expect(useView.getState().notice?.text).toMatch(/^Saved listening call 1\.wav/u));
  const { bytes, name } = surroundings.saved.at(-1) ?? { bytes: new Uint8Array(0), name: '' };
  expect(name).toBe('listening call 1.wav');
  expect(new TextDecoder('latin1').decode(bytes.subarray(0, 4))).toBe('RIFF');
  expect(bytes[22]).toBe(2);
});

describe('what cannot be heard', () => {
  test.each([
    [
      6,
      'Stream 6 is AMR-WB, which is not decoded here; what is: G.711 (PCMU, PCMA), G.722 and L16, and in the app Opus.',
    ],
    [7, 'Stream 7 is SRTP: what is in it is encrypted.'],
  ])('stream %d is told in a sentence', async (stream, sentence) => {
    render(<Listen streams={[stream]} />);
    expect((await screen.findByRole('alert')).textContent).toBe(sentence);
    expect(screen.queryByRole('slider', { name: 'Position' })).toBeNull();
  });

  test('Opus where the browser has no decoder for it: said, with its length and losses still there', async () => {
    vi.stubGlobal(
      'OfflineAudioContext',
      class {
        decodeAudioData(): Promise<never> {
          return Promise.reject(new Error('Unable to decode audio data'));
        }
      },
    );
    const panel = await shown([3, 4]);
    await waitFor(() => expect(panel.textContent).toContain('This browser does not decode Opus'));
    await userEvent.click(within(panel).getByRole('button', { name: 'Export: sound' }));
    await screen.findByRole('menuitem', { name: 'Ogg Opus – Callee, packets as they came' });
  });
});

describe('words', () => {
  test('times', () => {
    expect([0, 4.26, 59.99, 60, 3723.45].map((seconds) => clockText(seconds))).toEqual([
      '0:00.0',
      '0:04.2',
      '0:59.9',
      '1:00.0',
      '1:02:03.4',
    ]);
    expect([1.25, 61, 125.04].map((seconds) => spokenTime(seconds))).toEqual([
      '1.2 seconds',
      '1 minute 1.0 seconds',
      '2 minutes 5.0 seconds',
    ]);
  });

  test('moments, over pauses that were made short', () => {
    const sound = {
      stretches: [
        { at: 0, ts: '100.5' },
        { at: 10, ts: '9000' },
      ],
    } as unknown as Waveform;
    expect([0, 9.5, 10, 12].map((seconds) => momentOf(sound, seconds))).toEqual([100.5, 110, 9000, 9002]);
    expect(momentOf({ ...sound, stretches: [] }, 1)).toBeNull();
  });

  test('packets of several streams are told together', () => {
    const one = {
      stream: 1,
      codec: 'PCMA',
      played: 1,
      lost: 0,
      late: 2,
      duplicates: 0,
      dropped: 0,
      cut: 0,
      restarts: 1,
    };
    expect(heardText([one])).toBe('1 packet played, 2 too late, moved once');
    expect(heardText([one, one])).toBe('2 packets played, 4 too late, moved 2 times');
  });

  test('keys of the position', () => {
    const press = (key: string, shiftKey = false): number | null => positionAfter({ key, shiftKey }, 50, 100);
    expect(['ArrowLeft', 'ArrowRight', 'PageUp', 'Home', 'End', 'x', 'toString'].map((key) => press(key))).toEqual([
      49,
      51,
      60,
      0,
      100,
      null,
      null,
    ]);
    expect(press('ArrowLeft', true)).toBe(40);
    expect(positionAfter({ key: 'ArrowRight', shiftKey: true }, 4.9, 5)).toBe(5);
  });

  test('stretches that miss the same are one', () => {
    expect(holesOf([0, 1, 1, 2, 0, 1])).toEqual([
      { from: 1, to: 3, what: 1 },
      { from: 3, to: 4, what: 2 },
      { from: 5, to: 6, what: 1 },
    ]);
  });
});
