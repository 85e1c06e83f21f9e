import { useId, type JSX } from 'react';
import type { PathRole } from '../../../core/contract/paths.ts';
import { visible } from '../../../core/ladder/visible.ts';
import style from './HopDetail.module.css';

/** What the hosts on the way seem to be, and what shows it. */
export function Hosts({ roles }: { readonly roles: readonly PathRole[] }): JSX.Element | null {
  const id = useId();
  if (roles.length === 0) return null;
  return (
    <section className={`${style.detail} ${style.wide}`} aria-labelledby={id}>
      <h3 id={id} className={style.title}>
        Hosts
      </h3>
      <table className={style.table}>
        <thead>
          <tr>
            <th scope="col">Host</th>
            <th scope="col">Seems to be</th>
            <th scope="col">What shows it</th>
          </tr>
        </thead>
        <tbody>
          {roles.map(({ host, role, reasons }) => (
            <tr key={host}>
              <th scope="row" className={style.header}>
                {host}
              </th>
              <td>{role}</td>
              <td>{visible(reasons.join('; '))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
