import { Pause, Play, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type JSX } from 'react';
import type { AudioQuery, Waveform } from '../../../../core/contract/audio.ts';
import { visible } from '../../../../core/ladder/visible.ts';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { Spinner } from '../../../widgets/Progress.tsx';
import style from './Listen.module.css';
import type { Player } from './player.ts';
import { Position } from './Position.tsx';
import { SoundMenu } from './SoundMenu.tsx';
import { clockText, heardText, whoSpeaks } from './sound-words.ts';
import { useOpusPeaks, usePlayer, usePlayerState, useWaveform, useWidth } from './use-sound.ts';
import { Wave } from './Wave.tsx';

/** Milliseconds that a jitter buffer has where nobody says; as the host's. */
const USUAL_BUFFER = 60;
const MOST_BUFFER = 500;

/** One or two streams to be heard, left and right: as the receiver played them, or as they were sent. */
export function Listen({ streams }: { readonly streams: readonly number[] }): JSX.Element {
  const [bufferMs, setBufferMs] = useState(USUAL_BUFFER);
  const [asSent, setAsSent] = useState(false);
  const wanted = streams.join(' ');
  const query = useMemo(
    (): AudioQuery => ({ streams: wanted.split(' ').map(Number), ...(asSent ? { asSent } : { bufferMs }) }),
    [wanted, asSent, bufferMs],
  );
  // Without a picture, which changes with the window; the sound does not.
  const { value: sound, of, problem } = useWaveform(query, streams.length === 0 ? 0 : 1);
  // What is answered to an earlier question is still shown, but not played.
  const isOfQuery = of === JSON.stringify([query, 1]);
  const player = usePlayer(query, isOfQuery ? sound : null);
  return (
    <section className={style.panel} aria-label="Listen">
      <div className={style.bar} hidden={problem !== null && sound === null}>
        <PlayButton player={player} />
        {sound === null ? null : <Time player={player} seconds={sound.seconds} />}
        <Volume player={player} />
        <BufferField {...{ bufferMs, asSent, setBufferMs }} />
        <label className={style.check} title="Every packet at its timestamp, however late it came">
          <input type="checkbox" checked={asSent} onChange={({ currentTarget }) => setAsSent(currentTarget.checked)} />
          As sent
        </label>
        {sound === null ? null : <SoundMenu query={query} sound={sound} />}
      </div>
      {problem === null ? null : (
        <p className={style.problem} role="alert">
          {visible(problem)}
        </p>
      )}
      {sound === null ? (
        <Waiting is={problem === null && streams.length > 0} />
      ) : (
        <Channels {...{ query, sound, player }} />
      )}
    </section>
  );
}

function Waiting({ is }: { readonly is: boolean }): JSX.Element | null {
  if (!is) return null;
  return (
    <p className={style.waiting}>
      <Spinner label="Reading the packets" /> Reading the packets …
    </p>
  );
}

function PlayButton({ player }: { readonly player: Player | null }): JSX.Element {
  const { playing } = usePlayerState(player);
  return (
    <Button
      className={style.play}
      kind="primary"
      icon={playing ? Pause : Play}
      disabled={player === null}
      onClick={() => player?.toggle()}
    >
      {playing ? 'Pause' : 'Play'}
    </Button>
  );
}

function Time({ player, seconds }: { readonly player: Player | null; readonly seconds: number }): JSX.Element {
  const { position, waiting, problem } = usePlayerState(player);
  return (
    <p className={style.time}>
      <span>{clockText(position)}</span> / {clockText(seconds)}
      {waiting ? <Spinner label="Loading" /> : null}
      {problem === null ? null : (
        <span className={style.wrong} role="alert">
          {visible(problem)}
        </span>
      )}
    </p>
  );
}

function Volume({ player }: { readonly player: Player | null }): JSX.Element {
  const [volume, setVolume] = useState(100);
  useEffect(() => player?.setVolume((volume / 100) ** 2), [player, volume]);
  return (
    <label className={style.volume}>
      <Volume2 size={14} aria-hidden />
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={volume}
        aria-label="Volume"
        aria-valuetext={`${volume} %`}
        onChange={({ currentTarget }) => setVolume(Number(currentTarget.value))}
      />
    </label>
  );
}

