import { CloudAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "@/kit/Button";
import { Message } from "@/kit/States";
import { texts } from "@/texts";

/** A mistake of ours shows as one failed page with a way on, never as a blank one. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div role="alert" className="h-full">
        <Message icon={CloudAlert} title={texts.errors.crashed}><Button onClick={() => location.reload()}>{texts.errors.reload}</Button></Message>
      </div>
    );
  }
}
