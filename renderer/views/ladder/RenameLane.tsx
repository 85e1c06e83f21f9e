import { useState, type JSX } from 'react';
import type { LadderLane, LadderScene } from '../../../core/contract/ladder.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { hostOfLane, nameLane } from './hosts.ts';
import style from './RenameLane.module.css';

/** Asks for the name of a lane; null for none. */
export function RenameLane({
  scene,
  lane,
  onClose,
}: {
  readonly scene: LadderScene;
  readonly lane: LadderLane | null;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <Dialog
      open={lane !== null}
      onClose={onClose}
      title="Name of the lane"
      about={lane === null ? '' : `${lane.ends.slice(0, 6).join(', ')}${lane.ends.length > 6 ? ' …' : ''}`}
    >
      {lane === null ? null : <NameForm scene={scene} lane={lane} onClose={onClose} />}
    </Dialog>
  );
}

function NameForm({
  scene,
  lane,
  onClose,
}: {
  readonly scene: LadderScene;
  readonly lane: LadderLane;
  readonly onClose: () => void;
}): JSX.Element {
  const hosts = useSettings((state) => state.hosts);
  const known = hostOfLane(hosts, lane);
  const [name, setName] = useState(known?.name ?? '');
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        nameLane(scene, lane, name);
        onClose();
      }}
    >
      <label className={style.label}>
        Name
        <input
          className={style.field}
          value={name}
          maxLength={200}
          placeholder={lane.title}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <p className={style.hint}>It is kept for all captures. An empty name shows the address again.</p>
      <div className={style.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" kind="primary">
          Rename
        </Button>
      </div>
    </form>
  );
}
