import { Eye, EyeOff } from 'lucide-react';
import { useId, useState, type JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { useSecurity } from '../../state/security.ts';
import { Button } from '../../widgets/Button.tsx';
import { useAnswer } from '../message/answer.ts';
import { changeKeys } from './change-keys.ts';
import { Section } from './Facts.tsx';
import style from './Keys.module.css';
import { IK_FIELD } from './places.ts';

interface PairFormProps {
  /** Whose keys they are at first. */
  readonly first: string;
  readonly subscribers: readonly string[];
  /** Typed keys that are there already. */
  readonly keep: readonly number[];
}

/** Milliseconds between two checks while one types. */
const SPACING = 150;

/** IK and CK of a subscriber, checked while they are typed. */
export function PairForm({ first, subscribers, keep }: PairFormProps): JSX.Element {
  const busy = useSecurity((state) => state.busy);
  const [subscriber, setSubscriber] = useState(first);
  const [ik, setIk] = useState('');
  const [ck, setCk] = useState('');
  const [isShown, setIsShown] = useState(false);
  const names = useId();
  const filled = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const pair = { subscriber: filled(subscriber), ik: filled(ik), ck: filled(ck) };
  const isEmpty = pair.ik === null && pair.ck === null;
  const key = isEmpty ? null : JSON.stringify(pair);
  const { value, of, problem } = useAnswer(
    key,
    (client, signal) => client.ask('checkKeys', { keys: { pairs: [pair] } }, { signal }),
    SPACING,
  );
  const told = (name: string): string | null => value?.problems.find(({ source }) => source === name)?.message ?? null;
  const isGood = key !== null && of === key && value?.problems.length === 0;
  const take = async (): Promise<void> => {
    if (!isGood || busy) return;
    if (!(await changeKeys({ keep, add: { pairs: [pair] } }))) return;
    setIk('');
    setCk('');
    setIsShown(false);
  };
  return (
    <Section title="IK and CK of a subscriber">
      <form
        className={style.form}
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void take();
        }}
      >
        <label className={style.field}>
          <span>Subscriber</span>
          <input
            className={style.input}
            value={subscriber}
            list={names}
            placeholder="Everybody (IMPI or IMPU)"
            spellCheck={false}
            autoComplete="off"
            maxLength={1000}
            onChange={(event) => setSubscriber(event.currentTarget.value)}
          />
        </label>
        <datalist id={names}>
          {subscribers.slice(0, 200).map((name) => (
            <option key={name} value={name}>
              {visible(name)}
            </option>
          ))}
        </datalist>
        <KeyField id={IK_FIELD} name="IK" value={ik} onChange={setIk} isShown={isShown} problem={told('--ik')} />
        <KeyField
          id={`${IK_FIELD}-ck`}
          name="CK"
          value={ck}
          onChange={setCk}
          isShown={isShown}
          problem={told('--ck')}
        />
        {problem === null ? null : <p className={style.wrong}>{visible(problem)}</p>}
        <div className={style.buttons}>
          <Button icon={isShown ? EyeOff : Eye} aria-pressed={isShown} onClick={() => setIsShown(!isShown)}>
            {isShown ? 'Hide' : 'Show'} what I type
          </Button>
          <Button kind="primary" type="submit" disabled={!isGood || busy}>
            Take IK and CK
          </Button>
        </div>
      </form>
    </Section>
  );
}

interface KeyFieldProps {
  readonly id: string;
  readonly name: 'IK' | 'CK';
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly isShown: boolean;
  /** Why it can't be taken. */
  readonly problem: string | null;
}

/** Not a field for passwords: browsers offer to keep those. */
function KeyField({ id, name, value, onChange, isShown, problem }: KeyFieldProps): JSX.Element {
  return (
    <div className={style.field}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        className={[style.input, 'mono', isShown ? '' : style.masked].join(' ')}
        value={value}
        placeholder="32 hexadecimal digits"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        maxLength={200}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {problem === null ? null : (
        <p id={`${id}-problem`} className={style.wrong}>
          {visible(problem)}
        </p>
      )}
    </div>
  );
}
