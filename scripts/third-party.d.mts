/** What esbuild tells of what it made, as far as it is read here. */
interface Made {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, object>> }>>;
}

export function bundledPackages(metafile: Made): readonly string[];
export function thirdPartyNotices(folders: readonly string[], root: string): string;
