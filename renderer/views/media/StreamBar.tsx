import { ArrowLeft, ChevronDown, Headphones, Waypoints } from 'lucide-react';
import type { JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import type { StreamLine } from '../../../core/contract/streams.ts';
import { themeNow } from '../../app/theme.ts';
import { captureTitle, fileName } from '../../app/export/file-name.ts';
import { copy, save } from '../../app/export/write.ts';
import type { Named } from '../../app/export/documents.ts';
import { useCapture } from '../../state/capture.ts';
import { useMedia } from '../../state/media.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Menu } from '../../widgets/Menu.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { partyOf } from '../calls/party.ts';
import { durationText } from '../calls/durations.ts';
import { copySentence } from './copy.ts';
import { closeMedia, showLadderOf } from './go.ts';
import { listenPanel } from './listen-panel.ts';
import type { Selection } from './selection.ts';
import { useShownStreams } from './shown.ts';
import style from './StreamBar.module.css';
import { legLetter } from './words.ts';

/** Above the stream view: which call, what stands beside each other, and what can be done. */
export function StreamBar({
  streams,
  selection,
}: {
  readonly streams: readonly StreamLine[];
  readonly selection: Selection;
}): JSX.Element {
  const { as, listening, toCallee } = useMedia();
  const from = useMedia((state) => state.from);
  const [first] = streams;
  const call = first?.call ?? null;
  const { legs, leg, sections, section, beside, sides } = selection;
  const shown = sides.flatMap(({ stream }) => stream ?? []);
  return (
    <header className={style.bar}>
      <IconButton
        label={from === 'list' ? 'Back to the list of streams' : 'Back to the calls'}
        icon={ArrowLeft}
        shortcut="Escape"
        onClick={closeMedia}
      />
      <h1 className={style.title}>Packet time</h1>
      <p className={style.about}>{aboutOf(streams)}</p>
      {sections.length < 2 || section === null ? null : (
        <Segmented
          label="Media section"
          value={String(section)}
          onChange={(value) => useMedia.setState({ section: Number(value) })}
          options={sections.map((one) => ({ value: String(one.section), title: `${one.media} ${one.section}` }))}
        />
      )}
      {legs.length < 2 ? null : (
        <>
          <Segmented
            label="Beside each other"
            value={beside}
            onChange={(value) => useMedia.setState({ beside: value })}
            options={[
              { value: 'directions', title: 'Both directions' },
              { value: 'legs', title: legs.length === 2 ? 'Leg A | Leg B' : 'Leg | leg' },
            ]}
          />
          {beside === 'directions' || legs.length > 2 ? (
            <Segmented
              label="Leg"
              value={String(leg)}
              onChange={(value) => useMedia.setState({ leg: Number(value) })}
              options={(beside === 'legs' ? legs.slice(0, -1) : legs).map((one, at) => ({
                value: String(one),
                title:
                  beside === 'legs' ? `${legLetter(one)} | ${legLetter(legs[at + 1] ?? one)}` : `Leg ${legLetter(one)}`,
              }))}
            />
          ) : null}
          {beside === 'legs' ? (
            <Segmented
              label="Direction"
              value={toCallee ? 'callee' : 'caller'}
              onChange={(value) => useMedia.setState({ toCallee: value === 'callee' })}
              options={[
                { value: 'callee', title: 'To callee' },
                { value: 'caller', title: 'To caller' },
              ]}
            />
          ) : null}
        </>
      )}
      <Segmented
        label="Over time: shown as"
        value={as}
        onChange={(value) => useMedia.setState({ as: value })}
        options={[
          { value: 'chart', title: 'Chart' },
          { value: 'table', title: 'Table' },
        ]}
      />
      {call === null ? null : (
        <Button icon={Waypoints} onClick={() => showLadderOf(call)}>
          Ladder
        </Button>
      )}
      {listenPanel === null ? null : (
        <Button icon={Headphones} aria-pressed={listening} onClick={() => useMedia.setState({ listening: !listening })}>
          Listen
        </Button>
      )}
      <ExportStreams streams={shown} call={call} about={aboutOf(streams)} />
    </header>
  );
}

function aboutOf(streams: readonly StreamLine[]): string {
  const [first] = streams;
  if (first === undefined) return '';
  const begin = Math.min(...streams.map(({ start }) => Number(start)));
  const end = Math.max(...streams.map((stream) => Number(stream.end)));
  const length = durationText(1000 * (end - begin));
  if (first.call === null) return `no call announced it · ${length}`;
  const [caller, callee] = [first.from, first.to].map((party) => {
    const { user, name } = partyOf(party ?? '');
    return name === null ? user : `${user} ${name}`;
  });
  return visible(`${caller ?? ''} → ${callee ?? ''} · call ${first.callId ?? ''} · ${length}`);
}

/** The measurements of the call’s streams as a table, the charts as a drawing, and the sentences. */
function ExportStreams({
  streams,
  call,
  about,
}: {
  readonly streams: readonly StreamLine[];
  readonly call: number | null;
  readonly about: string;
}): JSX.Element {
  const ready = useCapture(({ phase }) => phase === 'ready');
  const charts = useShownStreams((state) => state.charts);
  const drawing = (format: 'svg' | 'png'): Named | null =>
    charts === null
      ? null
      : {
          name: fileName([captureTitle(useCapture.getState().names), chartPart(streams, call)], format),
          document: { method: 'exportCharts', params: { format, theme: themeNow(), title: about, ...charts } },
        };
  const table = (format: 'csv' | 'json'): Named | null =>
    call === null
      ? null
      : {
          name: fileName([captureTitle(useCapture.getState().names), `call ${call} streams`], format),
          document: { method: 'exportTable', params: { what: 'streams', format, calls: [call] } },
        };
  return (
    <Menu
      trigger={
        <Button disabled={!ready || streams.length === 0}>
          Export
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
      entries={[
        { title: 'Copy what is said of the packet time', shortcut: 'y', onSelect: () => void copySentence(streams) },
        { kind: 'line' },
        { kind: 'heading', title: 'Charts, as they are shown' },
        {
          title: 'SVG – a drawing that stays sharp',
          disabled: charts === null,
          onSelect: () => void save(drawing('svg')),
        },
        {
          title: 'PNG – a picture for mail and chat',
          disabled: charts === null,
          onSelect: () => void save(drawing('png')),
        },
        { title: 'Copy as a picture', disabled: charts === null, onSelect: () => void copy(drawing('png')) },
        { kind: 'line' },
        { kind: 'heading', title: 'All streams of the call' },
        { title: 'CSV – for spreadsheets', disabled: call === null, onSelect: () => void save(table('csv')) },
        { title: 'JSON – for programs', disabled: call === null, onSelect: () => void save(table('json')) },
        { title: 'Copy as CSV', disabled: call === null, onSelect: () => void copy(table('csv')) },
      ]}
    />
  );
}

/** What a file with charts is called after. */
function chartPart(streams: readonly StreamLine[], call: number | null): string {
  return call === null ? `stream ${streams.map(({ id }) => id).join(' ')} charts` : `call ${call} charts`;
}
