import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useMemo, useState, type JSX } from 'react';
import type { LegGroup, LegLink } from '../../../core/contract/legs.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { meantCalls, useCalls } from '../../state/calls.ts';
import { isWhole, useCapture } from '../../state/capture.ts';
import { useLadder } from '../../state/ladder.ts';
import { legChoices, sayLegs, setLegHeaders, useLegs } from '../../state/legs.ts';
import { Button } from '../../widgets/Button.tsx';
import { useAnswer } from '../message/answer.ts';
import style from './LegsMenu.module.css';
import { Toggle } from './Toggle.tsx';

/** The other legs of the calls that are meant: in one ladder, why they belong together, and what the user says about that. */
export function LegsMenu(): JSX.Element {
  const [open, setOpen] = useState(false);
  const together = useLadder((state) => state.legs);
  const ticked = useCalls((state) => state.ticked);
  const cursor = useCalls((state) => state.cursor);
  const read = useCapture(isWhole);
  const names = useCapture((state) => state.names);
  const said = useLegs();
  const choices = useMemo(() => legChoices(said, names.join('\n')), [said, names]);
  const calls = useMemo(() => meantCalls({ ticked, cursor }), [ticked, cursor]);
  // Only when somebody looks: it takes a look at every call.
  const wanted = read && calls.length > 0 && (open || together);
  const { value, problem } = useAnswer(wanted ? JSON.stringify(['legs', calls, choices]) : null, (client, signal) =>
    client.ask('legs', { ...choices, calls }, { signal }),
  );
  const count = (value ?? []).reduce((sum, group) => sum + group.calls.length, 0);
  return (
    <>
      <Toggle
        on={together}
        onChange={(on) => useLadder.setState({ legs: on })}
        title="Legs"
        about="All legs of the call in one ladder, also across a B2BUA or SBC"
      />
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger asChild>
          <Button aria-label="Legs: why, join and cut">
            {together && count > 1 ? count : ''}
            <ChevronDown size={14} aria-hidden />
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className={style.card} align="end" sideOffset={4} collisionPadding={8} aria-label="Legs">
            {problem === null ? null : <p className={style.problem}>{problem}</p>}
            {value !== null && count < 2 ? (
              <p className={style.about}>No other leg of {calls.length > 1 ? 'these calls' : 'this call'} was found.</p>
            ) : null}
            {(value ?? []).map((group) => (
              <Group key={group.calls[0]?.id ?? 0} group={group} />
            ))}
            <Joining ticked={ticked} groups={value ?? []} />
            <Headers />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}

function Group({ group }: { readonly group: LegGroup }): JSX.Element {
  const names = new Map(group.calls.map(({ id, callId }) => [id, callId]));
  return (
    <section aria-label={`Legs: ${group.calls.length} calls`}>
      <ul className={style.links}>
        {group.links.map((link) => (
          <Link key={`${link.a} ${link.b}`} link={link} names={names} />
        ))}
        {group.cut.map(([a, b]) => (
          <li key={`${a} ${b}`} className={style.link}>
            <p className={style.pair}>
              {visible(a)} <span className={style.about}>cut from</span> {visible(b)}
            </p>
            <Button onClick={() => sayLegs('nothing', [a, b])}>Undo</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Link({ link, names }: { readonly link: LegLink; readonly names: ReadonlyMap<number, string> }): JSX.Element {
  const a = names.get(link.a) ?? '';
  const b = names.get(link.b) ?? '';
  const byHand = link.evidence.some(({ kind }) => kind === 'user');
  return (
    <li className={style.link}>
      <div>
        <p className={style.pair}>
          #{link.a} {visible(a)} – #{link.b} {visible(b)}{' '}
          <span className={style.sure}>{Math.round(link.confidence * 100)} %</span>
        </p>
        {link.evidence.map(({ kind, text }) => (
          <p key={kind} className={style.about}>
            {visible(text)}
          </p>
        ))}
      </div>
      <Button onClick={() => sayLegs(byHand ? 'nothing' : 'cut', [a, b])}>{byHand ? 'Undo' : 'Cut'}</Button>
    </li>
  );
}

/** Several calls are ticked and not legs of one yet. */
function Joining({
  ticked,
  groups,
}: {
  readonly ticked: readonly number[];
  readonly groups: readonly LegGroup[];
}): JSX.Element {
  const client = useCapture((state) => state.client);
  const known = groups.some(({ calls }) => ticked.every((call) => calls.some(({ id }) => id === call)));
  const join = async (): Promise<void> => {
    const page = await Promise.all(
      ticked.map(async (call) => {
        const at = await client?.ask('callPosition', { call });
        const rows =
          at?.at === null || at === undefined ? undefined : await client?.ask('calls', { from: at.at, count: 1 });
        return rows?.rows[0]?.callId;
      }),
    );
    const [first, ...others] = page;
    for (const other of others) if (first !== undefined && other !== undefined) sayLegs('join', [first, other]);
    useLadder.setState({ legs: true });
  };
  return (
    <div>
      <Button disabled={ticked.length < 2 || known} onClick={() => void join()}>
        Join the ticked calls
      </Button>
      <p className={style.about}>Tick two or more calls in the list with Space; it is kept for this capture.</p>
    </div>
  );
}

function Headers(): JSX.Element {
  const id = useId();
  const headers = useLegs((state) => state.headers);
  const [text, setText] = useState(headers.join(', '));
  return (
    <div>
      <label htmlFor={id} className={style.about}>
        Headers that name the other leg, besides X-Call-ID and the like
      </label>
      <input
        id={id}
        className={style.field}
        value={text}
        placeholder="X-My-Call-ID"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => setLegHeaders(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setLegHeaders(text);
        }}
      />
    </div>
  );
}
