import { Copy } from 'lucide-react';
import type { JSX } from 'react';
import type { CallMedia } from '../../../core/contract/streams.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Mark } from '../../widgets/StateMark.tsx';
import style from './Advice.module.css';
import { copySentence } from './copy.ts';
import type { Side } from './selection.ts';
import { verdictLook } from './words.ts';

/** What is wrong and who should change what, in sentences; what is odd about the call’s media follows. */
export function Advice({
  sides,
  media,
}: {
  readonly sides: readonly Side[];
  readonly media: CallMedia | null;
}): JSX.Element {
  const streams = sides.flatMap(({ stream }) => stream ?? []);
  const wrong = streams.filter(({ ptime }) => verdictLook(ptime).severity === 'bad');
  const sentences = [...new Set([...wrong.map(({ ptime }) => ptime.explanation), ...streams.flatMap(others)])];
  const odd = media === null ? streams.flatMap(({ addressNote }) => addressNote ?? []) : oddities(media);
  const notes = [...new Set(odd)].filter((note) => !sentences.includes(note));
  return (
    <section className={style.card} aria-label="What to change">
      <header className={style.head}>
        <h2 className={style.title}>What to change</h2>
        <IconButton
          label="Copy what is said of the packet time"
          icon={Copy}
          size={14}
          shortcut="y"
          onClick={() => void copySentence(streams)}
        />
      </header>
      {sentences.length === 0 ? (
        <p>
          <Mark severity="ok">Nothing.</Mark> {streams.map(({ ptime }) => visible(ptime.explanation)).join(' ')}
        </p>
      ) : (
        sentences.map((sentence) => (
          <p key={sentence} className={style.wrong}>
            {visible(sentence)}
          </p>
        ))
      )}
      {notes.map((note) => (
        <p key={note} className={style.note}>
          {visible(note)}
        </p>
      ))}
    </section>
  );
}

/** What a warning says beyond the packet time. */
function others({ warning, ptime }: NonNullable<Side['stream']>): string[] {
  if (warning === null) return [];
  const rest = warning.replace(ptime.explanation, '').trim();
  return rest === '' ? [] : [rest];
}

function oddities({ oneWay, earlyMedia, addresses, transcoding, hungUpAtOnce }: CallMedia): string[] {
  return [hungUpAtOnce, oneWay, addresses, transcoding, earlyMedia].flatMap((sentence) => sentence ?? []);
}
