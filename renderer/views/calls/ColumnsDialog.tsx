import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useId, useState, type JSX, type SyntheticEvent } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { headerColumn, moveColumn, resetColumns, showColumn } from './column-settings.ts';
import { callColumns, columnNamed, type CallColumn } from './columns.tsx';
import style from './ColumnsDialog.module.css';

/** Which columns the list has, in which order, and any header of SIP as one more. */
export function ColumnsDialog(): JSX.Element {
  const close = (): void => useView.setState({ dialog: null });
  const settings = useSettings((state) => state.columns);
  const shown = settings.flatMap(({ name }) => columnNamed(name) ?? []);
  const others = callColumns.filter((column) => !settings.some(({ name }) => name === column.name));
  return (
    <Dialog
      open
      onClose={close}
      title="Columns"
      about="What the list of calls shows, from left to right. Heads can also be dragged; so can their edges."
      foot={
        <>
          <Button kind="quiet" onClick={resetColumns}>
            As at first
          </Button>
          <Button kind="primary" onClick={close}>
            Done
          </Button>
        </>
      }
    >
      <div className={style.dialog}>
        <HeaderField />
        <ul className={style.list} aria-label="Shown">
          {shown.map((column, at) => (
            <li key={column.name} className={style.line}>
              <Choice column={column} isShown isLast={shown.length === 1} />
              <IconButton
                label={`Move ${column.title} to the left`}
                icon={ArrowUp}
                size={14}
                disabled={at === 0}
                onClick={() => moveColumn(column.name, at - 1)}
              />
              <IconButton
                label={`Move ${column.title} to the right`}
                icon={ArrowDown}
                size={14}
                disabled={at === shown.length - 1}
                onClick={() => moveColumn(column.name, at + 2)}
              />
            </li>
          ))}
        </ul>
        <h3 className={style.heading}>Not shown</h3>
        <ul className={style.list} aria-label="Not shown">
          {others.map((column) => (
            <li key={column.name} className={style.line}>
              <Choice column={column} isShown={false} isLast={false} />
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
}: {
  readonly column: CallColumn;
  readonly isShown: boolean;
  readonly isLast: boolean;
}): JSX.Element {
  return (
    <label className={style.choice}>
      <input
        type="checkbox"
        checked={isShown}
        disabled={isLast}
        onChange={(event) => showColumn(column.name, event.target.checked)}
      />
      <span className={style.title}>{column.title}</span>
      <span className={style.about}>{column.about}</span>
    </label>
  );
}

/** Any header of SIP as a column. */
function HeaderField(): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [added, setAdded] = useState('');
  const names = useHeaderNames();
  const add = (event: SyntheticEvent): void => {
    event.preventDefault();
    const name = headerColumn(typed);
    if (name === null) {
      setProblem('This can’t be the name of a header, or there are 32 of them already.');
      return;
    }
    showColumn(name, true);
    setAdded(`${typed.trim()} is shown, ${placeOf(name)}.`);
    setTyped('');
    setProblem(null);
  };
  return (
    <form className={style.add} onSubmit={add}>
      <label htmlFor={id}>A header of SIP</label>
      <input
        id={id}
        className={style.field}
        list={`${id}-names`}
        value={typed}
        placeholder="P-Asserted-Identity"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => {
          setTyped(event.target.value);
          setProblem(null);
          setAdded('');
        }}
      />
      <datalist id={`${id}-names`}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <Button type="submit" disabled={typed.trim() === ''}>
        Add
      </Button>
      <output className={style.added}>{added}</output>
      {problem === null ? null : (
        <p id={`${id}-problem`} className={style.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

/** Where a column stands, in words. */
function placeOf(name: string): string {
  const { columns } = useSettings.getState();
  const next = columns[columns.findIndex((column) => column.name === name) + 1];
  const title = next === undefined ? null : columnNamed(next.name)?.title;
  return title === null || title === undefined ? 'as the last' : `before ${title}`;
}

const FIELD = 'hdr.';

/** Names that the host knows, to choose from. */
function useHeaderNames(): readonly string[] {
  const client = useCapture((state) => state.client);
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const asking = new AbortController();
    const ask = async (): Promise<void> => {
      if (client === null) return;
      try {
        const found = await client.ask('completions', { filter: FIELD, at: FIELD.length }, { signal: asking.signal });
        setNames(found.flatMap(({ text }) => (text.startsWith(FIELD) ? [visible(text.slice(FIELD.length))] : [])));
      } catch {
        // Without a list any name can still be typed.
        setNames([]);
      }
    };
    void ask();
    return () => asking.abort();
  }, [client]);
  return names;
}
