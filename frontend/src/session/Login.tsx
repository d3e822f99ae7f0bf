import { useEffect, useRef, useState } from "react";
import { useMutation } from "urql";
import { Logo } from "@/app/Logo";
import { codeOf, messageOf, retryAfterOf } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { TextField } from "@/kit/TextField";
import { formatDuration } from "@/media/format";
import { texts } from "@/texts";
import { LoginMutation } from "./documents";
import { useCountdown } from "./useCountdown";

export function Login() {
  const [password, setPassword] = useState("");
  const [{ error, fetching }, login] = useMutation(LoginMutation);
  const [wait, startWaiting] = useCountdown();
  const isLimited = error && retryAfterOf(error) !== undefined;
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), []);

  const submit = async () => {
    const { error: failure } = await login({ password });
    if (!failure) return;
    startWaiting(retryAfterOf(failure) ?? 0);
    setPassword("");
    field.current?.focus();
  };

  return (
    <main className="grid h-full place-items-center bg-sunken p-4">
      <form
        className="animate-rise w-full max-w-sm rounded-2xl border border-line bg-raised p-7 shadow-xl"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Logo />
        <h1 className="mt-6 text-xl font-semibold tracking-tight">{texts.session.title}</h1>
        <p id="login-hint" className="mt-1 mb-5 text-sm text-muted">{texts.session.hint}</p>
        <label htmlFor="password" className="mb-1.5 block text-sm font-medium">{texts.session.password}</label>
        <TextField ref={field} id="password" type="password" autoComplete="current-password" aria-describedby="login-hint" aria-invalid={Boolean(error)} value={password} onChange={(event) => setPassword(event.target.value)} />
        <p role="alert" className="min-h-6 pt-1.5 text-sm text-danger">{isLimited ? wait > 0 && texts.session.tooMany : codeOf(error) === "UNAUTHENTICATED" ? texts.session.wrong : error && messageOf(error)}</p>
        <Button type="submit" tone="primary" disabled={fetching || !password || wait > 0} className="mt-2 w-full">{fetching ? texts.session.signingIn : texts.session.signIn}</Button>
        {/* Read out once with the alert, and not each second. */}
        {wait > 0 && <p role="timer" className="mt-2 text-center text-sm text-muted tabular-nums">{texts.session.wait(formatDuration(wait))}</p>}
      </form>
    </main>
  );
}
