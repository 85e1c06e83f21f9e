import { useState, type JSX } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { ErrorBoundary } from '../../app/ErrorBoundary.tsx';
import calls from '../calls/CallsScreen.module.css';
import { layoutStorage } from '../calls/layout-storage.ts';
import { usePathChoice } from './choice.ts';
import { PathList } from './PathList.tsx';
import { PathPane } from './PathPane.tsx';

/** Transactions over several hops: the list, and the way that one of them took. */
export function PathsScreen(): JSX.Element {
  const chosen = usePathChoice((state) => state.path);
  const [first, setFirst] = useState<number | null>(null);
  const layout = useDefaultLayout({ id: 'sipglass-paths', panelIds: ['paths', 'path'], storage: layoutStorage });
  return (
    <>
      <h1 className="visually-hidden">Paths</h1>
      <Group orientation="horizontal" className={calls.screen} {...layout}>
        <Panel id="paths" defaultSize="46" minSize={300}>
          <ErrorBoundary name="List of paths">
            <PathList onFirst={setFirst} />
          </ErrorBoundary>
        </Panel>
        <Separator className={calls.upright} aria-label="Width of the list" />
        <Panel id="path" minSize={360}>
          <ErrorBoundary name="Path">
            <PathPane path={chosen ?? first} />
          </ErrorBoundary>
        </Panel>
      </Group>
    </>
  );
}
