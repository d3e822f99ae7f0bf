import { type ReactNode, useEffect, useState } from "react";
import { useClient, useQuery } from "urql";
import { succeeded } from "@/graphql/errors";
import { ErrorMessage } from "@/kit/States";
import { texts } from "@/texts";
import { LogoutMutation, SessionQuery } from "./documents";
import { Login } from "./Login";
import { SignOut } from "./SignOut";

/** Shows the gallery to those who may see it, and the door to the others. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [{ data, error }, read] = useQuery({ query: SessionQuery });
  const client = useClient();
  const [isLeaving, setIsLeaving] = useState(false);
  const isIn = data?.session.isAuthenticated;
  // Once the gallery is no longer on the page: what it still asked for would be refused.
  useEffect(() => {
    if (!isLeaving) return;
    void client.mutation(LogoutMutation, {}).toPromise().then(({ error: failure }) => {
      if (!succeeded(failure)) setIsLeaving(false);
    });
  }, [isLeaving, client]);
  if (!data) return error ? <main className="h-full"><ErrorMessage title={texts.errors.unknown} error={error} onRetry={() => read({ requestPolicy: "network-only" })} /></main> : null;
  if (isLeaving && !isIn) setIsLeaving(false);
  if (!isIn) return <Login />;
  return isLeaving ? null : <SignOut value={() => setIsLeaving(true)}>{children}</SignOut>;
}
