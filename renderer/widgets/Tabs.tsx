import { Tabs as Radix } from 'radix-ui';
import type { JSX, ReactNode } from 'react';
import style from './Tabs.module.css';

export interface TabsProps<Value extends string> {
  /** Name of the row of tabs for screen readers. */
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Only the panel in front is mounted. */
  readonly tabs: readonly {
    readonly value: Value;
    readonly title: string;
    /** Behind the title, for example a `Pill` with a number. */
    readonly badge?: ReactNode;
    readonly disabled?: boolean;
    readonly panel: ReactNode;
  }[];
  /** At the end of the row: buttons. */
  readonly end?: ReactNode;
}

/** Panels of which one is in front. Fills its container; panels scroll by themselves. */
export function Tabs<Value extends string>({ label, value, onChange, tabs, end }: TabsProps<Value>): JSX.Element {
  return (
    <Radix.Root
      className={style.tabs}
      value={value}
      onValueChange={(chosen) => {
        const tab = tabs.find((one) => one.value === chosen);
        if (tab !== undefined) onChange(tab.value);
      }}
    >
      <div className={style.row}>
        <Radix.List className={style.list} aria-label={label}>
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.value} className={style.tab} value={tab.value} disabled={tab.disabled ?? false}>
              {tab.title}
              {tab.badge}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {end}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} className={style.panel} value={tab.value}>
          {tab.panel}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
