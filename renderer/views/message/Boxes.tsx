import type { JSX, ReactNode } from 'react';
import type { CallRow, MessageDetail } from '../../../core/contract/model.ts';
import { headOf, visible } from '../../../core/ladder/visible.ts';
import { Mark, stateLook } from '../../widgets/StateMark.tsx';
import style from './Boxes.module.css';
import { selectFrame } from './questions.ts';

/** Faults that are told; a message can have thousands. */
const MOST = 8;

/** What there is to know about a message before reading it: the verdict it proves, its faults, what it repeats. */
export function Boxes({
  message,
  call,
}: {
  readonly message: MessageDetail;
  readonly call: CallRow | null;
}): JSX.Element {
  const { row, faults } = message;
  const proves = call !== null && call.provenBy === row.frame && call.id === row.call;
  return (
    <>
      {proves ? <Why call={call} /> : null}
      {faults.length === 0 ? null : (
        <section className={[style.box, style.warn].join(' ')} aria-label="What is wrong with the message">
          {faults.slice(0, MOST).map(({ code, text, at }) => (
            <p key={`${code} ${at ?? ''} ${text}`}>
              <strong>▲ {visible(headOf(text, 500))}</strong>
              <span className={style.place}>{` ${place(message, at)}${visible(code)}`}</span>
            </p>
          ))}
          {faults.length > MOST ? <p>{`And ${faults.length - MOST} more.`}</p> : null}
        </section>
      )}
      <Again message={message} />
    </>
  );
}

function Why({ call }: { readonly call: CallRow }): JSX.Element {
  const { word, severity } = stateLook(call.state, call.finalStatus);
  return (
    <section className={[style.box, style[severity]].join(' ')} aria-label="Why the call has this state">
      <Mark severity={severity}>{word}</Mark>
      <p className={style.why}>{visible(call.why)}</p>
    </section>
  );
}

function place({ headers }: MessageDetail, at: number | null): string {
  if (at === null) return '';
  const header = headers.find((one) => at >= one.at && at < one.end);
  return header === undefined
    ? `byte ${at.toLocaleString('en')} · `
    : `${visible(headOf(header.canonical, 60))}, byte ${at.toLocaleString('en')} · `;
}

function Again({ message: { row } }: { readonly message: MessageDetail }): ReactNode {
  const { retransmissionOf, copyOf, callId } = row;
  if (retransmissionOf === null && copyOf === null) return null;
  return (
    <p className={style.again}>
      {retransmissionOf === null ? null : (
        <>
          ↻ Sent again: repeats <FrameLink frame={retransmissionOf} callId={callId} />.{' '}
        </>
      )}
      {copyOf === null ? null : (
        <>
          ⧉ The capture saw this packet before, as <FrameLink frame={copyOf} callId={callId} />.
        </>
      )}
    </p>
  );
}

function FrameLink({ frame, callId }: { readonly frame: number; readonly callId: string | null }): JSX.Element {
  return (
    <button type="button" className={style.link} onClick={() => void selectFrame(frame, callId)}>
      {`frame ${frame}`}
    </button>
  );
}
