import { FileUp } from 'lucide-react';
import { useId, useState, type JSX } from 'react';
import { chooseFiles } from '../../shell/choose-files.ts';
import { useDispatcher } from '../../state/dispatcher.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import style from './Dialogs.module.css';

/** Characters of a list; the host takes no more. */
const MOST = 4_000_000;

const close = (): void => useDispatcher.setState({ dialog: null });

/** Takes the output of `kamcmd dispatcher.list`, pasted or from a file. */
export function ImportDialog(): JSX.Element {
  const before = useDispatcher((state) => state.list);
  const [text, setText] = useState(before?.text ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const tooLong = text.length > MOST;
  const fromFile = async (): Promise<void> => {
    const [file] = await chooseFiles();
    if (file === undefined) return;
    if (file.size > MOST) {
      setProblem(`“${file.name}” is too large for a list of destinations.`);
      return;
    }
    setProblem(null);
    setText(await file.text());
  };
  return (
    <Dialog
      open
      onClose={close}
      title="Import dispatcher.list"
      about="The output of “kamcmd dispatcher.list”, as text or JSON; or the file dispatcher.list. It stays in this window."
      kind="wide"
      foot={
        <>
          {before === null ? null : (
            <Button
              kind="danger"
              className={style.left}
              onClick={() => useDispatcher.setState({ list: null, dialog: null })}
            >
              Take it away
            </Button>
          )}
          <Button icon={FileUp} onClick={() => void fromFile()}>
            From a file…
          </Button>
          <Button
            kind="primary"
            disabled={text.trim() === '' || tooLong}
            onClick={() => useDispatcher.setState({ list: { text, at: Date.now() }, dialog: null })}
          >
            Compare with the wire
          </Button>
        </>
      }
    >
      <label htmlFor={id} className={style.label}>
        The list
      </label>
      <textarea
        id={id}
        className={[style.text, 'mono'].join(' ')}
        value={text}
        rows={14}
        spellCheck={false}
        placeholder="Paste it here"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {problem === null && !tooLong ? null : (
        <p className={style.wrong} role="alert">
          {problem ?? 'This is too long for a list of destinations.'}
        </p>
      )}
    </Dialog>
  );
}
