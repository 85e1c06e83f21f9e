import type { JSX } from 'react';
import { CallsOverTime } from './CallsOverTime.tsx';
import { Requests, States, Statuses } from './Counts.tsx';
import { Facts } from './Facts.tsx';
import { MessagesOverTime } from './MessagesOverTime.tsx';
import { useStats, useTimeline } from './questions.ts';
import { Faults, Files, Ledger } from './Reading.tsx';
import { ResponseTimesPanel } from './ResponseTimesPanel.tsx';
import style from './StatisticsScreen.module.css';

/** What is in the capture, as numbers: of the calls that the filter in force selects. */
export function StatisticsScreen(): JSX.Element {
  const stats = useStats();
  const timeline = useTimeline();
  return (
    <div className={style.screen}>
      <div className={style.page}>
        <Facts answer={stats} />
        <div className={style.two}>
          <CallsOverTime answer={timeline} />
          <MessagesOverTime answer={timeline} />
        </div>
        <div className={style.three}>
          <States answer={stats} />
          <Requests answer={stats} />
          <Statuses answer={stats} />
        </div>
        <div className={style.two}>
          <ResponseTimesPanel />
          <Ledger answer={stats} />
          <Faults answer={stats} />
          <Files answer={stats} />
        </div>
      </div>
    </div>
  );
}
