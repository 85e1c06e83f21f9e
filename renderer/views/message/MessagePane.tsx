import { Copy, MousePointerClick } from 'lucide-react';
import { useState, type JSX, type ReactNode } from 'react';
import type { MessageDetail } from '../../../core/contract/model.ts';
import { shown } from '../../../core/ladder/visible.ts';
import { endText } from '../../../core/ladder/words.ts';
import { useCapture } from '../../state/capture.ts';
import { useLadder } from '../../state/ladder.ts';
import { useView, type MessageTab } from '../../state/view.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Pill } from '../../widgets/Pill.tsx';
import { Spinner } from '../../widgets/Progress.tsx';
import { Tabs } from '../../widgets/Tabs.tsx';
import { Boxes } from './Boxes.tsx';
import { copyMessage, showTab } from './commands.ts';
import { DecodedTab } from './DecodedTab.tsx';
import { DiffTab, type DiffSide } from './DiffTab.tsx';
import { HexTab } from './HexTab.tsx';
import style from './MessagePane.module.css';
import { MESSAGE_PANE } from './places.ts';
import { useCall, useHopDiff, useMessage, usePairDiff } from './questions.ts';
import { ProtectionLine } from './ProtectionLine.tsx';
import { useSecurityList } from '../security/questions.ts';
import { RawTab } from './RawTab.tsx';
import { SdpTab } from './SdpTab.tsx';

/** The message of the arrow that is selected: raw, decoded, SDP, hex, hop diff. */
export function MessagePane(): JSX.Element {
  const row = useLadder((state) => state.selected);
  const reading = useCapture(({ phase }) => phase === 'opening' || phase === 'reading');
  const { value: message, problem } = useMessage(row);
  if (row === null) {
    return (
      <Pane>
        <EmptyState
          icon={MousePointerClick}
          title="No message is selected."
          hint="Pick an arrow of the ladder: its message is shown here."
        />
      </Pane>
    );
  }
  if (problem !== null) {
    return (
      <Pane>
        <EmptyState severity="bad" title={problem} />
      </Pane>
    );
  }
  if (message === null) {
    return (
      <Pane>
        {reading ? (
          <EmptyState title="The message is shown when the capture has been read to its end." />
        ) : (
          <div className={style.waiting}>
            <Spinner label="Reading the message" />
          </div>
        )}
      </Pane>
    );
  }
  return (
    <Pane>
      <Message message={message} />
    </Pane>
  );
}

function Pane({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <section className={style.pane} id={MESSAGE_PANE} aria-label="Message">
      {children}
    </section>
  );
}

function Message({ message }: { readonly message: MessageDetail }): JSX.Element {
  const tab = useView((state) => state.tab);
  const marked = useLadder((state) => state.marked);
  const { row } = message;
  const call = useCall(row.call).value;
  const hop = useHopDiff(row.row);
  const associations = useSecurityList(row.protection !== null);
  const isPair = marked !== null && marked !== row.row;
  const pair = usePairDiff(isPair ? marked : null, row.row);
  const [chosen, setChosen] = useState<{ readonly side: DiffSide; readonly marked: number | null }>({
    side: 'pair',
    marked: null,
  });
  // Who has just marked an arrow wants the pair, whatever was looked at before.
  const side = chosen.marked === marked ? chosen.side : 'pair';
  const changes = hop.of === String(row.row) ? (hop.value?.diff?.changes.length ?? 0) : 0;
  const hasSdp = message.parts.some(({ sdp }) => sdp !== null);

  const panel = (inside: JSX.Element): JSX.Element => (
    <div className={style.panel} key={row.row}>
      <Facts message={message} />
      {row.protection === null ? null : (
        <ProtectionLine row={row} protection={row.protection} list={associations.value} />
      )}
      <Boxes message={message} call={call} />
      {inside}
    </div>
  );
  return (
    <Tabs<MessageTab>
      label="Message"
      value={tab}
      onChange={showTab}
      tabs={[
        { value: 'raw', title: 'Message', panel: panel(<RawTab message={message} />) },
        { value: 'decoded', title: 'Decoded', panel: panel(<DecodedTab message={message} />) },
        { value: 'sdp', title: 'SDP', badge: hasSdp ? <Dot /> : null, panel: panel(<SdpTab message={message} />) },
        {
          value: 'hex',
          title: 'Hex',
          panel: (
            <div className={style.full}>
              <HexTab key={row.row} message={message} />
            </div>
          ),
        },
        {
          value: 'diff',
          title: 'Hop diff',
          badge: changes === 0 ? null : <Pill severity="ok">{String(changes)}</Pill>,
          panel: panel(
            <DiffTab
              side={side}
              onSide={(next) => setChosen({ side: next, marked })}
              hop={hop}
              pair={isPair ? pair : null}
            />,
          ),
        },
      ]}
      end={<IconButton label="Copy the message" icon={Copy} shortcut="y" onClick={() => void copyMessage(message)} />}
    />
  );
}

/** The message has SDP. */
function Dot(): JSX.Element {
  return (
    <span className={style.dot}>
      <span className="visually-hidden">, present</span>
    </span>
  );
}

/** Frame, ends, transport: one line. */
function Facts({ message: { row } }: { readonly message: MessageDetail }): JSX.Element {
  const { frame, src, sport, dst, dport, transport } = row;
  return (
    <p className={style.facts}>
      <span>{`frame ${frame}`}</span>
      <span>{`${endText(shown(src), sport)} → ${endText(shown(dst), dport)}`}</span>
      <span>{transport}</span>
    </p>
  );
}
