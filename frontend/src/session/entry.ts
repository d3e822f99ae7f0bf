const ENTERED = "entered";

/** Whether the gallery was open to this browser when it was last asked: worth asking for photos before the answer. */
export function wasOpen(): boolean {
  try {
    return localStorage.getItem(ENTERED) === "yes";
  } catch {
    return false;
  }
}

export function rememberEntry(isOpen: boolean): void {
  try {
    localStorage.setItem(ENTERED, isOpen ? "yes" : "no");
  } catch {
    // Storage can be forbidden: the start is then a little slower.
  }
}
