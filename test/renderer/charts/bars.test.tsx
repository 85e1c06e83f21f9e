// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BarSeries } from '../../../renderer/charts/bar-data.ts';
import { LazyBars } from '../../../renderer/charts/LazyBars.tsx';

/** The library measures its container, which has no size here. */
beforeEach(() => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 600, 200));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const series: readonly BarSeries[] = [
  { key: 'ok', title: 'Succeeded', colour: 'var(--ok)', fill: 'plain' },
  { key: 'warn', title: 'Busy', colour: 'var(--warn)', fill: 'hatched' },
];
const steps = [
  { label: '09:00', about: '09:00, 1 min', counts: { ok: 3, warn: 1 } },
  { label: '09:01', about: '09:01, 1 min', counts: { ok: 2 } },
  { label: '09:02', about: '09:02, 1 min', counts: {} },
];

test('a layer of a bar for each count above 0, named, and to be reached by keyboard', async () => {
  const { container } = render(
    <LazyBars label="Six calls in three minutes." series={series} steps={steps} height={200} />,
  );
  expect(screen.getByText('Drawing …')).toBeTruthy();
  const chart = await screen.findByLabelText('Six calls in three minutes.');
  expect(chart.getAttribute('tabindex')).toBe('0');
  expect(container.querySelectorAll('.recharts-bar-rectangle path')).toHaveLength(3);
  // Told apart by more than colour.
  const [hatched] = container.querySelectorAll('.recharts-bar-rectangle path[fill^="url("]');
  expect(hatched?.getAttribute('stroke')).toBe('var(--warn)');
});
