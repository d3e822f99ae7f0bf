import { type ReactNode, useEffect } from "react";
import { useQuery } from "urql";
import { ErrorMessage } from "@/kit/States";
import { texts } from "@/texts";
import { SessionQuery } from "./documents";
import { rememberEntry } from "./entry";
import { Login } from "./Login";

/** Shows the gallery to those who may see it, and the door to the others. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [{ data, error }, read] = useQuery({ query: SessionQuery });
  const isIn = data && (!data.session.isRequired || data.session.isAuthenticated);
  useEffect(() => {
    if (isIn !== undefined) rememberEntry(isIn);
  }, [isIn]);
  if (!data) return error ? <main className="h-full"><ErrorMessage title={texts.errors.unknown} error={error} onRetry={() => read({ requestPolicy: "network-only" })} /></main> : null;
  return isIn ? children : <Login />;
}
