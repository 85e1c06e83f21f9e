import { ArrowDown, ArrowUp } from 'lucide-react';
import type { JSX, ReactNode } from 'react';
import type { ColumnChanges } from '../../state/columns.ts';
import type { ColumnSetting } from '../../state/settings.ts';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { IconButton } from '../IconButton.tsx';
import type { ColumnHead } from './column.ts';
import style from './ColumnChooser.module.css';

export interface ColumnChooserProps {
  readonly about: string;
  readonly settings: readonly ColumnSetting[];
  /** All that there are, in the order of those not shown. */
  readonly columns: readonly ColumnHead[];
  readonly named: (name: string) => ColumnHead | null;
  readonly changes: ColumnChanges;
  readonly onClose: () => void;
  /** Above the lists. */
  readonly children?: ReactNode;
}

/** Which columns a list has, and in which order. */
export function ColumnChooser(props: ColumnChooserProps): JSX.Element {
  const { about, settings, columns, named, changes, onClose, children } = props;
  const shown = settings.flatMap(({ name }) => named(name) ?? []);
  const others = columns.filter((column) => !settings.some(({ name }) => name === column.name));
  return (
    <Dialog
      open
      onClose={onClose}
      title="Columns"
      about={about}
      foot={
        <>
          <Button kind="quiet" onClick={changes.reset}>
            As at first
          </Button>
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className={style.dialog}>
        {children}
        <ul className={style.list} aria-label="Shown">
          {shown.map((column, at) => (
            <li key={column.name} className={style.line}>
              <Choice column={column} isShown isLast={shown.length === 1} show={changes.show} />
              <IconButton
                label={`Move ${column.title} to the left`}
                icon={ArrowUp}
                size={14}
                disabled={at === 0}
                onClick={() => changes.move(column.name, at - 1)}
              />
              <IconButton
                label={`Move ${column.title} to the right`}
                icon={ArrowDown}
                size={14}
                disabled={at === shown.length - 1}
                onClick={() => changes.move(column.name, at + 2)}
              />
            </li>
          ))}
        </ul>
        <h3 className={style.heading}>Not shown</h3>
        <ul className={style.list} aria-label="Not shown">
          {others.map((column) => (
            <li key={column.name} className={style.line}>
              <Choice column={column} isShown={false} isLast={false} show={changes.show} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function Choice({
  column,
  isShown,
  isLast,
  show,
}: {
  readonly column: ColumnHead;
  readonly isShown: boolean;
  readonly isLast: boolean;
  readonly show: ColumnChanges['show'];
}): JSX.Element {
  return (
    <label className={style.choice}>
      <input
        type="checkbox"
        checked={isShown}
        disabled={isLast}
        onChange={(event) => show(column.name, event.target.checked)}
      />
      <span className={style.title}>{column.title}</span>
      <span className={style.about}>{column.about}</span>
    </label>
  );
}
