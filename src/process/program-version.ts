declare const __VERSION__: string | undefined;

/** Version of the bundle that runs; the sources have none of their own. */
export const programVersion = typeof __VERSION__ === "undefined" ? "unbuilt" : __VERSION__;
