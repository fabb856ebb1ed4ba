/** Whose turn it is when a pass cannot go on. */
export type Fault = "user" | "kintone" | "aws" | "bug";
