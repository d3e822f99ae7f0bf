import { useEffect, useRef, useState } from "react";
import { useMutation } from "urql";
import { Logo } from "@/app/Logo";
import { messageOf } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { TextField } from "@/kit/TextField";
import { texts } from "@/texts";
import { LoginMutation } from "./documents";

export function Login() {
  const [password, setPassword] = useState("");
  const [{ error, fetching }, login] = useMutation(LoginMutation);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), []);

  const submit = async () => {
    const { error: failure } = await login({ password });
    if (!failure) return;
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
        <p role="alert" className="min-h-6 pt-1.5 text-sm text-danger">{error && messageOf(error)}</p>
        <Button type="submit" tone="primary" disabled={fetching || !password} className="mt-2 w-full">{fetching ? texts.session.signingIn : texts.session.signIn}</Button>
      </form>
    </main>
  );
}
