import type { JSX } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { ErrorBoundary } from '../../app/ErrorBoundary.tsx';
import { useView } from '../../state/view.ts';
import { LadderPane } from '../ladder/LadderPane.tsx';
import { MessagePane } from '../message/MessagePane.tsx';
import style from './CallsScreen.module.css';
import { CallsTable } from './CallsTable.tsx';
import { layoutStorage } from './layout-storage.ts';

/** The list above, the ladder of what is chosen in it and the message of an arrow below; all can be resized. */
export function CallsScreen(): JSX.Element {
  const ladderOnly = useView((state) => state.ladderOnly);
  const rows = useDefaultLayout({
    id: 'sipglass-calls-rows',
    panelIds: ladderOnly ? ['below'] : ['list', 'below'],
    storage: layoutStorage,
  });
  const columns = useDefaultLayout({
    id: 'sipglass-calls-columns',
    panelIds: ['ladder', 'message'],
    storage: layoutStorage,
  });
  return (
    <>
      <h1 className="visually-hidden">Calls</h1>
      <Group orientation="vertical" className={style.screen} {...rows}>
        {ladderOnly ? null : (
          <Panel key="list" id="list" defaultSize="36" minSize={110}>
            <ErrorBoundary name="List of calls">
              <CallsTable />
            </ErrorBoundary>
          </Panel>
        )}
        {ladderOnly ? null : <Separator key="between" className={style.flat} aria-label="Height of the list" />}
        <Panel key="below" id="below" minSize={140}>
          <Group orientation="horizontal" {...columns}>
            <Panel id="ladder" minSize={320}>
              <ErrorBoundary name="Ladder">
                <LadderPane />
              </ErrorBoundary>
            </Panel>
            <Separator className={style.upright} aria-label="Width of the ladder" />
            <Panel id="message" defaultSize={400} minSize={260} groupResizeBehavior="preserve-pixel-size">
              <ErrorBoundary name="Message">
                <MessagePane />
              </ErrorBoundary>
            </Panel>
          </Group>
        </Panel>
      </Group>
    </>
  );
}
