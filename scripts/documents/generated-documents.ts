import { drawOverview } from "./draw-overview.ts";

interface GeneratedDocument {
  readonly path: string;
  readonly text: string;
}

/** Every file that `npm run documents` writes, as it should be. */
export function generatedDocuments(): readonly GeneratedDocument[] {
  return (["en", "ja"] as const).map((language) => ({
    path: `docs/images/overview.${language}.svg`,
    text: drawOverview(language),
  }));
}
