import type { LucideIcon } from "lucide-react";
import { CloudAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { CombinedError } from "urql";
import { messageOf } from "@/graphql/errors";
import { texts } from "@/texts";
import { Button } from "./Button";

interface MessageProps {
  icon: LucideIcon;
  title: string;
  hint?: string;
  children?: ReactNode;
}

/** A screen or list that has nothing to show: what it is, and the one thing to do about it. */
export function Message({ icon: Icon, title, hint, children }: MessageProps) {
  return (
    <div className="animate-appear grid h-full min-h-64 place-content-center justify-items-center gap-2 p-6 text-center">
      <span className="mb-2 grid size-16 place-items-center rounded-2xl bg-accent-soft text-accent">
        <Icon aria-hidden size={30} strokeWidth={1.6} />
      </span>
      <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
      {hint && <p className="max-w-sm text-muted text-balance">{hint}</p>}
      {children && <div className="mt-3 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

export function ErrorMessage({ title, error, onRetry }: { title: string; error: CombinedError; onRetry: () => void }) {
  return (
    <div role="alert" className="h-full">
      <Message icon={CloudAlert} title={title} hint={messageOf(error)}>
        <Button onClick={onRetry}>{texts.retry}</Button>
      </Message>
    </div>
  );
}

/** Above a list that is still shown although reading it anew has failed. */
export function ErrorBanner({ error, onRetry }: { error: CombinedError; onRetry: () => void }) {
  return (
    <div role="alert" className="mx-3 mb-2 flex items-center justify-between gap-3 rounded-lg bg-sunken px-3 py-2 text-sm sm:mx-5">
      <span className="text-danger">{messageOf(error)}</span>
      <Button tone="quiet" onClick={onRetry}>{texts.retry}</Button>
    </div>
  );
}
