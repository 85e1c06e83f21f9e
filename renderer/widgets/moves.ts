let lastKey = '';
let users = 0;

function pressed(event: KeyboardEvent): void {
  lastKey = event.key;
}

function pointed(): void {
  lastKey = '';
}

/** Notes what the user did last. What ends it is returned; it may be begun several times. */
export function followMoves(): () => void {
  users += 1;
  if (users === 1) {
    globalThis.addEventListener('keydown', pressed, true);
    globalThis.addEventListener('pointerdown', pointed, true);
  }
  return () => {
    users -= 1;
    if (users > 0) return;
    globalThis.removeEventListener('keydown', pressed, true);
    globalThis.removeEventListener('pointerdown', pointed, true);
  };
}

/** Whether what has the focus now got it by a key that moves the focus. */
export function wasMovedTo(): boolean {
  return /^(?:Tab|Arrow.*|Home|End)$/u.test(lastKey);
}
