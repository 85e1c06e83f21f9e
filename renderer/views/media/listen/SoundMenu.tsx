import { Download } from 'lucide-react';
import type { JSX } from 'react';
import type { AudioQuery, Waveform } from '../../../../core/contract/audio.ts';
import { captureTitle, fileName } from '../../../app/export/file-name.ts';
import { save } from '../../../app/export/write.ts';
import { useCapture } from '../../../state/capture.ts';
import { Button } from '../../../widgets/Button.tsx';
import { Menu, type MenuEntry } from '../../../widgets/Menu.tsx';
import { whoSpeaks } from './sound-words.ts';

/** What is heard as a file: as it is played, with this jitter buffer. */
export function SoundMenu({ query, sound }: { readonly query: AudioQuery; readonly sound: Waveform }): JSX.Element {
  return (
    <Menu
      trigger={
        <Button icon={Download} aria-label="Export: sound">
          Export
        </Button>
      }
      entries={entriesOf(query, sound)}
    />
  );
}

function entriesOf(query: AudioQuery, sound: Waveform): readonly MenuEntry[] {
  const { channels, call } = sound;
  const about = call === null ? `stream ${channels.flatMap(({ streams }) => streams).join(' and ')}` : `call ${call}`;
  const write = (format: 'wav' | 'ogg', channel: number | null): void => {
    const who =
      channel === null ? '' : ` ${whoSpeaks(channels[channel] as Waveform['channels'][number]).toLowerCase()}`;
    void save({
      name: fileName([captureTitle(useCapture.getState().names), `${about}${who}`], format),
      document: {
        method: 'exportAudio',
        params: { ...query, format, ...(channel === null ? {} : { channel }) },
      },
    });
  };
  const isAllWav = channels.every(({ format }) => format === 'wav');
  const both: MenuEntry[] =
    isAllWav && channels.length > 1
      ? [{ title: 'WAV – both, left and right', onSelect: () => write('wav', null) }]
      : [];
  return [
    ...both,
    ...channels.map((channel, index): MenuEntry => ({
      title:
        channel.format === 'wav'
          ? `WAV – ${channels.length === 1 ? 'one channel' : `only ${whoSpeaks(channel)}`}`
          : `Ogg Opus – ${whoSpeaks(channel)}, packets as they came`,
      onSelect: () => write(channel.format, index),
    })),
  ];
}
