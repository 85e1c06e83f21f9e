import type { JSX } from 'react';
import { keyLabel } from './key-label.ts';
import style from './Kbd.module.css';

/** A key as it stands on the keyboard; `keys` as in `Command.keys`. */
export function Kbd({ keys }: { readonly keys: string }): JSX.Element {
  return <kbd className={style.kbd}>{keyLabel(keys)}</kbd>;
}
