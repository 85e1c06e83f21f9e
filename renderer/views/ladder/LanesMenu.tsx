import { ChevronDown } from 'lucide-react';
import { Popover, RadioGroup } from 'radix-ui';
import { useState, type JSX } from 'react';
import type { HostGuess } from '../../../core/contract/model.ts';
import { headOf, shown as safe } from '../../../core/ladder/visible.ts';
import { endText } from '../../../core/ladder/words.ts';
import { useLadder, type LadderState } from '../../state/ladder.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../widgets/Button.tsx';
import { Choice } from '../../widgets/Choice.tsx';
import { useAnswer } from '../message/answer.ts';
import { keyAt } from '../message/keys.ts';
import style from './LanesMenu.module.css';
import { forgetOrder } from './order.ts';
import type { Shown } from './scene.ts';

type Lanes = LadderState['lanes'];

const choices: readonly { readonly value: Lanes; readonly title: string; readonly about: string }[] = [
  { value: 'auto', title: 'Automatic', about: 'An address is a lane; one that talks to itself is split by port.' },
  { value: 'address', title: 'Each address', about: 'Whatever ports it uses.' },
  { value: 'address-port', title: 'Each address and port', about: 'As sngrep draws it.' },
  {
    value: 'host',
    title: 'Folded into hosts',
    about: 'Several addresses or interfaces of one server, and ephemeral TCP ports, are one lane.',
  },
];

/** Hosts whose evidence is told, and sentences for each. */
const MOST = 20;

/** What a lane is, and why some ends are one. */
export function LanesMenu({ shown }: { readonly shown: Shown | null }): JSX.Element {
  const [open, setOpen] = useState(false);
  const lanes = useLadder((state) => state.lanes);
  const ordered = useLadder((state) => state.order.length > 0);
  const named = useSettings((state) => state.hosts.length);
  const current = choices.find(({ value }) => value === lanes);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button aria-label={`Lanes: ${current?.title ?? ''}`}>
          Lanes
          <ChevronDown size={14} aria-hidden />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={style.card} align="end" sideOffset={4} collisionPadding={8} aria-label="Lanes">
          <RadioGroup.Root
            className={style.choices}
            aria-label="A lane is"
            value={lanes}
            onValueChange={(chosen) => {
              const choice = choices.find(({ value }) => value === chosen);
              if (choice !== undefined) useLadder.setState({ lanes: choice.value });
            }}
          >
            {choices.map(({ value, title, about }) => (
              <Choice key={value} value={value} className={style.choice}>
                <span className={style.ring} aria-hidden>
                  <RadioGroup.Indicator className={style.disc} />
                </span>
                <span>
                  {title}
                  <span className={style.about}>{about}</span>
                </span>
              </Choice>
            ))}
          </RadioGroup.Root>
          {shown === null ? null : <Evidence shown={shown} folded={lanes === 'host'} />}
          <p className={style.about}>
            Names and lanes folded by hand hold for every capture. Open a lane’s menu to change them.
          </p>
          <div className={style.buttons}>
            <Button disabled={!ordered} onClick={forgetOrder}>
              Order as found
            </Button>
            <Button disabled={named === 0} onClick={() => useSettings.setState({ hosts: [] })}>
              {named === 0 ? 'Forget all names' : `Forget all ${named} names`}
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Which ends of these calls are one host, and which frames show it. */
function Evidence({ shown, folded }: { readonly shown: Shown; readonly folded: boolean }): JSX.Element {
  const { calls = [] } = shown.query;
  const { value, problem } = useAnswer(JSON.stringify(calls), (client, signal) =>
    client.ask('hosts', { calls }, { signal }),
  );
  if (problem !== null) return <p className={style.problem}>{problem}</p>;
  if (value === null) return <p className={style.about}>Looking for ends that are one host …</p>;
  const several = value.filter(({ ends }) => ends.length > 1);
  if (several.length === 0)
    return <p className={style.about}>In these calls, nothing shows that two ends are one host.</p>;
  return (
    <section aria-label="Ends that are one host">
      <h3 className={style.heading}>{folded ? 'Folded, because' : 'Could be folded, because'}</h3>
      <ul className={style.hosts}>
        {several.slice(0, MOST).map((host, at) => (
          <Host key={keyAt(at, host.name)} host={host} />
        ))}
      </ul>
    </section>
  );
}

function Host({ host }: { readonly host: HostGuess }): JSX.Element {
  const ends = host.ends.map(({ address, port }) => (port === null ? safe(address) : endText(safe(address), port)));
  return (
    <li>
      <strong>{safe(headOf(host.name, 100))}</strong>
      <span
        className={style.ends}
      >{` ${ends.slice(0, 8).join(', ')}${ends.length > 8 ? ` and ${ends.length - 8} more` : ''}`}</span>
      {host.evidence.slice(0, 4).map((text, at) => (
        <span key={keyAt(at)} className={style.about}>
          {safe(headOf(text, 400))}
        </span>
      ))}
    </li>
  );
}
