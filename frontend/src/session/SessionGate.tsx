import type { ReactNode } from "react";
import { useQuery } from "urql";
import { ErrorMessage } from "@/kit/States";
import { texts } from "@/texts";
import { SessionQuery } from "./documents";
import { Login } from "./Login";

/** Shows the gallery to those who may see it, and the door to the others. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [{ data, error }, read] = useQuery({ query: SessionQuery });
  if (!data) return error ? <main className="h-full"><ErrorMessage title={texts.errors.unknown} error={error} onRetry={() => read({ requestPolicy: "network-only" })} /></main> : null;
  const { isRequired, isAuthenticated } = data.session;
  return isRequired && !isAuthenticated ? <Login /> : children;
}
