import { Toaster } from "sonner";
import { useResolvedTheme } from "@/theme/theme";

export function Toasts() {
  return <Toaster theme={useResolvedTheme()} position="bottom-center" toastOptions={{ style: { fontFamily: "inherit", fontSize: "0.875rem" } }} />;
}
