import { Monitor, Moon, Sun } from "lucide-react";
import { cx } from "@/kit/cx";
import { texts } from "@/texts";
import { chooseTheme, THEME_CHOICES, useTheme } from "./theme";

const ICONS = { light: Sun, dark: Moon, system: Monitor };

export function ThemeSwitch() {
  const theme = useTheme();
  return (
    <div role="radiogroup" aria-label={texts.theme.label} className="flex rounded-lg bg-sunken p-0.5">
      {THEME_CHOICES.map((choice) => {
        const Icon = ICONS[choice];
        const isChosen = choice === theme;
        return (
          <button
            key={choice}
            type="button"
            role="radio"
            aria-checked={isChosen}
            aria-label={texts.theme[choice]}
            title={texts.theme[choice]}
            onClick={() => chooseTheme(choice)}
            className={cx("grid h-8 w-9 place-items-center rounded-md transition-colors pointer-coarse:h-11 pointer-coarse:w-11", isChosen ? "forced-chosen bg-raised text-ink shadow-sm" : "text-muted hover:text-ink")}
          >
            <Icon aria-hidden size={16} />
          </button>
        );
      })}
    </div>
  );
}
