import { Fragment, type JSX } from 'react';
import { visible } from '../../core/ladder/visible.ts';

/** Behind these a value of a header may go on on the next line. */
const breaks = /(?<=[;,&?])(?=\S)/u;

/** Text of the wire, safe to show, that is broken between parameters before it is broken within a word. */
export function WireText({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {partsOf(visible(text)).map(({ at, part }) => (
        <Fragment key={at}>
          {at === 0 ? null : <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}

function partsOf(text: string): { readonly at: number; readonly part: string }[] {
  let at = 0;
  return text.split(breaks).map((part) => {
    const start = at;
    at += part.length;
    return { at: start, part };
  });
}
