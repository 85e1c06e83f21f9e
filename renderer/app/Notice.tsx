import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, type JSX } from 'react';
import { useView } from '../state/view.ts';
import { IconButton } from '../widgets/IconButton.tsx';
import { focusScreen } from './places.ts';
import style from './Notice.module.css';

/** A good word goes by itself; a bad one stays long enough to be read twice. */
const GOOD_MS = 5000;
const BAD_MS = 15_000;

/** What was done, or could not be: at the foot of the window, said by screen readers too. */
export function Notice(): JSX.Element {
  const notice = useView((state) => state.notice);
  useEffect(() => {
    if (notice === null) return undefined;
    const away = setTimeout(
      () => {
        if (useView.getState().notice === notice) dismiss();
      },
      notice.bad ? BAD_MS : GOOD_MS,
    );
    return () => clearTimeout(away);
  }, [notice]);
  return (
    <div className={style.place}>
      <output className={style.live}>{notice?.bad === false ? <Words text={notice.text} bad={false} /> : null}</output>
      <div role="alert">{notice?.bad === true ? <Words text={notice.text} bad /> : null}</div>
    </div>
  );
}

function dismiss(): void {
  useView.setState({ notice: null });
}

/** The button goes with its notice: keys go to the list again. */
function dismissed(): void {
  dismiss();
  focusScreen();
}

function Words({ text, bad }: { readonly text: string; readonly bad: boolean }): JSX.Element {
  const Icon = bad ? CircleAlert : CircleCheck;
  return (
    <span className={style.notice}>
      <span className={bad ? style.bad : style.good}>
        <Icon size={16} aria-hidden />
      </span>
      <span className={style.text}>{text}</span>
      <IconButton label="Dismiss" icon={X} size={14} onClick={dismissed} />
    </span>
  );
}
