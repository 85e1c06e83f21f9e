// @vitest-environment happy-dom
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { WireText } from '../../../renderer/widgets/WireText.tsx';

/** A long value is broken between its parameters, and stays the same text. */

test('breaks are offered behind semicolons, commas and the like, and what cannot be seen is shown', () => {
  const text = 'SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKabc;rport=5060, sip:a@b?x=1&y=2;';
  const { container } = render(<WireText text={text} />);
  expect(container.textContent).toBe(text);
  const parts = container.innerHTML.split('<wbr>').map((part) => part.replaceAll('&amp;', '&'));
  expect(parts).toEqual(['SIP/2.0/UDP 10.0.0.1;', 'branch=z9hG4bKabc;', 'rport=5060, sip:a@b?', 'x=1&', 'y=2;']);
});

test('text stays text', () => {
  const { container } = render(<WireText text={'<b>;\u202E'} />);
  expect(container.querySelector('b')).toBeNull();
  expect(container.textContent).toBe(String.raw`<b>;\u{202e}`);
});
