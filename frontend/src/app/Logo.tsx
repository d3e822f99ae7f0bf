import { texts } from "@/texts";

export function Logo() {
  return (
    <span className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
      <img src="/favicon.svg" alt="" width={28} height={28} />
      {texts.appName}
    </span>
  );
}
