import type { SecurityAssociationRow } from '../../../core/contract/security.ts';
import type { Command } from '../../app/commands.ts';
import { focusScreen } from '../../app/places.ts';
import { useCapture } from '../../state/capture.ts';
import { useSecurity } from '../../state/security.ts';
import { useView } from '../../state/view.ts';
import { keyOf } from './rows.ts';
import { IK_FIELD, TEXT_FIELD } from './places.ts';

function isOpen(): boolean {
  const { client, phase } = useCapture.getState();
  return client !== null && phase !== 'failed';
}

function show(): void {
  useView.setState({ screen: 'security', ladderOnly: false });
  requestAnimationFrame(focusScreen);
}

/** The panel for keys, with the keyboard in it; `subscriber` is whose they will be. */
export function openKeys(subscriber = ''): void {
  useView.setState({ screen: 'security', ladderOnly: false });
  useSecurity.setState({ beside: 'keys', subscriber, draft: '' });
  focusSoon(IK_FIELD, 20);
}

/** The panel for keys with a line in it that lacks only its keys. */
export function openDraft(draft: string): void {
  useSecurity.setState({ beside: 'keys', subscriber: '', draft });
  focusSoon(TEXT_FIELD, 20);
}

/** To an association in the list. */
export function showAssociation(association: SecurityAssociationRow): void {
  useSecurity.setState({ cursor: keyOf(association), beside: 'details' });
  show();
}

/** Once the field is there. */
function focusSoon(id: string, tries: number): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>(`#${id}`);
    if (field !== null) field.focus();
    else if (tries > 0) focusSoon(id, tries - 1);
  });
}

/** The way to the security associations, and to their keys. */
export const securityCommands: readonly Command[] = [
  {
    id: 'show-security',
    title: 'Go to Security associations',
    keys: ['Alt+6'],
    group: 'Window',
    enabled: isOpen,
    run: show,
  },
  {
    id: 'keys',
    title: 'Keys for IPsec…',
    keys: ['Alt+K'],
    group: 'Capture',
    enabled: isOpen,
    run: () => openKeys(),
  },
];
