import { useId, type JSX } from 'react';
import type { BranchOutcome, Fork, ForkBranch } from '../../../core/contract/paths.ts';
import { msText } from '../../../core/ladder/path-graph.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { useSettings } from '../../state/settings.ts';
import type { Severity } from '../../widgets/severity.ts';
import { Mark } from '../../widgets/StateMark.tsx';
import { hostName } from '../calls/host-name.ts';
import style from './ForkBranches.module.css';

const looks: Readonly<Record<BranchOutcome, { readonly word: string; readonly severity: Severity }>> = {
  answered: { word: 'Answered', severity: 'ok' },
  cancelled: { word: 'Cancelled', severity: 'idle' },
  redirected: { word: 'Redirected', severity: 'info' },
  rejected: { word: 'Rejected', severity: 'bad' },
  'timed-out': { word: 'Timed out', severity: 'bad' },
  pending: { word: 'Pending', severity: 'info' },
};

/** A fork as a tree: each branch with its end, and forks behind it further in. */
export function ForkBranches({ fork }: { readonly fork: Fork }): JSX.Element {
  const id = useId();
  return (
    <section className={style.fork} aria-labelledby={id}>
      <h3 id={id} className={style.title}>
        Forked at {fork.host}: {kinds[fork.kind]}
      </h3>
      <Branches fork={fork} />
    </section>
  );
}

const kinds = { parallel: 'all at once', serial: 'one after the other', mixed: 'in several tries' } as const;

function Branches({ fork }: { readonly fork: Fork }): JSX.Element {
  return (
    <ul className={style.list}>
      {fork.branches.map((branch) => (
        <Branch key={branch.row} branch={branch} numbered={fork.kind !== 'parallel'} />
      ))}
    </ul>
  );
}

function Branch({ branch, numbered }: { readonly branch: ForkBranch; readonly numbered: boolean }): JSX.Element {
  const hosts = useSettings((state) => state.hosts);
  const { word, severity } = looks[branch.outcome];
  return (
    <li>
      <div className={style.line}>
        {numbered ? <span className={style.try}>Try {branch.attempt}</span> : null}
        <span className={style.host}>{hostName(hosts, branch.dst, branch.dport)}</span>
        <Mark severity={severity}>{branch.finalStatus === null ? word : `${word} ${branch.finalStatus}`}</Mark>
        {branch.won ? <span className={style.won}>won</span> : null}
        {branch.passedOn && !branch.won ? <span className={style.won}>passed on</span> : null}
        <span className={style.times}>
          #{branch.frame} · +{msText(branch.startMs)}
          {branch.endMs === null ? '' : ` · ended after ${msText(branch.endMs)}`}
        </span>
      </div>
      <p className={style.said}>{visible(branch.said)}</p>
      {branch.forks.map((fork) => (
        <div key={fork.host} className={style.inner}>
          <p className={style.said}>{visible(fork.explanation)}</p>
          <Branches fork={fork} />
        </div>
      ))}
    </li>
  );
}
