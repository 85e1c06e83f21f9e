import { useState, type JSX } from 'react';
import type { BodyPart, HeaderField, MessageDetail } from '../../../core/contract/model.ts';
import { headOf, visible, visibleLines } from '../../../core/ladder/visible.ts';
import { inkOf } from '../../../core/ladder/words.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import style from './DecodedTab.module.css';
import { keyAt } from './keys.ts';
import { partsOf, type Fact } from './parts.ts';
import raw from './RawTab.module.css';

/** Headers shown at first; honest messages have fewer. */
const FIRST = 150;
/** Parts of a multipart body that are shown. */
const MOST_PARTS = 20;
/** Characters of a value or a body shown at first. */
const LONGEST = 2000;

/** The message taken apart: start line, headers with their parts, bodies. */
export function DecodedTab({ message }: { readonly message: MessageDetail }): JSX.Element {
  const [all, setAll] = useState(false);
  const { headers } = message;
  const shown = all ? headers : headers.slice(0, FIRST);
  return (
    <div className={style.decoded}>
      <StartLine message={message} />
      <table className={style.table} aria-label="Headers and their values">
        <tbody>
          {shown.map((header) => (
            <Header key={header.at} header={header} faults={faultsIn(message, header)} />
          ))}
        </tbody>
      </table>
      {shown.length < headers.length ? (
        <Button onClick={() => setAll(true)}>{`Show all ${headers.length.toLocaleString('en')} headers`}</Button>
      ) : null}
      {message.parts.slice(0, MOST_PARTS).map((part, at) => (
        <Body key={keyAt(at)} part={part} />
      ))}
      {message.parts.length > MOST_PARTS ? (
        <p
          className={style.size}
        >{`And ${message.parts.length - MOST_PARTS} more parts; the first tab has all of them.`}</p>
      ) : null}
    </div>
  );
}

/** Sentences about what is wrong within a header. */
function faultsIn({ faults }: MessageDetail, { at, end }: HeaderField): string[] {
  const inside = faults.filter((fault) => fault.at !== null && fault.at >= at && fault.at < end);
  // Several addresses of one header can have the same fault.
  return [...new Set(inside.map(({ text }) => text))];
}

function StartLine({ message }: { readonly message: MessageDetail }): JSX.Element {
  const { row, startLine } = message;
  const ink = raw[inkOf(row)];
  if (row.method !== null) {
    return (
      <p className={style.start}>
        <strong className={ink}>{visible(headOf(row.method, 100))}</strong>{' '}
        <span className="mono">{visible(headOf(row.requestUri ?? '', LONGEST))}</span>
      </p>
    );
  }
  if (row.status === null) return <p className={style.start}>{visible(headOf(startLine, LONGEST))}</p>;
  return (
    <p className={style.start}>
      <strong className={ink}>{row.status}</strong> {visible(headOf(row.reason ?? '', LONGEST))}
    </p>
  );
}

function Header({ header, faults }: { readonly header: HeaderField; readonly faults: readonly string[] }): JSX.Element {
  const { name, canonical, value } = header;
  const parts = partsOf(canonical, value);
  return (
    <tr className={faults.length > 0 ? style.wrong : undefined}>
      <th scope="row">
        {visible(headOf(canonical, 200))}
        {name.toLowerCase() === canonical.toLowerCase() ? null : (
          <span className={style.written}> {visible(headOf(name, 200))}</span>
        )}
      </th>
      <td>
        <Long text={value} />
        {parts.map((facts, at) => (
          <Facts key={keyAt(at)} facts={facts} />
        ))}
        {faults.map((text) => (
          <p key={text} className={style.fault}>
            ▲ {visible(text)}
          </p>
        ))}
      </td>
    </tr>
  );
}

function Facts({ facts }: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <dl className={style.facts}>
      {facts.map(({ name, value }, at) => (
        <div key={keyAt(at, name)}>
          <dt>{visible(name)}</dt>
          {value === '' ? null : <dd>{visible(value)}</dd>}
        </div>
      ))}
    </dl>
  );
}

function Long({ text }: { readonly text: string }): JSX.Element {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > LONGEST;
  return (
    <span className={style.value}>
      {visible(cut ? headOf(text, LONGEST) : text)}
      {cut ? (
        <Button onClick={() => setAll(true)}>{`Show all ${text.length.toLocaleString('en')} characters`}</Button>
      ) : null}
    </span>
  );
}

function Body({ part }: { readonly part: BodyPart }): JSX.Element {
  const [all, setAll] = useState(false);
  const { contentType, text, sdp, at, end } = part;
  const cut = text !== null && !all && text.length > LONGEST;
  return (
    <section className={style.body}>
      <h3>
        {contentType === null ? 'Body without Content-Type' : visible(headOf(contentType, 200))}
        <span className={style.size}> {(end - at).toLocaleString('en')} bytes</span>
        {sdp === null ? null : (
          <Button kind="quiet" onClick={() => useView.setState({ tab: 'sdp' })}>
            Show as SDP
          </Button>
        )}
      </h3>
      {text === null ? (
        <p className={style.size}>Not text. The Hex tab shows its bytes.</p>
      ) : (
        <pre className={style.text}>{visibleLines(cut ? headOf(text, LONGEST) : text)}</pre>
      )}
      {cut ? (
        <Button onClick={() => setAll(true)}>{`Show all ${text.length.toLocaleString('en')} characters`}</Button>
      ) : null}
    </section>
  );
}
