import { Fragment, useMemo, useState, type JSX } from 'react';
import type { MessageDetail } from '../../../core/contract/model.ts';
import { headOf, visible } from '../../../core/ladder/visible.ts';
import { inkOf } from '../../../core/ladder/words.ts';
import { Button } from '../../widgets/Button.tsx';
import { keyAt } from './keys.ts';
import { bodyPieces, headerOf, headerPieces, wireLines, type Piece } from './pieces.ts';
import style from './RawTab.module.css';

/** Lines shown at first, and with each press of the button: laying out more than that could be felt. */
const FIRST = 400;
const MORE = 2000;
/** Characters of a line that are shown at first. */
const LONGEST = 2000;
/** Lines that are laid out together, once they come near the screen. */
const BLOCK = 100;

/** The message as it stands on the wire, coloured. */
export function RawTab({ message }: { readonly message: MessageDetail }): JSX.Element {
  const lines = useMemo(() => wireLines(message.raw), [message.raw]);
  const [shown, setShown] = useState(FIRST);
  const [whole, setWhole] = useState<ReadonlySet<number>>(new Set());
  const blank = lines.indexOf('');
  const bodyAt = blank === -1 ? lines.length : blank;
  const headers = useMemo(() => names(lines, bodyAt), [lines, bodyAt]);

  const line = (at: number): JSX.Element => {
    const text = lines[at] ?? '';
    const cut = text.length > LONGEST && !whole.has(at);
    const told = cut ? headOf(text, LONGEST) : text;
    return (
      <div key={at} className={style.line}>
        {at === 0 ? (
          <StartLine message={message} text={told} />
        ) : (
          <Pieces pieces={at < bodyAt ? headerPieces(told, headers[at] ?? '') : bodyPieces(told)} />
        )}
        {cut ? (
          <button type="button" className={style.more} onClick={() => setWhole(new Set([...whole, at]))}>
            … {(text.length - told.length).toLocaleString('en')} more characters
          </button>
        ) : null}
        {'\n'}
      </div>
    );
  };

  const end = Math.min(shown, lines.length);
  const blocks = Array.from({ length: Math.ceil(end / BLOCK) }, (_, block) => block * BLOCK);
  return (
    <div className={style.raw}>
      {blocks.map((from) => (
        <div key={from} className={style.block}>
          {Array.from({ length: Math.min(BLOCK, end - from) }, (_, index) => line(from + index))}
        </div>
      ))}
      {end < lines.length ? (
        <Button className={style.rest} onClick={() => setShown(shown + MORE)}>
          {`Show ${Math.min(MORE, lines.length - end).toLocaleString('en')} more of ${lines.length.toLocaleString('en')} lines`}
        </Button>
      ) : null}
    </div>
  );
}

/** For each line of the head the header it belongs to. */
function names(lines: readonly string[], bodyAt: number): string[] {
  let last = '';
  return lines.slice(0, bodyAt).map((line) => {
    last = headerOf(line, last);
    return last;
  });
}

function StartLine({ message, text }: { readonly message: MessageDetail; readonly text: string }): JSX.Element {
  return <span className={[style.start, style[inkOf(message.row)]].join(' ')}>{visible(text)}</span>;
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }): JSX.Element[] {
  return pieces.map(({ text, mark }, place) => (
    <span key={keyAt(place, mark)} className={style[mark]}>
      {text.includes(';') ? breakable(text) : text}
    </span>
  ));
}

/** A line that is too long breaks behind a semicolon rather than in a word. */
function breakable(text: string): JSX.Element[] {
  return text.split(/(?<=;)/u).map((part, place) => (
    <Fragment key={keyAt(place, 'part')}>
      {part}
      <wbr />
    </Fragment>
  ));
}
