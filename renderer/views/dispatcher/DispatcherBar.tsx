import { ChevronDown, Copy, FileBraces, Image, Table } from 'lucide-react';
import type { JSX } from 'react';
import type { DispatcherProber, DispatcherView } from '../../../core/contract/dispatcher.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { captureTitle, fileName } from '../../app/export/file-name.ts';
import { copy, save } from '../../app/export/write.ts';
import { countOf } from '../../app/words.ts';
import { useCapture } from '../../state/capture.ts';
import { dispatcherQuery, useDispatcher } from '../../state/dispatcher.ts';
import { Button } from '../../widgets/Button.tsx';
import { Menu } from '../../widgets/Menu.tsx';
import style from './DispatcherScreen.module.css';
import { secondsText } from './words.ts';

/** What the prober does, and what can be done here. */
export function DispatcherBar({ view }: { readonly view: DispatcherView | null }): JSX.Element {
  const imported = useDispatcher((state) => state.list !== null);
  const about = view === null ? '' : view.probers.map(habits).join(' · ');
  return (
    <header className={style.bar}>
      <h1 className={style.title}>Dispatcher</h1>
      <span className={style.about} title={about}>
        {about}
      </span>
      <Button onClick={() => useDispatcher.setState({ dialog: 'thresholds' })}>Thresholds…</Button>
      <Button onClick={() => useDispatcher.setState({ dialog: 'import' })}>
        {imported ? 'Imported list…' : 'Import dispatcher.list…'}
      </Button>
      <Export ready={view !== null && view.rows.length > 0} />
    </header>
  );
}

function habits({
  prober,
  destinations,
  probed,
  methods,
  intervalMs,
  probingThreshold,
  inactiveThreshold,
}: DispatcherProber): string {
  const every = intervalMs === null ? '' : ` every ${secondsText(intervalMs)}`;
  const known = probingThreshold.from === inactiveThreshold.from ? `${probingThreshold.from}: ` : '';
  const mark = (from: string): string => (known === '' ? ` (${from})` : '');
  return `${visible(prober)} probes ${probed === destinations ? '' : `${probed} of `}${countOf(destinations, 'destination')} with ${visible(methods.join(', '))}${every} · ${known}down after ${probingThreshold.value} failed${mark(probingThreshold.from)}, up after ${inactiveThreshold.value} good${mark(inactiveThreshold.from)}`;
}

function Export({ ready }: { readonly ready: boolean }): JSX.Element {
  return (
    <Menu
      trigger={
        <Button disabled={!ready}>
          Export
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
      entries={[
        { title: 'SVG – the drawing', icon: Image, onSelect: () => void save(documentAs('svg')) },
        { title: 'CSV – for spreadsheets', icon: Table, onSelect: () => void save(documentAs('csv')) },
        { title: 'JSON – with every transition', icon: FileBraces, onSelect: () => void save(documentAs('json')) },
        { kind: 'line' },
        { title: 'Copy as CSV', icon: Copy, onSelect: () => void copy(documentAs('csv')) },
      ]}
    />
  );
}

function documentAs(format: 'svg' | 'csv' | 'json'): Parameters<typeof save>[0] {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
  return {
    name: fileName([captureTitle(useCapture.getState().names), 'dispatcher'], format),
    document: {
      method: 'exportTable',
      params: {
        what: 'dispatcher',
        format,
        dispatcher: dispatcherQuery(useDispatcher.getState()),
        ...(format === 'svg' ? { theme } : {}),
      },
    },
  };
}
