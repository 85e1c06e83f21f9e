import type { JSX, ReactNode } from 'react';
import { FileText } from 'lucide-react';
import type { MessageDetail, Sdp, SdpMedia } from '../../../core/contract/model.ts';
import { headOf, visible } from '../../../core/ladder/visible.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { keyAt } from './keys.ts';
import style from './SdpTab.module.css';

/** Descriptions and sections, and codecs and attributes of a section, that are shown: no honest message has as many. */
const MOST_SECTIONS = 20;
const MOST = 60;
/** Attributes that are told in words of their own. */
const told = new Set([
  'rtpmap',
  'fmtp',
  'ptime',
  'maxptime',
  'rtcp',
  'rtcp-mux',
  'sendrecv',
  'sendonly',
  'recvonly',
  'inactive',
]);

/** Session descriptions of the message, as tables. */
export function SdpTab({ message }: { readonly message: MessageDetail }): JSX.Element {
  const found = message.parts.flatMap(({ sdp, at }) => (sdp === null ? [] : [{ sdp, at }]));
  if (found.length === 0) {
    return <EmptyState icon={FileText} title="This message has no SDP." />;
  }
  return (
    <div className={style.all}>
      {found.slice(0, MOST_SECTIONS).map(({ sdp, at }, index) => (
        <section key={at} className={style.description}>
          {found.length > 1 ? <h2>{`Description ${index + 1} of ${found.length}`}</h2> : null}
          <Description sdp={sdp} />
        </section>
      ))}
    </div>
  );
}

function Description({ sdp }: { readonly sdp: Sdp }): JSX.Element {
  const counts = new Map<string, number>();
  return (
    <>
      {sdp.media.slice(0, MOST_SECTIONS).map((media, at) => {
        const number = (counts.get(media.type) ?? 0) + 1;
        counts.set(media.type, number);
        return <Media key={`${media.type} ${number}`} media={media} title={`${media.type} ${number}`} place={at} />;
      })}
      <More of={sdp.media.length} shown={MOST_SECTIONS} what="media sections" />
      {sdp.media.length === 0 ? <p className={style.quiet}>No media section.</p> : null}
      <h3>Session</h3>
      <dl className={style.facts}>
        <Fact name="Origin (o=)">{sdp.origin}</Fact>
        <Fact name="Name (s=)">{sdp.sessionName}</Fact>
        <Fact name="Address (c=)">{sdp.address}</Fact>
      </dl>
      <Attributes list={sdp.attributes} />
      {sdp.faults.slice(0, MOST).map(({ line, text }) => (
        <p key={`${line} ${text}`} className={style.fault}>
          ▲ Line {line}: {visible(headOf(text, 500))}
        </p>
      ))}
    </>
  );
}

function Media({
  media,
  title,
  place,
}: {
  readonly media: SdpMedia;
  readonly title: string;
  readonly place: number;
}): JSX.Element {
  const { port, portCount, address, protocol, direction, ptimeMs, maxptimeMs, rtcpPort, rtcpMux, codecs } = media;
  const id = `sdp-media-${place}`;
  return (
    <section className={style.media} aria-labelledby={id}>
      <h3 id={id}>
        {visible(headOf(title, 100))}
        {port === 0 ? <span className={style.off}>○ switched off (port 0)</span> : <Direction direction={direction} />}
      </h3>
      <dl className={style.facts}>
        <Fact name="Address">{address ?? 'none'}</Fact>
        <Fact name="Port">{portCount === 1 ? String(port) : `${port}, ${portCount} ports`}</Fact>
        <Fact name="Protocol">{protocol}</Fact>
        <Fact name="Packet time">{ptimeMs === null ? null : `${ptimeMs} ms`}</Fact>
        <Fact name="At most">{maxptimeMs === null ? null : `${maxptimeMs} ms`}</Fact>
        <Fact name="RTCP">
          {rtcpMux ? 'on the same port (rtcp-mux)' : rtcpPort === null ? null : `port ${rtcpPort}`}
        </Fact>
      </dl>
      {codecs.length === 0 ? (
        <p className={style.quiet}>{`Formats: ${visible(headOf(media.formats.join(' '), 500)) || 'none'}`}</p>
      ) : (
        <Codecs media={media} />
      )}
      <Attributes list={media.attributes.filter(({ name }) => !told.has(name))} />
    </section>
  );
}

const directions = {
  sendrecv: '↔ sends and receives',
  sendonly: '→ only sends',
  recvonly: '← only receives',
  inactive: '○ inactive',
} as const;

function Direction({ direction }: Pick<SdpMedia, 'direction'>): JSX.Element {
  return <span className={direction === 'sendrecv' ? style.direction : style.held}>{directions[direction]}</span>;
}

function Codecs({ media }: { readonly media: SdpMedia }): JSX.Element {
  return (
    <div className={style.wide}>
      <table className={style.codecs}>
        <thead>
          <tr>
            <th scope="col" className={style.number}>
              PT
            </th>
            <th scope="col">Codec</th>
            <th scope="col" className={style.number}>
              Hz
            </th>
            <th scope="col" className={style.number} title="Channels">
              Ch
            </th>
            <th scope="col">Parameters</th>
          </tr>
        </thead>
        <tbody>
          {media.codecs.slice(0, MOST).map(({ payloadType, name, clockRate, channels, parameters }, at) => (
            <tr key={keyAt(at)}>
              <td className={style.number}>{payloadType}</td>
              <td>{visible(headOf(name, 100))}</td>
              <td className={style.number}>{clockRate.toLocaleString('en')}</td>
              <td className={style.number}>{channels}</td>
              <td className={style.parameters}>{visible(headOf(parameters ?? '', 500))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More of={media.codecs.length} shown={MOST} what="codecs" />
    </div>
  );
}

/** What is not shown is told. */
function More({ of, shown, what }: { readonly of: number; readonly shown: number; readonly what: string }): ReactNode {
  if (of <= shown) return null;
  return (
    <p
      className={style.quiet}
    >{`And ${(of - shown).toLocaleString('en')} more ${what}; the first tab has all of them.`}</p>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: string | null }): ReactNode {
  if (children === null || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{visible(headOf(children, 500))}</dd>
    </div>
  );
}

function Attributes({ list }: { readonly list: SdpMedia['attributes'] }): ReactNode {
  if (list.length === 0) return null;
  return (
    <>
      <ul className={style.attributes} aria-label="Other attributes">
        {list.slice(0, MOST).map(({ name, value }, at) => (
          <li key={keyAt(at, name)}>
            <span className={style.name}>{`a=${visible(headOf(name, 100))}`}</span>
            {value === null ? null : `:${visible(headOf(value, 1000))}`}
          </li>
        ))}
      </ul>
      <More of={list.length} shown={MOST} what="attributes" />
    </>
  );
}
