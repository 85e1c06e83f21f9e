import { ChevronDown, Copy, FileBraces, Table } from 'lucide-react';
import type { JSX } from 'react';
import { registrationStates, type RegistrationsView } from '../../../core/contract/registrations.ts';
import { captureTitle, fileName } from '../../app/export/file-name.ts';
import { copy, save } from '../../app/export/write.ts';
import { countOf, countText } from '../../app/words.ts';
import { useCapture } from '../../state/capture.ts';
import { useRegistrations } from '../../state/registrations.ts';
import { Button } from '../../widgets/Button.tsx';
import { Menu } from '../../widgets/Menu.tsx';
import style from './RegistrationsScreen.module.css';
import { stateWords } from './words.ts';

/** How many there are in which state, which of them are shown, and the export. */
export function RegistrationsBar({ view }: { readonly view: RegistrationsView | null }): JSX.Element {
  const { search, state } = useRegistrations();
  return (
    <header className={style.bar}>
      <h1 className={style.title}>Registrations</h1>
      <span className={style.about} role="status">
        {view === null ? '' : summary(view)}
      </span>
      <input
        className={style.search}
        type="search"
        value={search}
        placeholder="User, contact or address"
        aria-label="Search registrations"
        onChange={(event) => useRegistrations.setState({ search: event.currentTarget.value.slice(0, 1000), cursor: 0 })}
      />
      <div className={style.states} role="group" aria-label="States">
        {registrationStates
          .filter((name) => name === state || (view?.states[name] ?? 0) > 0)
          .map((name) => (
            <Button
              key={name}
              aria-pressed={state === name}
              className={state === name ? style.on : ''}
              onClick={() => useRegistrations.setState({ state: state === name ? null : name, cursor: 0 })}
            >
              {stateWords[name].word} {countText(view?.states[name] ?? 0)}
            </Button>
          ))}
      </div>
      <Export ready={view !== null && view.all > 0} replicates={(view?.replication.rows.length ?? 0) > 0} />
    </header>
  );
}

function summary({ total, all }: RegistrationsView): string {
  const addresses = countOf(all, 'address of record', 'addresses of record');
  return total === all ? addresses : `${countText(total)} of ${addresses}`;
}

function Export({ ready, replicates }: { readonly ready: boolean; readonly replicates: boolean }): JSX.Element {
  return (
    <Menu
      trigger={
        <Button disabled={!ready && !replicates}>
          Export
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
      entries={[
        {
          title: 'CSV – for spreadsheets',
          icon: Table,
          disabled: !ready,
          onSelect: () => void save(table('registrations', 'csv')),
        },
        {
          title: 'JSON – with bindings and events',
          icon: FileBraces,
          disabled: !ready,
          onSelect: () => void save(table('registrations', 'json')),
        },
        {
          title: 'Copy as CSV',
          icon: Copy,
          disabled: !ready,
          onSelect: () => void copy(table('registrations', 'csv')),
        },
        ...(replicates
          ? [
              { kind: 'line' } as const,
              { title: 'Replication as CSV', icon: Table, onSelect: () => void save(table('replication', 'csv')) },
            ]
          : []),
      ]}
    />
  );
}

function table(what: 'registrations' | 'replication', format: 'csv' | 'json'): Parameters<typeof save>[0] {
  return {
    name: fileName([captureTitle(useCapture.getState().names), what], format),
    document: { method: 'exportTable', params: { what, format } },
  };
}
