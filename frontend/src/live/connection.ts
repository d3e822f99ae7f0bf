import { type Client as SocketClient, createClient } from "graphql-ws";

export type ConnectionState = "idle" | "connected" | "lost";

const LONGEST_WAIT_MS = 30_000;
const PING_MS = 20_000;
/** A line that does not answer for so long is dead, though nobody has closed it: a laptop that slept, a lost network. */
const PONG_MS = 10_000;

/** Doubles from half a second, with jitter so that a restarted server is not stormed. */
export function retryDelay(attempt: number, random = Math.random()): number {
  return Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt) * (0.5 + random / 2);
}

/** The one WebSocket, and whether it is up. */
export class LiveConnection {
  readonly socket: SocketClient;
  private state: ConnectionState = "idle";
  private pongWait: ReturnType<typeof setTimeout> | undefined;
  private wake: (() => void) | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(url: string) {
    this.socket = createClient({
      url,
      keepAlive: PING_MS,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (attempt) => this.pause(retryDelay(attempt)),
      on: {
        connected: () => this.change("connected"),
        closed: (event) => {
          clearTimeout(this.pongWait);
          this.change((event as CloseEvent).code === 1000 ? "idle" : "lost");
        },
        ping: (received) => {
          if (!received) this.pongWait = setTimeout(() => this.socket.terminate(), PONG_MS);
        },
        pong: (received) => {
          if (received) clearTimeout(this.pongWait);
        },
      },
    });
    addEventListener("online", this.retry);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.retry());
  }

  /** Tries again now, if it waits to. */
  readonly retry = (): void => this.wake?.();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): ConnectionState => this.state;

  /** Nobody waits for what a hidden window does not show: it goes on when it is looked at. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(() => document.visibilityState === "visible" && resolve(), ms);
    });
  }

  private change(state: ConnectionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
