import { TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { JSX } from 'react';
import { visible } from '../../core/ladder/visible.ts';
import { useCalls } from '../state/calls.ts';
import { useCapture } from '../state/capture.ts';
import { useView } from '../state/view.ts';
import { SelectedMessage } from './SelectedMessage.tsx';
import style from './StatusBar.module.css';
import { countOf, countText, withoutFolders } from './words.ts';

/** What is selected, and what of the capture could not be read. */
export function StatusBar(): JSX.Element {
  const ticked = useCalls((state) => state.ticked.length);
  return (
    <footer className={style.bar}>
      <SelectedMessage />
      {ticked === 0 ? null : <span className={style.piece}>{countOf(ticked, 'call')} ticked</span>}
      <span className={style.rest} />
      <Unread />
      <Warnings />
    </footer>
  );
}

/** Frames in which calls may be missing, by reason. */
function Unread(): JSX.Element | null {
  const unread = useCapture((state) => state.unread);
  const frames = unread.reduce((sum, { packets }) => sum + packets, 0);
  if (frames === 0) return null;
  const reasons = [...unread]
    .sort((a, b) => b.packets - a.packets)
    .slice(0, 3)
    .map(({ packets, text }) => `${countText(packets)} ${visible(text)}`);
  return (
    <button
      type="button"
      className={style.button}
      title={unread.map(({ packets, text }) => `${countText(packets)} ${visible(text)}`).join('\n')}
      // What ESP hides is listed, with the reasons, where keys can be typed.
      onClick={() =>
        useView.setState({ screen: unread.every(({ code }) => code === 'esp') ? 'security' : 'statistics' })
      }
    >
      Not read: {countOf(frames, 'frame')} ({reasons.join(', ')}
      {unread.length > 3 ? ', …' : ''})
    </button>
  );
}

function Warnings(): JSX.Element | null {
  const warnings = useCapture((state) => state.warnings);
  const names = useCapture((state) => state.names);
  // Not only how many: that the capture ends in the middle of a packet says why calls don’t end.
  const [first] = warnings;
  if (first === undefined) return null;
  return (
    <>
      <span className={style.sentence}>{visible(withoutFolders(first, names))}</span>
      <Popover.Root>
        <Popover.Trigger className={[style.button, style.warn].join(' ')}>
          <TriangleAlert size={13} aria-hidden />
          {countOf(warnings.length, 'warning')}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className={style.popover}
            side="top"
            align="end"
            sideOffset={6}
            collisionPadding={8}
            aria-label="Warnings"
          >
            <ul className={style.warnings}>
              {[...new Set(warnings)].map((text) => (
                <li key={text}>{visible(withoutFolders(text, names))}</li>
              ))}
            </ul>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}
