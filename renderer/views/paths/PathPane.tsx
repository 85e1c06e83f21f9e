import { Copy, Download, FileBraces, Image, Rows3 } from 'lucide-react';
import { useMemo, useRef, type JSX } from 'react';
import type { Path, PathHop } from '../../../core/contract/paths.ts';
import { captureTitle, fileName } from '../../app/export/file-name.ts';
import { copy, save } from '../../app/export/write.ts';
import { themeNow } from '../../app/theme.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Menu } from '../../widgets/Menu.tsx';
import { Mark } from '../../widgets/StateMark.tsx';
import { partyOf } from '../calls/party.ts';
import { useRoom } from '../ladder/room.ts';
import { usePathChoice } from './choice.ts';
import { ForkBranches } from './ForkBranches.tsx';
import { toLadder } from './go.ts';
import { HopDetail } from './HopDetail.tsx';
import { Hosts } from './Hosts.tsx';
import { verdictLook } from './ListRow.tsx';
import { PathGraph } from './PathGraph.tsx';
import style from './PathPane.module.css';
import { usePath } from './questions.ts';

/** The way that one request took: a graph of its hops, what each changed, and how its branches ended. */
export function PathPane({ path }: { readonly path: number | null }): JSX.Element {
  const { value, problem } = usePath(path);
  if (problem !== null) return <EmptyState severity="bad" title={problem} />;
  return (
    <section className={style.pane} aria-label="Path">
      {value === null ? null : <Shown path={value} />}
    </section>
  );
}

function Shown({ path }: { readonly path: Path }): JSX.Element {
  const picked = usePathChoice((state) => state.hop);
  const box = useRef<HTMLDivElement>(null);
  const room = useRoom(box);
  const first = useMemo(() => firstHop(path), [path]);
  const at = picked !== null && picked < path.hops.length ? picked : first;
  const hop = path.hops[at];
  return (
    <>
      <Head path={path} hop={hop} />
      <div className={style.page}>
        <p className={style.said}>{path.explanation}</p>
        {path.fork === null ? null : <ForkBranches fork={path.fork} />}
        <div className={style.two}>
          <div ref={box} className={style.graph}>
            {room === null ? null : <PathGraph key={path.id} path={path} room={room} picked={at} />}
          </div>
          {hop === undefined ? null : <HopDetail path={path} hop={hop} at={at} />}
        </div>
        <Hosts roles={path.roles} />
      </div>
    </>
  );
}

/** The hop to begin with: the first where more changed than every proxy changes. */
function firstHop({ hops }: Path): number {
  const odd = hops.findIndex(({ changes }) =>
    changes.some(({ header }) => !/^(?:Via|Max-Forwards|Route|Record-Route|Content-Length)$/u.test(header)),
  );
  return odd === -1 ? Math.min(1, hops.length - 1) : odd;
}

function Head({ path, hop }: { readonly path: Path; readonly hop: PathHop | undefined }): JSX.Element {
  const { word, severity } = verdictLook[path.verdict];
  const names = useCapture((state) => state.names);
  const hosts = useSettings((state) => state.hosts);
  const name = (extension: string): string => fileName([captureTitle(names), 'path', String(path.id)], extension);
  const document = (format: 'svg' | 'json'): Parameters<typeof save>[0] => ({
    name: name(format),
    document: { method: 'exportPath', params: { path: path.id, format, theme: themeNow(), hosts } },
  });
  const party = (text: string | null): string => (text === null ? '?' : partyOf(text).user);
  return (
    <header className={style.head}>
      <div className={style.titles}>
        <h2 className={style.title}>
          {path.cseq.method} {path.cseq.number}{' '}
          <span className={style.who}>
            {party(path.from)} → {party(path.to)}
          </span>
        </h2>
        <Mark severity={severity}>{word}</Mark>
      </div>
      <Button
        icon={Rows3}
        onClick={() => hop !== undefined && toLadder(path.call, hop.row)}
        disabled={hop === undefined}
      >
        Ladder
      </Button>
      <Menu
        trigger={<IconButton label="Export: this path" icon={Download} />}
        entries={[
          { title: 'Save the graph as SVG…', icon: Image, onSelect: () => void save(document('svg')) },
          { title: 'Save as JSON…', icon: FileBraces, onSelect: () => void save(document('json')) },
          { kind: 'line' },
          { title: 'Copy as JSON', icon: Copy, onSelect: () => void copy(document('json')) },
        ]}
      />
    </header>
  );
}
