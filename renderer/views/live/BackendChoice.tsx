import type { JSX } from 'react';
import type { LiveBackend, LiveProgram } from '../../../core/contract/live.ts';
import { useLiveSetup } from '../../state/live-setup.ts';
import { Segmented } from '../../widgets/Segmented.tsx';
import style from './BackendChoice.module.css';

const titles: Readonly<Record<'dumpcap' | 'tcpdump' | 'cap', string>> = {
  dumpcap: 'dumpcap',
  tcpdump: 'tcpdump',
  cap: 'built-in',
};
const order = ['dumpcap', 'tcpdump', 'cap'] as const;

/** What captures: the best one that is there, or another. Those that are missing say what they need. */
export function BackendChoice({ programs }: { readonly programs: readonly LiveProgram[] | null }): JSX.Element | null {
  const chosen = useLiveSetup((state) => state.backend);
  if (programs === null) return null;
  const has = (backend: LiveBackend): boolean => programs.some((one) => one.backend === backend && one.path !== null);
  const best = order.find((backend) => has(backend));
  if (best === undefined)
    return (
      <p className={style.none} role="alert">
        Nothing that captures is installed. On Debian and Ubuntu: <code className="mono">sudo apt install tcpdump</code>{' '}
        or <code className="mono">sudo apt install wireshark-common</code>.
      </p>
    );
  const meant = chosen === 'best' ? best : chosen;
  const about = programs.find(({ backend }) => backend === meant)?.about ?? '';
  return (
    <div className={style.choice}>
      <Segmented
        label="What captures"
        value={meant}
        options={order.map((backend) => ({
          value: backend,
          title: backend === best ? `${titles[backend]} (best here)` : titles[backend],
          disabled: !has(backend),
        }))}
        onChange={(backend) => useLiveSetup.setState({ backend: backend === best ? 'best' : backend })}
      />
      <p className={meant === 'cap' ? style.coarse : style.about}>{sentence(about)}</p>
      {order
        .filter((backend) => !has(backend))
        .map((backend) => (
          <p key={backend} className={style.about}>
            {titles[backend]}: {programs.find((one) => one.backend === backend)?.about ?? 'not there'}.
          </p>
        ))}
    </div>
  );
}

function sentence(text: string): string {
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
