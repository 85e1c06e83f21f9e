import { Copy, Download, FileBraces, Table } from 'lucide-react';
import type { JSX } from 'react';
import type { TableExport } from '../../../core/contract/api.ts';
import type { PathList } from '../../../core/contract/paths.ts';
import { captureTitle, fileName } from '../../app/export/file-name.ts';
import { copy, save } from '../../app/export/write.ts';
import { useCapture } from '../../state/capture.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Menu } from '../../widgets/Menu.tsx';
import { usePathList } from './questions.ts';

/** Saves or copies the list of paths as a table, with the hops of each. */
export function PathsMenu(): JSX.Element {
  const list = usePathList();
  const ready = useCapture(({ phase }) => phase === 'ready') && list !== null;
  const table = (format: 'csv' | 'json', what: 'paths' | 'forks' = 'paths'): Parameters<typeof save>[0] =>
    tableOf(what, format, list ?? {});
  return (
    <Menu
      trigger={<IconButton label="Export: Paths" icon={Download} disabled={!ready} />}
      entries={[
        { title: 'Save as CSV…', icon: Table, onSelect: () => void save(table('csv')) },
        { title: 'Save as JSON…', icon: FileBraces, onSelect: () => void save(table('json')) },
        { title: 'Save forks as JSON…', icon: FileBraces, onSelect: () => void save(table('json', 'forks')) },
        { kind: 'line' },
        { title: 'Copy as CSV', icon: Copy, onSelect: () => void copy(table('csv')) },
      ]}
    />
  );
}

function tableOf(what: 'paths' | 'forks', format: TableExport['format'], list: PathList): Parameters<typeof save>[0] {
  return {
    name: fileName([captureTitle(useCapture.getState().names), what], format),
    document: { method: 'exportTable', params: { what, format, ...list } },
  };
}
