import type { JSX } from 'react';
import { useView } from '../state/view.ts';
import { Dialog } from '../widgets/Dialog.tsx';
import { Kbd } from '../widgets/Kbd.tsx';
import { allCommands } from './all-commands.ts';
import style from './HelpSheet.module.css';

const groups = ['Calls', 'Ladder', 'Message', 'Media', 'Capture', 'Window'] as const;

/** All keys by group, made from the list of commands. */
export function HelpSheet(): JSX.Element {
  const commands = allCommands().filter(({ keys }) => keys.length > 0);
  return (
    <Dialog
      open
      onClose={() => useView.setState({ dialog: null })}
      title="Keys"
      about="All can be done without the mouse. Tab goes from pane to pane, arrows move within one. What has no key is found by “Search all”."
      kind="wide"
      reads
    >
      <div className={style.sheet}>
        {groups.map((group) => (
          <section key={group} className={style.group} aria-label={group}>
            <h3 className={style.heading}>{group}</h3>
            <dl className={style.keys}>
              {commands
                .filter((command) => command.group === group)
                .map(({ id, title, keys }) => (
                  <div key={id} className={style.row}>
                    <dt className={style.title}>{title}</dt>
                    <dd className={style.strokes}>
                      {keys.map((key) => (
                        <Kbd key={key} keys={key} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
