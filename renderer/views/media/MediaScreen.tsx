import { Download } from 'lucide-react';
import { useEffect, type JSX } from 'react';
import { openExport } from '../../app/export/choice.ts';
import { countOf, countText } from '../../app/words.ts';
import { useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { useMedia } from '../../state/media.ts';
import { Button } from '../../widgets/Button.tsx';
import style from './MediaScreen.module.css';
import { followStreams } from './pages.ts';
import { StreamsTable } from './StreamsTable.tsx';
import { StreamView } from './StreamView.tsx';

/** The RTP streams of the calls that match, or what happened to one of them. */
export function MediaScreen(): JSX.Element {
  const open = useMedia((state) => state.open);
  useEffect(followStreams, []);
  if (open !== null) return <StreamView key={JSON.stringify(open)} target={open} />;
  return (
    <div className={style.screen}>
      <header className={style.bar}>
        <h1 className={style.title}>Media</h1>
        <Count />
        <ExportList />
      </header>
      <StreamsTable />
    </div>
  );
}

/** `16 RTP streams`, `4 RTP streams of the calls that match`. */
function Count(): JSX.Element {
  const total = useMedia((state) => state.total);
  const filter = useCalls((state) => state.filter);
  return (
    <output className={style.about}>
      {total === null
        ? 'RTP streams'
        : `${countOf(total, 'RTP stream')}${filter === '' ? '' : total === 1 ? ' of a call that matches' : ' of the calls that match'}`}
      {total !== null && total > 0 && filter !== '' ? '; those without a call are left out' : ''}
      <span className="visually-hidden">{total === null ? '' : `, ${countText(total)} rows`}</span>
    </output>
  );
}

function ExportList(): JSX.Element {
  const ready = useCapture(({ phase }) => phase === 'ready');
  const total = useMedia((state) => state.total);
  return (
    <Button icon={Download} disabled={!ready || total === null || total === 0} onClick={() => openExport('streams')}>
      Export
    </Button>
  );
}
