import { Copy, Download, FileBraces, Table } from 'lucide-react';
import type { JSX } from 'react';
import type { TableExport } from '../../../core/contract/api.ts';
import { captureTitle, fileName } from '../../app/export/file-name.ts';
import { copy, save } from '../../app/export/write.ts';
import { useCapture } from '../../state/capture.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Menu } from '../../widgets/Menu.tsx';
import { BUCKETS, useScope, type Scope } from './questions.ts';

type What = Exclude<TableExport['what'], 'messages' | 'calls'>;

/** Saves or copies what a panel shows, as a table. `title` is the panel's. */
export function TableMenu({ what, title }: { readonly what: What; readonly title: string }): JSX.Element {
  const scope = useScope();
  const ready = useCapture(({ phase }) => phase === 'ready');
  return (
    <Menu
      trigger={<IconButton label={`Export: ${title}`} icon={Download} disabled={!ready} />}
      entries={[
        { title: 'Save as CSV…', icon: Table, onSelect: () => void save(tableOf(what, 'csv', scope)) },
        { title: 'Save as JSON…', icon: FileBraces, onSelect: () => void save(tableOf(what, 'json', scope)) },
        { kind: 'line' },
        { title: 'Copy as CSV', icon: Copy, onSelect: () => void copy(tableOf(what, 'csv', scope)) },
      ]}
    />
  );
}

function tableOf(what: What, format: 'csv' | 'json', scope: Scope): Parameters<typeof save>[0] {
  const steps = what === 'timeline' ? { buckets: BUCKETS } : {};
  return {
    name: fileName([captureTitle(useCapture.getState().names), what], format),
    document: { method: 'exportTable', params: { what, format, ...scope, ...steps } },
  };
}
