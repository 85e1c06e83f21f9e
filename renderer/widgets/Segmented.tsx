import { ToggleGroup } from 'radix-ui';
import type { JSX, ReactNode } from 'react';
import style from './Segmented.module.css';

export interface SegmentedProps<Value extends string> {
  /** Name for screen readers. */
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly title: ReactNode; readonly disabled?: boolean }[];
}

/** One of a few. There is always one chosen. */
export function Segmented<Value extends string>({
  label,
  value,
  onChange,
  options,
}: SegmentedProps<Value>): JSX.Element {
  return (
    <ToggleGroup.Root
      type="single"
      className={style.group}
      aria-label={label}
      value={value}
      onValueChange={(chosen) => {
        // Empty where the chosen one was pressed again.
        const option = options.find((one) => one.value === chosen);
        if (option !== undefined) onChange(option.value);
      }}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          className={style.item}
          value={option.value}
          disabled={option.disabled ?? false}
        >
          {option.title}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
