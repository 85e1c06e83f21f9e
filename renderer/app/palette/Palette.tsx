import { Command } from 'cmdk';
import { Clock, Filter, Hash, Phone, SquareChevronRight } from 'lucide-react';
import { useRef, useState, type JSX } from 'react';
import { flushSync } from 'react-dom';
import type { CallRow } from '../../../core/contract/model.ts';
import { labelOf, party } from '../../../core/ladder/words.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import { Kbd } from '../../widgets/Kbd.tsx';
import { StateMark } from '../../widgets/StateMark.tsx';
import { allCommands } from '../all-commands.ts';
import { applyFilter } from '../filter/filter-state.ts';
import { countText } from '../words.ts';
import { goToCall, goToMessage } from './go.ts';
import style from './Palette.module.css';
import { useFoundCalls, wordsFilter, type FoundCalls } from './use-found-calls.ts';
import { useFoundFrame, type FoundFrame } from './use-found-frame.ts';

const close = (): void => useView.setState({ dialog: null });

/** Runs what was chosen when the dialog is gone and the focus is back where it was. */
function choose(run: () => void): void {
  // At once: the dialog gives the focus back by a timeout of its own, which then comes first.
  flushSync(close);
  setTimeout(run, 0);
}

/** Everything by its name: commands, calls by any text in them, filters used before. */
export function Palette(): JSX.Element {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const moved = useRef(false);
  const words = text.trim();
  const capture = useCapture(({ client, phase }) => client !== null && phase !== 'failed' && phase !== 'gone');
  const found = useFoundCalls(words);
  const frame = useFoundFrame(words);
  const filters = useSettings((state) => state.filters);
  const commands = allCommands().filter(
    (command) => command.id !== 'palette' && command.enabled() && begins(command.title, words),
  );
  const recent = capture ? filters.filter((filter) => words !== '' && holds(filter, words)).slice(0, 5) : [];
  const firsts = [
    ...(hasCall(frame) ? ['frame'] : []),
    ...commands.map(({ id }) => `command ${id}`),
    ...recent.map((filter) => `filter ${filter}`),
    ...(found?.calls ?? []).map(({ id }) => `call ${id}`),
    'show all',
  ];
  return (
    <Dialog open onClose={close} title="Search all" kind="bare">
      <Command
        label="Search all"
        shouldFilter={false}
        loop
        className={style.palette}
        // Calls come later than commands: until somebody moves, the first of all is chosen.
        value={chosen ?? firsts[0] ?? ''}
        onValueChange={(value) => {
          if (moved.current) setChosen(value);
        }}
        onKeyDown={(event) => {
          if (/^Arrow|^Home$|^End$/u.test(event.key)) moved.current = true;
        }}
        onPointerMove={() => {
          moved.current = true;
        }}
      >
        <Command.Input
          className={style.input}
          value={text}
          onValueChange={(typed) => {
            moved.current = false;
            setChosen(null);
            setText(typed);
          }}
          maxLength={500}
          placeholder={
            capture ? 'A command, a frame’s number, or any text in a call: number, name, address, Call-ID' : 'A command'
          }
        />
        <Command.List className={style.list}>
          {frame === null ? null : <Frame found={frame} />}
          {commands.length === 0 ? null : (
            <Command.Group heading="Commands" className={style.group}>
              {commands.map(({ id, title, keys, run }) => (
                <Command.Item key={id} value={`command ${id}`} className={style.item} onSelect={() => choose(run)}>
                  <SquareChevronRight size={14} aria-hidden />
                  <span className={style.title}>{title}</span>
                  {keys[0] === undefined ? null : <Kbd keys={keys[0]} />}
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {recent.length === 0 ? null : (
            <Command.Group heading="Filters used before" className={style.group}>
              {recent.map((filter) => (
                <Command.Item
                  key={filter}
                  value={`filter ${filter}`}
                  className={style.item}
                  onSelect={() => choose(() => void applyFilter(filter))}
                >
                  <Clock size={14} aria-hidden />
                  <span className={[style.title, 'mono'].join(' ')}>{filter}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {capture && words !== '' ? <Calls found={found} words={words} /> : null}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function hasCall(found: FoundFrame | null): boolean {
  return typeof found?.message?.call === 'number';
}

/** The frame whose number was typed. */
function Frame({ found: { frame, message } }: { readonly found: FoundFrame }): JSX.Element {
  const number = countText(frame);
  if (typeof message?.call !== 'number')
    return (
      <Command.Group
        heading={message === null ? `Frame ${number} holds no SIP message` : `Frame ${number} is of no call`}
        className={style.group}
      />
    );
  return (
    <Command.Group heading="Frame" className={style.group}>
      <Command.Item value="frame" className={style.item} onSelect={() => choose(() => void goToMessage(message))}>
        <Hash size={14} aria-hidden />
        <span className={style.title}>
          Frame {number}: {labelOf(message)}, {party(message.from)} → {party(message.to)}
        </span>
      </Command.Item>
    </Command.Group>
  );
}

function Calls({ found, words }: { readonly found: FoundCalls | null; readonly words: string }): JSX.Element {
  return (
    <Command.Group heading={callsHeading(found)} className={style.group}>
      {(found?.calls ?? []).map((call) => (
        <Command.Item
          key={call.id}
          value={`call ${call.id}`}
          className={style.item}
          onSelect={() => choose(() => void goToCall(call.id))}
        >
          <Phone size={14} aria-hidden />
          <span className={style.title}>{callText(call)}</span>
          <StateMark state={call.state} status={call.finalStatus} />
        </Command.Item>
      ))}
      <Command.Item
        value="show all"
        className={style.item}
        onSelect={() => choose(() => void applyFilter(wordsFilter(words)))}
      >
        <Filter size={14} aria-hidden />
        <span className={style.title}>Filter the calls by “{words}”</span>
      </Command.Item>
    </Command.Group>
  );
}

function callsHeading(found: FoundCalls | null): string {
  if (found === null) return 'Calls: looking through all messages…';
  if (found.problem !== null) return found.problem;
  if (found.total === 0) return 'Calls: none has this in its messages';
  return found.total > found.calls.length
    ? `The first ${found.calls.length} of ${countText(found.total)} calls`
    : 'Calls';
}

function callText(call: CallRow): string {
  return `${call.method ?? 'Call'} ${party(call.from)} → ${party(call.to)}`;
}

/** Whether all words occur, in any case. */
function holds(text: string, words: string): boolean {
  const lower = text.toLowerCase();
  return wordsOf(words).every((word) => lower.includes(word));
}

/** Whether each word begins one of the title. */
function begins(title: string, words: string): boolean {
  const own = wordsOf(title);
  return wordsOf(words).every((word) => own.some((one) => one.startsWith(word)));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
}
