import { type ReactNode, useState } from "react";
import { useMutation, useQuery } from "urql";
import { Card, Page } from "@/app/Page";
import { Screen } from "@/app/Screen";
import { Button } from "@/kit/Button";
import { Segments } from "@/kit/Segments";
import { Slider } from "@/kit/Slider";
import { usePersistent } from "@/kit/usePersistent";
import { succeeded } from "@/graphql/errors";
import { formatBytes } from "@/media/format";
import { chooseLanguage, chosenLanguage, type LanguageChoice } from "@/texts/language";
import { texts } from "@/texts";
import { chooseTheme, THEME_CHOICES, useTheme } from "@/theme/theme";
import { isTileSize, TILE_SIZES } from "@/timeline/tileSizes";
import { AboutQuery, LogoutEverywhereMutation } from "./documents";
import { isMotionReduced, reduceMotion } from "./motion";

export function SettingsScreen() {
  return (
    <Screen title={texts.settings.title}>
      <Page>
        <div className="max-w-3xl space-y-4">
          <Appearance />
          <ServerSettings />
        </div>
      </Page>
    </Screen>
  );
}

function Appearance() {
  const theme = useTheme();
  const [tileSize, setTileSize] = usePersistent("tileSize", TILE_SIZES.usual, isTileSize);
  const [isReduced, setIsReduced] = useState(isMotionReduced);
  return (
    <Card title={texts.settings.appearance}>
      <Setting name={texts.settings.theme}>
        <Segments label={texts.settings.theme} value={theme} options={THEME_CHOICES.map((value) => ({ value, label: texts.theme[value] }))} onChange={chooseTheme} />
      </Setting>
      <Setting name={texts.settings.density} hint={texts.settings.densityHint}>
        <Slider className="w-44" label={texts.settings.density} value={tileSize} min={TILE_SIZES.smallest} max={TILE_SIZES.largest} step={10} onChange={setTileSize} />
      </Setting>
      <Setting name={texts.settings.motion}>
        <Segments
          label={texts.settings.motion}
          value={isReduced ? "reduced" : "full"}
          options={[{ value: "full", label: texts.settings.motionFull }, { value: "reduced", label: texts.settings.motionReduced }]}
          onChange={(value) => {
            reduceMotion(value === "reduced");
            setIsReduced(value === "reduced");
          }}
        />
      </Setting>
      <Setting name={texts.settings.language} hint={texts.settings.languageHint}>
        <Segments<LanguageChoice>
          label={texts.settings.language}
          value={chosenLanguage()}
          options={[{ value: "system", label: texts.settings.languageSystem }, { value: "en", label: "English" }, { value: "de", label: "Deutsch" }]}
          onChange={(language) => {
            chooseLanguage(language);
            location.reload();
          }}
        />
      </Setting>
    </Card>
  );
}

function ServerSettings() {
  const [{ data }] = useQuery({ query: AboutQuery });
  const [, logout] = useMutation(LogoutEverywhereMutation);
  const signOut = async (everywhere: boolean) => succeeded((await logout({ everywhere })).error);
  if (!data) return null;
  const { version, model, acceptedExtensions, maxUploadBytes } = data.server;
  const facts: [string, string][] = [
    [texts.settings.version, version],
    [texts.settings.model, `${model.name}, ${model.dimensions}`],
    [texts.settings.largest, formatBytes(maxUploadBytes)],
    [texts.settings.formats, acceptedExtensions.join(", ")],
  ];
  return (
    <>
      <Card title={texts.settings.sessions}>
        {data.session.isRequired ? (
          <Setting name={texts.settings.signOutEverywhere} hint={texts.settings.signOutHint}>
            <Button onClick={() => void signOut(false)}>{texts.settings.signOut}</Button>
            <Button onClick={() => void signOut(true)}>{texts.settings.signOutEverywhere}</Button>
          </Setting>
        ) : <p className="text-sm text-muted">{texts.settings.openGallery}</p>}
      </Card>
      <Card title={texts.settings.about}>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1.5 text-sm">
          {facts.map(([name, value]) => <div key={name} className="contents"><dt className="text-muted">{name}</dt><dd className="break-words">{value}</dd></div>)}
        </dl>
        <p className="mt-3 text-sm text-muted">{texts.settings.shortcuts} <a href="/graphiql" className="text-accent-strong underline">{texts.settings.api}</a></p>
      </Card>
    </>
  );
}

function Setting({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3 first-of-type:pt-0 last:border-0 last:pb-0">
      <div>
        <p className="text-sm font-medium">{name}</p>
        {hint && <p className="text-sm text-muted">{hint}</p>}
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </div>
  );
}
