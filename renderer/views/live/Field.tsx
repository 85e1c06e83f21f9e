import { useId, type ComponentProps, type JSX, type ReactNode } from 'react';
import style from './Field.module.css';

export interface FieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly title: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  /** One sentence: what may be typed here. */
  readonly told?: ReactNode;
  /** What is wrong with it; null where nothing is. */
  readonly wrong?: string | null;
}

/** A field with its name above it, and below it what it takes or what is wrong with it. */
export function Field({ title, value, onText, told, wrong = null, className, ...rest }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <div className={[style.field, className].filter(Boolean).join(' ')}>
      <label className={style.title} htmlFor={id}>
        {title}
      </label>
      <input
        {...rest}
        id={id}
        className={style.input}
        value={value}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong !== null}
        aria-describedby={told === undefined && wrong === null ? undefined : `${id}-told`}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {told === undefined && wrong === null ? null : (
        <p id={`${id}-told`} className={wrong === null ? style.told : style.wrong}>
          {wrong ?? told}
        </p>
      )}
    </div>
  );
}
