import { CloudAlert } from "lucide-react";
import { Component, type ComponentType, createContext, lazy, type ReactNode, use } from "react";
import { Button } from "@/kit/Button";
import { Message } from "@/kit/States";
import { libraryChanges } from "@/live/changes";
import { texts } from "@/texts";

/** Counts how often the screens have been tried anew. */
const Attempt = createContext(0);

/** A screen in a script of its own. React remembers a failure for good: each new attempt asks for the script anew. */
export function screenPart(load: () => Promise<ComponentType>): ComponentType {
  const make = (attempt: number) => {
    const made = { attempt, hasFailed: false, Loaded: lazy(async () => {
      try {
        return { default: await load() };
      } catch (error) {
        made.hasFailed = true;
        throw error;
      }
    }) };
    return made;
  };
  let made = make(0);
  return function ScreenPart() {
    const attempt = use(Attempt);
    if (made.hasFailed && made.attempt !== attempt) made = make(attempt);
    return <made.Loaded />;
  };
}

interface State {
  hasFailed: boolean;
  attempt: number;
  at: string;
}

/** A screen that cannot be shown leaves what is around it: the way to the others, uploads, the selection. */
export class ScreenBoundary extends Component<{ at: string; children: ReactNode }, State> {
  override state: State = { hasFailed: false, attempt: 0, at: this.props.at };
  private stopListening: (() => void) | undefined;

  static getDerivedStateFromError(): Partial<State> {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps({ at }: { at: string }, state: State): Partial<State> | null {
    return at === state.at ? null : { at, hasFailed: false, attempt: state.attempt + 1 };
  }

  override componentDidMount() {
    // Among others when the server is there again.
    this.stopListening = libraryChanges.subscribe(() => this.state.hasFailed && this.retry());
  }

  override componentWillUnmount() {
    this.stopListening?.();
  }

  private readonly retry = () => this.setState(({ attempt }) => ({ hasFailed: false, attempt: attempt + 1 }));

  override render() {
    const { hasFailed, attempt } = this.state;
    if (!hasFailed) return <Attempt value={attempt}>{this.props.children}</Attempt>;
    return (
      <div role="alert" className="h-full">
        <Message icon={CloudAlert} title={texts.errors.crashed}>
          <Button onClick={this.retry}>{texts.retry}</Button>
          {/* For a server that is another by now, and has no such script. */}
          <Button tone="quiet" onClick={() => location.reload()}>{texts.errors.reload}</Button>
        </Message>
      </div>
    );
  }
}
