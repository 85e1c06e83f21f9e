import { expect, test } from 'vitest';
import { dispatcherSvg } from '../../core/export/dispatcher-svg.ts';
import type { DispatcherRow, DispatcherView } from '../../core/contract/dispatcher.ts';
import { html } from '../../core/export/html.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { proxied } from '../ladder/inputs.ts';
import { markupFaults } from './well-formed.ts';

/** What comes from a capture or from a list somebody pasted stays text in the documents. */

const evil = '\u001B]0;t\u0007<script>alert(1)</script>"\u202E';

test('further facts of a page open below their title, as text', () => {
  const out = html(buildLadder(proxied()), {
    sections: [{ title: `Extensions ${evil}`, lines: [evil, 'Used: PRACK'] }],
  });
  expect(markupFaults(out, ['meta'])).toStrictEqual([]);
  expect(out).toContain('<details><summary>Extensions ');
  expect(out).toContain('<li>Used: PRACK</li>');
  expect(out).not.toMatch(/<script|\u001B|\u202E/u);
});

test('the strips of a dispatcher: well-formed, and names are text', () => {
  const row = {
    prober: evil,
    destination: evil,
    name: evil,
    calls: 1,
    roundTripMs: 2,
    transitions: [{ ts: '1.0', frame: 1, from: null, to: 'AP', reason: evil }],
  } as unknown as DispatcherRow;
  const prober = { prober: evil, destinations: 1, probed: 1 } as unknown as DispatcherView['probers'][number];
  const view: DispatcherView = { probers: [prober], rows: [row], start: '0.0', end: '9.0', notes: [] };
  for (const theme of ['light', 'dark'] as const) {
    const out = dispatcherSvg({ view, ticks: [{ row: 0, good: [1, 5], failed: [9], open: [11] }], theme });
    expect(markupFaults(out)).toStrictEqual([]);
    expect(out).not.toMatch(/<script|\u001B|\u202E|href|url\(/u);
    expect(out).toContain('>AP</text>');
  }
});
