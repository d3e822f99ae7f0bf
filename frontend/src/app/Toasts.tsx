import { Toaster } from "sonner";
import { useResolvedTheme } from "@/theme/theme";

/** Above what floats at the lower edge while something is chosen. */
const OFFSET = { bottom: "calc(var(--below) + 5rem)" };

export function Toasts() {
  return <Toaster theme={useResolvedTheme()} position="bottom-center" offset={OFFSET} mobileOffset={OFFSET} toastOptions={{ style: { fontFamily: "inherit", fontSize: "0.875rem" } }} />;
}
