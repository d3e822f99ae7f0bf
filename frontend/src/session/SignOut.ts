import { createContext } from "react";

/** Ends the session; given by SessionGate. */
export const SignOut = createContext<() => void>(() => undefined);
