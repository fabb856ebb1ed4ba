import type { Language } from "../model/config.ts";

/** One sentence in every language. */
export type Bilingual = Readonly<Record<Language, string>>;

/** A problem of the configuration before the language is chosen. The message never holds a value that was given. */
export interface Finding {
  /** Path of the key in the file, or the name of the environment variable or flag. */
  readonly path: string;
  readonly message: Bilingual;
}
