import { useEffect, useId, useState, type JSX, type SyntheticEvent } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import style from '../../widgets/grid/ColumnChooser.module.css';
import { ColumnChooser } from '../../widgets/grid/ColumnChooser.tsx';
import { callColumnChanges, headerColumn, showColumn } from './column-settings.ts';
import { callColumns, columnNamed } from './columns.tsx';

/** Which columns the list has, in which order, and any header of SIP as one more. */
export function ColumnsDialog(): JSX.Element {
  const settings = useSettings((state) => state.columns);
  return (
    <ColumnChooser
      about="What the list of calls shows, from left to right. Heads can also be dragged; so can their edges."
      settings={settings}
      columns={callColumns}
      named={columnNamed}
      changes={callColumnChanges}
      onClose={() => useView.setState({ dialog: null })}
    >
      <HeaderField />
    </ColumnChooser>
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