/** Kept as it is typed; asked for only where it makes sense. */
function BufferField({
  bufferMs,
  asSent,
  setBufferMs,
}: {
  readonly bufferMs: number;
  readonly asSent: boolean;
  readonly setBufferMs: (ms: number) => void;
}): JSX.Element {
  const [text, setText] = useState(String(bufferMs));
  return (
    <label
      className={style.field}
      title="What comes later than this after the first packet is dropped, as at the receiver"
    >
      Jitter buffer
      <input
        type="number"
        min={0}
        max={MOST_BUFFER}
        step={10}
        value={text}
        disabled={asSent}
        aria-label="Jitter buffer, milliseconds"
        aria-invalid={bufferOf(text) === null}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          const ms = bufferOf(value);
          if (ms !== null) setBufferMs(ms);
        }}
        onBlur={() => setText(String(bufferMs))}
      />
      ms
    </label>
  );
}

/** Null for what is no jitter buffer. */
function bufferOf(text: string): number | null {
  const ms = Number(text);
  return text.trim() === '' || !Number.isInteger(ms) || ms < 0 || ms > MOST_BUFFER ? null : ms;
}

interface ChannelsProps {
  readonly query: AudioQuery;
  readonly sound: Waveform;
  readonly player: Player | null;
}

function Channels({ query, sound, player }: ChannelsProps): JSX.Element {
  const waves = useRef<HTMLDivElement>(null);
  const buckets = Math.min(4000, useWidth(waves, true));
  const { value: picture } = useWaveform(query, buckets);
  const opus = useOpusPeaks(query, player === null ? null : sound, buckets);
  const [muted, setMuted] = useState<readonly number[]>([]);
  useEffect(() => {
    for (let channel = 0; channel < sound.channels.length; channel++)
      player?.setMuted(channel, muted.includes(channel));
  }, [player, sound, muted]);
  const isMissing = sound.heard.some(({ lost, late }) => lost + late > 0);
  return (
    <>
      <div className={style.channels}>
        <ul className={style.names}>
          {sound.channels.map((channel, index) => (
            <ChannelName
              key={channel.streams.join(' ')}
              sound={sound}
              index={index}
              muted={muted.includes(index)}
              onMute={(mute) => setMuted(mute ? [...muted, index] : muted.filter((one) => one !== index))}
            />
          ))}
        </ul>
        <div ref={waves} className={style.waves}>
          {sound.channels.map(({ streams }, index) => {
            const drawn = picture?.channels[index];
            const own = drawn?.format === 'ogg' ? opus?.channels[index] : drawn;
            return (
              <Wave
                key={streams.join(' ')}
                min={own?.min ?? none}
                max={own?.max ?? none}
                missing={drawn?.missing ?? none}
                muted={muted.includes(index)}
              />
            );
          })}
          {player === null ? null : <Position player={player} seconds={sound.seconds} />}
        </div>
      </div>
      <div className={style.foot}>
        {isMissing ? <Legend /> : null}
        {sound.stretches.length > 1 ? <span>Pauses of more than ten minutes are made short.</span> : null}
        {opus?.problem === null || opus === null ? null : <span className={style.wrong}>{visible(opus.problem)}</span>}
      </div>
    </>
  );
}

const none: readonly number[] = [];

function ChannelName({
  sound,
  index,
  muted,
  onMute,
}: {
  readonly sound: Waveform;
  readonly index: number;
  readonly muted: boolean;
  readonly onMute: (muted: boolean) => void;
}): JSX.Element {
  const channel = sound.channels[index] as Waveform['channels'][number];
  const who = whoSpeaks(channel);
  const side = sound.channels.length === 1 ? null : index === 0 ? 'left' : 'right';
  const heard = sound.heard.filter(({ stream }) => channel.streams.includes(stream));
  return (
    <li className={style.name}>
      <span className={style.who}>
        {who}
        {side === null ? null : <span className={style.side}>{side}</span>}
        <span className={style.codec}>{visible(channel.codec)}</span>
      </span>
      <span className={style.heard} title={heardText(heard)}>
        {heardText(heard)}
      </span>
      {sound.channels.length === 1 ? null : (
        <IconButton
          className={style.mute}
          label={`Mute ${who}`}
          icon={muted ? VolumeX : Volume2}
          pressed={muted}
          onClick={() => onMute(!muted)}
        />
      )}
    </li>
  );
}

function Legend(): JSX.Element {
  return (
    <>
      <span className={style.legend}>
        <span className={[style.swatch, style.lostSwatch].join(' ')} aria-hidden /> packets never came
      </span>
      <span className={style.legend}>
        <span className={[style.swatch, style.lateSwatch].join(' ')} aria-hidden /> packets came too late
      </span>
    </>
  );
}
