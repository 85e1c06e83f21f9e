import { RadioGroup } from 'radix-ui';
import type { JSX } from 'react';
import { meantCalls, useCalls } from '../../state/calls.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { Choice } from '../../widgets/Choice.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { countOf } from '../words.ts';
import { chooseTheme, exportTheme, useExport, type ExportChoice } from './choice.ts';
import { ladderDocument, packetDocument, streamDocument, tableDocument, type Named } from './documents.ts';
import style from './ExportDialog.module.css';
import { ladderFormats } from './formats.ts';
import { copy, save } from './write.ts';

const close = (): void => useView.setState({ dialog: null });

/** All exports with their choices, for the keyboard: F2. */
export function ExportDialog(): JSX.Element {
  const choice = useExport();
  const { what } = choice;
  const meant = useCalls((state) => meantCalls(state).length);
  const ticked = useCalls((state) => state.ticked.length);
  const finish = (write: (named: Named | null) => Promise<void>): void => {
    close();
    void write(chosen(choice, ticked));
  };
  return (
    <Dialog
      open
      onClose={close}
      title="Save or copy"
      about={aboutOf(what, meant, ticked)}
      foot={
        <>
          {canCopy(choice) ? <Button onClick={() => finish(copy)}>Copy</Button> : null}
          <Button
            kind="primary"
            onClick={() => finish(save)}
            disabled={what !== 'calls' && what !== 'streams' && meant === 0}
          >
            Save…
          </Button>
        </>
      }
    >
      <Segmented
        label="What to write"
        value={what}
        onChange={(value) => useExport.setState({ what: value })}
        options={[
          { value: 'ladder', title: 'Ladder', disabled: meant === 0 },
          { value: 'calls', title: 'List of calls' },
          { value: 'streams', title: 'RTP streams' },
          { value: 'packets', title: 'Packets', disabled: meant === 0 },
        ]}
      />
      <div className={style.choices}>
        <Choices choice={choice} />
      </div>
    </Dialog>
  );
}

function aboutOf(what: ExportChoice['what'], meant: number, ticked: number): string {
  if (what === 'ladder') return `The ladder of ${countOf(meant, 'call')}, as it is on the screen.`;
  if (what === 'packets') return `A capture of ${countOf(meant, 'call')} only.`;
  if (what === 'streams') return 'All RTP streams that are listed, in this order, with every measurement.';
  return ticked > 0
    ? `The ${countOf(ticked, 'ticked call')}, with the columns on the screen.`
    : 'All calls that are listed, in this order and with the columns on the screen.';
}

function chosen({ what, ladder, table, media }: ExportChoice, ticked: number): Named | null {
  if (what === 'ladder') return ladderDocument(ladder);
  if (what === 'packets') return packetDocument(media);
  if (what === 'streams') return streamDocument(table);
  return tableDocument(table, ticked > 0 ? 'ticked' : 'listed');
}

function canCopy({ what, ladder }: ExportChoice): boolean {
  return what === 'calls' || what === 'streams' || (what === 'ladder' && ladder !== 'pdf' && ladder !== 'html');
}

function Choices({ choice }: { readonly choice: ExportChoice }): JSX.Element {
  const { what, ladder, table, media } = choice;
  if (what === 'calls' || what === 'streams')
    return (
      <Options
        label="Format"
        value={table}
        onChange={(value) => useExport.setState({ table: value })}
        options={[
          { value: 'csv', title: 'CSV', about: 'for spreadsheets; times in UTC' },
          { value: 'json', title: 'JSON', about: 'for programs; all fields' },
        ]}
      />
    );
  if (what === 'packets')
    return (
      <Options
        label="Packets"
        value={media ? 'media' : 'sip'}
        onChange={(value) => useExport.setState({ media: value === 'media' })}
        options={[
          { value: 'media', title: 'SIP and media', about: 'also RTP and RTCP that the calls’ SDP announces' },
          { value: 'sip', title: 'SIP only', about: 'small, and without what was said' },
        ]}
      />
    );
  const drawing = ladderFormats.some(({ name, kind }) => name === ladder && kind === 'drawing');
  return (
    <>
      <Options
        label="Format"
        value={ladder}
        onChange={(value) => useExport.setState({ ladder: value })}
        options={ladderFormats.map(({ name, title, about }) => ({ value: name, title, about }))}
      />
      {drawing ? (
        <div className={style.colours}>
          Colours
          <Segmented
            label="Colours"
            value={exportTheme(ladder)}
            onChange={(value) => chooseTheme(ladder, value)}
            options={[
              { value: 'light', title: 'Light' },
              { value: 'dark', title: 'Dark' },
            ]}
          />
        </div>
      ) : null}
    </>
  );
}

function Options<Value extends string>({
  label,
  value,
  onChange,
  options,
}: {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly title: string; readonly about: string }[];
}): JSX.Element {
  return (
    <RadioGroup.Root
      className={style.options}
      aria-label={label}
      value={value}
      onValueChange={(chosenValue) => {
        const option = options.find((one) => one.value === chosenValue);
        if (option !== undefined) onChange(option.value);
      }}
    >
      {options.map((option) => (
        <Choice key={option.value} value={option.value} className={style.option}>
          <span className={style.dot} aria-hidden />
          <span className={style.title}>{option.title}</span>
          <span className={style.about}>{option.about}</span>
        </Choice>
      ))}
    </RadioGroup.Root>
  );
}
