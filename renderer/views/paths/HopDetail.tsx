import { useId, type JSX } from 'react';
import type { Change } from '../../../core/contract/model.ts';
import type { Path, PathHop, PathVia } from '../../../core/contract/paths.ts';
import { msText } from '../../../core/ladder/path-graph.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { WireText } from '../../widgets/WireText.tsx';
import { toneOf } from './ListRow.tsx';
import style from './HopDetail.module.css';

/** One hop in words: what it changed, its Vias, and the responses that came back over it. */
export function HopDetail({
  path,
  hop,
  at,
}: {
  readonly path: Path;
  readonly hop: PathHop;
  readonly at: number;
}): JSX.Element {
  const id = useId();
  const before = hop.before === null ? undefined : path.hops[hop.before];
  return (
    <section className={style.detail} aria-labelledby={id}>
      <h3 id={id} className={style.title}>
        Hop {at + 1}: frame {hop.frame}
      </h3>
      <dl className={style.facts}>
        <Fact name="Request-URI" value={hop.requestUri} />
        <Fact name="Max-Forwards" value={hop.maxForwards === null ? null : String(hop.maxForwards)} />
        <Fact name="Route" value={hop.route.join(', ')} />
        <Fact name="Record-Route" value={hop.recordRoute.join(', ')} />
      </dl>
      <h4 className={style.part}>
        {before === undefined ? 'The first hop: nothing to compare with' : `Changed since frame ${before.frame}`}
      </h4>
      {before === undefined ? null : <Changes changes={hop.changes} />}
      <h4 className={style.part}>Vias</h4>
      <ol className={style.vias}>
        {numbered(hop.vias).map(({ key, value }) => (
          <li key={key}>{viaText(value)}</li>
        ))}
      </ol>
      <h4 className={style.part}>Responses</h4>
      <Answers hop={hop} />
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string | null }): JSX.Element | null {
  if (value === null || value === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd className="mono">
        <WireText text={value} />
      </dd>
    </>
  );
}

const signs = { added: '+', removed: '−', changed: '~', moved: '↕' } as const;

function Changes({ changes }: { readonly changes: readonly Change[] }): JSX.Element {
  if (changes.length === 0) return <p className={style.none}>Nothing.</p>;
  return (
    <table className={style.table}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">How</th>
          <th scope="col">Header</th>
          <th scope="col">Before and after</th>
        </tr>
      </thead>
      <tbody>
        {numbered(changes).map(({ key, value: { header, kind, before, after } }) => (
          <tr key={key}>
            <td className={style.sign} data-kind={kind} title={kind}>
              <span aria-hidden>{signs[kind]}</span>
              <span className="visually-hidden">{kind}</span>
            </td>
            <th scope="row" className={style.header}>
              {visible(header)}
            </th>
            <td className={`${style.values} mono`}>
              {before === null ? null : (
                <del className={style.before}>
                  <WireText text={before} />
                </del>
              )}
              {after === null ? null : (
                <ins className={style.after}>
                  <WireText text={after} />
                </ins>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Answers({ hop }: { readonly hop: PathHop }): JSX.Element {
  if (hop.answers.length === 0) return <p className={style.none}>None was captured on this hop.</p>;
  return (
    <table className={style.table}>
      <thead>
        <tr>
          <th scope="col">Frame</th>
          <th scope="col">Response</th>
          <th scope="col" className={style.right}>
            After
          </th>
          <th scope="col" className={style.right}>
            From the hop behind
          </th>
        </tr>
      </thead>
      <tbody>
        {hop.answers.map(({ row, frame, status, reason, afterMs, delayMs, stray }) => (
          <tr key={row}>
            <td className="mono">#{frame}</td>
            <td>
              <span className={style.status} data-tone={toneOf(status)}>
                {status}
              </span>{' '}
              {visible(reason ?? '')}
              {stray === null ? null : <p className={style.stray}>{visible(stray)}</p>}
            </td>
            <td className={style.right}>{msText(afterMs)}</td>
            <td className={style.right}>{delayMs === null ? 'made here' : `+${msText(delayMs)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function viaText({ host, port, transport, branch, received, rport }: PathVia): string {
  const at = host.includes(':') ? `[${host}]` : host;
  return visible(
    [
      `${transport} ${at}${port === null ? '' : `:${port}`}`,
      ...(received === null ? [] : [`received ${received}`]),
      ...(rport === null ? [] : [`rport ${rport}`]),
      ...(branch === null ? [] : [branch]),
    ].join(' · '),
  );
}

/** With their numbers: they have no other identity, and stay where they are. */
function numbered<Value>(values: readonly Value[]): { readonly key: number; readonly value: Value }[] {
  return values.map((value, key) => ({ key, value }));
}
