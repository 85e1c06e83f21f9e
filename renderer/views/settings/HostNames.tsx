import { Plus, Trash2 } from 'lucide-react';
import { useState, type JSX } from 'react';
import type { LadderHost } from '../../../core/contract/ladder.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { endsText, readEnds } from './ends.ts';
import style from './Settings.module.css';

/** Names of hosts and the addresses that each has: what a lane is called, and what is one lane. */
export function HostNames(): JSX.Element {
  const hosts = useSettings((state) => state.hosts);
  const [adding, setAdding] = useState(false);
  const keep = (at: number, host: LadderHost): void => {
    useSettings.setState({ hosts: hosts.with(at, host) });
  };
  return (
    <div className={style.hosts}>
      {hosts.map((host, at) => (
        <HostRow
          key={placeKey(at, hosts.length)}
          host={host}
          onKeep={(next) => keep(at, next)}
          onRemove={() => useSettings.setState({ hosts: hosts.filter((one) => one !== host) })}
        />
      ))}
      {adding ? (
        <HostRow
          host={null}
          onKeep={(host) => {
            useSettings.setState({ hosts: [...hosts, host] });
            setAdding(false);
          }}
          onRemove={() => setAdding(false)}
        />
      ) : null}
      {/* It stays while a row is typed: if all moved when the row is left, the click that left it would miss. */}
      <Button icon={Plus} disabled={adding} onClick={() => setAdding(true)}>
        Name a host
      </Button>
    </div>
  );
}

/** A name can stand twice, and addresses are edited: a row is where it is, as long as none comes or goes. */
function placeKey(at: number, count: number): string {
  return `${at} of ${count}`;
}

/** One host; what is typed is kept when the row is left, as soon as it is whole. */
function HostRow({
  host,
  onKeep,
  onRemove,
}: {
  readonly host: LadderHost | null;
  readonly onKeep: (host: LadderHost) => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const [name, setName] = useState(host?.name ?? '');
  const [addresses, setAddresses] = useState(host === null ? '' : endsText(host.ends));
  const [left, setLeft] = useState(false);
  const ends = readEnds(addresses);
  const wrong = name.trim() === '' ? 'A name is missing.' : typeof ends === 'string' ? ends : null;
  const leave = (): void => {
    setLeft(true);
    if (name.trim() === '' || typeof ends === 'string') return;
    const same = host !== null && host.name === name.trim() && endsText(host.ends) === endsText(ends);
    if (!same) onKeep({ name: name.trim(), role: host?.role ?? null, ends });
  };
  return (
    <div
      className={style.host}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) leave();
      }}
    >
      <input
        className={style.field}
        aria-label="Name"
        placeholder="Name"
        maxLength={80}
        value={name}
        // A row that was asked for is meant to be typed into.
        ref={host === null ? focusOnce : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <input
        className={[style.field, 'mono'].join(' ')}
        aria-label={name === '' ? 'Addresses' : `Addresses of ${name}`}
        placeholder="10.0.0.1, 10.0.0.2:5060, [2001:db8::1]:5060"
        value={addresses}
        onChange={(event) => setAddresses(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
      />
      <IconButton label={name === '' ? 'Remove' : `Remove ${name}`} icon={Trash2} size={14} onClick={onRemove} />
      {left && wrong !== null ? (
        <p className={style.wrong} role="alert">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}

function focusOnce(element: HTMLInputElement | null): void {
  element?.focus();
}
