import { Copy } from 'lucide-react';
import type { JSX } from 'react';
import { problemText } from '../../app/opening.ts';
import { shell } from '../../shell/index.ts';
import { notify } from '../../state/view.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import style from './Command.module.css';

/** A command to type in a terminal, to be copied whole. */
export function Command({ line }: { readonly line: string }): JSX.Element {
  return (
    <span className={style.command}>
      <code className={[style.line, 'mono'].join(' ')}>{line}</code>
      <IconButton label={`Copy “${line}”`} icon={Copy} size={14} onClick={() => void copy(line)} />
    </span>
  );
}

async function copy(line: string): Promise<void> {
  try {
    await shell.copyText(line);
    notify('Copied.');
  } catch (error) {
    notify(problemText(error), true);
  }
}
