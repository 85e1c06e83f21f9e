import type { ComponentProps, ComponentType, JSX } from 'react';
import style from './Button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: what most people want here, at most one; `quiet`: without a frame; `danger`: takes something away. */
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly icon?: ComponentType<{ readonly size?: number }>;
}

/** A button with words. Everything of `<button>` can be given; its type is `button` unless said otherwise. */
export function Button({ kind = 'plain', icon: Icon, className, children, ...rest }: ButtonProps): JSX.Element {
  return (
    <button type="button" {...rest} className={[style.button, style[kind], className].filter(Boolean).join(' ')}>
      {Icon === undefined ? null : <Icon size={14} aria-hidden />}
      {children}
    </button>
  );
}
