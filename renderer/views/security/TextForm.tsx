import { FileUp } from 'lucide-react';
import { useRef, useState, type JSX } from 'react';
import type { KeyProblem, KeysRead } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { countOf } from '../../app/words.ts';
import { chooseFiles } from '../../shell/choose-files.ts';
import { useSecurity } from '../../state/security.ts';
import { Button } from '../../widgets/Button.tsx';
import { useAnswer } from '../message/answer.ts';
import { changeKeys } from './change-keys.ts';
import { Section } from './Facts.tsx';
import style from './Keys.module.css';
import { TEXT_FIELD } from './places.ts';

/** Characters of a text; the host takes no more. */
const MOST = 4_000_000;
/** Milliseconds between two checks while one types. */
const SPACING = 250;
/** Mistakes shown at most. */
const MOST_PROBLEMS = 20;

/** Keys as text: Wireshark’s file esp_sa, `ip xfrm state`, strongSwan’s log, or a line for each association; checked before they are taken. */
export function TextForm({
  first,
  keep,
}: {
  readonly first: string;
  /** Typed keys that are there already. */
  readonly keep: readonly number[];
}): JSX.Element {
  const busy = useSecurity((state) => state.busy);
  const field = useRef<HTMLTextAreaElement>(null);
  const [given, setGiven] = useState({ name: 'pasted', text: first });
  const [refused, setRefused] = useState<string | null>(null);
  const { name, text } = given;
  const isEmpty = text.trim() === '';
  const key = isEmpty || text.length > MOST ? null : text;
  const { value, of, problem } = useAnswer(
    key,
    (client, signal) => client.ask('checkKeys', { keys: { texts: [{ name, text }] } }, { signal }),
    SPACING,
  );
  const count = value === null ? 0 : value.pairs + value.associations;
  const isGood = key !== null && of === key && count > 0 && value?.problems.length === 0;
  const fromFile = async (): Promise<void> => {
    const [file] = await chooseFiles();
    if (file === undefined) return;
    if (file.size > MOST) setRefused(`“${file.name}” is too large for a file with keys.`);
    else {
      setRefused(null);
      setGiven({ name: file.name.slice(0, 200), text: await file.text() });
    }
  };
  const take = async (): Promise<void> => {
    if (await changeKeys({ keep, add: { texts: [{ name, text }] } })) setGiven({ name: 'pasted', text: '' });
  };
  return (
    <Section title="Associations, or a file with keys">
      <p id={`${TEXT_FIELD}-about`} className={style.about}>
        Wireshark’s file esp_sa, the output of “ip xfrm state”, strongSwan’s log; or lines of
        source,destination,SPI,encryption,key,authentication,key, or of subscriber=… ik=… ck=…
      </p>
      <textarea
        ref={field}
        id={TEXT_FIELD}
        aria-label="Keys as text"
        aria-describedby={`${TEXT_FIELD}-about`}
        className={[style.text, 'mono'].join(' ')}
        rows={6}
        value={text}
        spellCheck={false}
        autoComplete="off"
        placeholder="Paste it here"
        wrap="off"
        aria-invalid={value !== null && value.problems.length > 0}
        onChange={(event) => {
          setRefused(null);
          setGiven({ name: 'pasted', text: event.currentTarget.value });
        }}
      />
      <div role="status">
        {value === null || value.problems.length > 0 ? null : <p className={style.about}>{readText(value)}</p>}
        {value === null || value.problems.length === 0 ? null : (
          <ul className={style.problems} aria-label="Mistakes">
            {value.problems.slice(0, MOST_PROBLEMS).map((one) => (
              <li key={`${one.line ?? 0} ${one.column ?? 0} ${one.message}`}>
                <button type="button" className={style.go} onClick={() => pointAt(field.current, one)}>
                  {whereOf(one)}
                </button>
                {`: ${visible(one.message)}`}
              </li>
            ))}
            {value.problems.length > MOST_PROBLEMS ? (
              <li>{`${value.problems.length - MOST_PROBLEMS} more mistakes`}</li>
            ) : null}
          </ul>
        )}
        {refused === null && problem === null && text.length <= MOST ? null : (
          <p className={style.wrong}>{visible(refused ?? problem ?? 'This is too long for keys.')}</p>
        )}
      </div>
      <div className={style.buttons}>
        <Button icon={FileUp} onClick={() => void fromFile()}>
          From a file…
        </Button>
        <Button kind="primary" disabled={!isGood || busy} onClick={() => void take()}>
          Take these keys
        </Button>
      </div>
    </Section>
  );
}

/** `Wireshark esp_sa: 4 associations.` */
function readText({ formats, pairs, associations }: KeysRead): string {
  const parts = [
    ...(associations > 0 ? [countOf(associations, 'association')] : []),
    ...(pairs > 0 ? [countOf(pairs, 'pair of IK and CK', 'pairs of IK and CK')] : []),
  ];
  const format = formats[0] ?? 'keys';
  return `${format === 'keys' ? 'Understood' : format}: ${parts.length === 0 ? 'no key' : parts.join(', ')}.`;
}

function whereOf({ line, column }: KeyProblem): string {
  return `line ${line ?? 1}${column === null ? '' : `, column ${column}`}`;
}

/** Selects the line with the mistake, from its column on. */
function pointAt(field: HTMLTextAreaElement | null, { line, column }: KeyProblem): void {
  if (field === null) return;
  const lines = field.value.split('\n');
  const before = lines.slice(0, (line ?? 1) - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const end = before + (lines[(line ?? 1) - 1] ?? '').length;
  field.focus();
  field.setSelectionRange(Math.min(before + (column ?? 1) - 1, end), end);
}
