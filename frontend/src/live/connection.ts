import { type Client as SocketClient, createClient } from "graphql-ws";

export type ConnectionState = "idle" | "connected" | "lost";

const LONGEST_WAIT_MS = 30_000;

/** Doubles from half a second, with jitter so that a restarted server is not stormed. */
export function retryDelay(attempt: number, random = Math.random()): number {
  return Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt) * (0.5 + random / 2);
}

/** The one WebSocket, and whether it is up. */
export class LiveConnection {
  readonly socket: SocketClient;
  private state: ConnectionState = "idle";
  private readonly listeners = new Set<() => void>();

  constructor(url: string) {
    this.socket = createClient({
      url,
      keepAlive: 20_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (attempt) => new Promise((resolve) => setTimeout(resolve, retryDelay(attempt))),
      on: {
        connected: () => this.change("connected"),
        closed: (event) => this.change((event as CloseEvent).code === 1000 ? "idle" : "lost"),
      },
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): ConnectionState => this.state;

  private change(state: ConnectionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
