import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef, type JSX, type ReactNode } from 'react';
import { focusScreen } from '../app/places.ts';
import style from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';

/** What had the focus when the last dialog was opened by something outside of dialogs. */
let outside: Element | null = null;

/** What has the focus now; where that is a dialog that makes room for another one, what had it before that. */
function placeNow(): Element | null {
  const { activeElement } = document;
  const isPlace = activeElement !== null && activeElement !== document.body;
  if (isPlace && activeElement.closest('[role="dialog"]') === null) outside = activeElement;
  return outside;
}

/** Gives the focus back, to the screen where the place is gone. Not when the next dialog is there already. */
function giveBack(place: Element | null): void {
  if (document.querySelector('[role="dialog"][data-state="open"]') !== null) return;
  if (place?.isConnected === true && (place instanceof HTMLElement || place instanceof SVGElement))
    place.focus({ preventScroll: true });
  if (document.activeElement === document.body) focusScreen();
}

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One sentence below the title. */
  readonly about?: ReactNode;
  /** `bare`: no head of its own (the title is only told to screen readers), at the top of the window. */
  readonly kind?: 'plain' | 'wide' | 'bare';
  /** There is nothing to press in it: the body takes the focus, so that keys scroll it. */
  readonly reads?: boolean;
  /** Buttons at the foot, the one that most people want last. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A modal dialog: focus stays within, Escape and a click beside close it. Its backdrop is our own, because that of the
 * library writes a style element, which the page's policy forbids.
 */
export function Dialog({
  open,
  onClose,
  title,
  about,
  kind = 'plain',
  reads = false,
  foot,
  children,
}: DialogProps): JSX.Element {
  const before = useRef<Element | null>(null);
  const described = about === undefined ? { 'aria-describedby': undefined } : {};
  return (
    <Radix.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Radix.Portal>
        <div className={style.backdrop} />
        <Radix.Content
          className={[style.dialog, style[kind]].join(' ')}
          {...described}
          // The library gives the focus back to a trigger, and these dialogs have none: a key or a menu opens them.
          onOpenAutoFocus={() => {
            before.current = placeNow();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack(before.current);
          }}
        >
          <Radix.Title className={kind === 'bare' ? 'visually-hidden' : style.title}>{title}</Radix.Title>
          {about === undefined ? null : <Radix.Description className={style.about}>{about}</Radix.Description>}
          <div
            className={kind === 'bare' ? style.all : style.body}
            {...(reads ? { tabIndex: 0, role: 'group', 'aria-label': title } : {})}
          >
            {children}
          </div>
          {foot === undefined ? null : <div className={style.foot}>{foot}</div>}
          {kind === 'bare' ? null : (
            <Radix.Close asChild>
              <IconButton label="Close" icon={X} className={style.close} />
            </Radix.Close>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
