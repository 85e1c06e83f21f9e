import type { JSX } from 'react';
import { useCapture } from '../state/capture.ts';
import { useView } from '../state/view.ts';
import { SettingsDialog } from '../views/settings/SettingsDialog.tsx';
import { WelcomeScreen } from '../views/welcome/WelcomeScreen.tsx';
import style from './App.module.css';
import { DropArea } from './DropArea.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { ExportDialog } from './export/ExportDialog.tsx';
import { GoneBanner } from './GoneBanner.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { LeavingDialog } from './LeavingDialog.tsx';
import { LiveBar } from './LiveBar.tsx';
import { Notice } from './Notice.tsx';
import { Palette } from './palette/Palette.tsx';
import { screenId } from './places.ts';
import { Rail } from './Rail.tsx';
import { screens } from './screens.ts';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';

/** The window: top bar, rail, screen, status. */
export function App(): JSX.Element {
  // Rows are there, or will be: else there is nothing for a screen to show.
  const open = useCapture(({ phase, progress }) => phase === 'reading' || phase === 'ready' || progress !== null);
  // Where a capture is begun there need be none yet.
  const begins = useView(({ screen }) => screen === 'live');
  return (
    <div className={style.window}>
      <TopBar />
      <Rail />
      <main id={screenId} className={style.screen}>
        {open || begins ? (
          <>
            {open ? <GoneBanner /> : null}
            <LiveBar />
            <CurrentScreen />
          </>
        ) : (
          <WelcomeScreen />
        )}
      </main>
      <StatusBar />
      <Dialogs />
      <LeavingDialog />
      <Notice />
      <DropArea />
    </div>
  );
}

function CurrentScreen(): JSX.Element | null {
  const name = useView(({ screen }) => screen);
  const current = screens.find(({ screen }) => screen?.name === name);
  if (current?.screen === undefined || current.screen === null) return null;
  const { View } = current.screen;
  return (
    <div className={style.view}>
      <ErrorBoundary key={name} name={current.title}>
        <View />
      </ErrorBoundary>
    </div>
  );
}

function Dialogs(): JSX.Element | null {
  const dialog = useView((state) => state.dialog);
  switch (dialog) {
    case 'palette':
      return <Palette />;
    case 'help':
      return <HelpSheet />;
    case 'settings':
      return <SettingsDialog />;
    case 'export':
      return <ExportDialog />;
    default:
      return null;
  }
}
