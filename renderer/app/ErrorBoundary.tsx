import { CircleX } from 'lucide-react';
import { Component, useState, type JSX, type ReactNode } from 'react';
import { Button } from '../widgets/Button.tsx';
import { EmptyState } from '../widgets/EmptyState.tsx';

/** Keeps a bug of one part from taking the window with it. `name` is what is within, for the sentence: “Calls”. */
export function ErrorBoundary({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): JSX.Element {
  const [attempt, setAttempt] = useState(0);
  return (
    <Catching key={attempt} name={name} onAgain={() => setAttempt(attempt + 1)}>
      {children}
    </Catching>
  );
}

interface Props {
  readonly name: string;
  readonly onAgain: () => void;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
}

/** React catches errors with classes only. What it caught it also writes to the console, with the place. */
class Catching extends Component<Props, State> {
  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  constructor(props: Props) {
    super(props);
    this.state = { error: null };
  }

  override render(): ReactNode {
    const { name, onAgain, children } = this.props;
    const { error } = this.state;
    if (error === null) return children;
    return (
      <EmptyState
        icon={CircleX}
        severity="bad"
        title={`“${name}” could not be shown: ${error.message}`}
        hint="This is a mistake in Sipglass, not in your capture, which is still open."
      >
        <Button onClick={onAgain}>Show again</Button>
      </EmptyState>
    );
  }
}
