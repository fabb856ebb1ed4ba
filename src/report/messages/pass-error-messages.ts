import type { PassErrorCode, PassErrorParams } from "../../errors.ts";

/** What is wrong and where, and whose turn it is to do what. Each is one line. */
export interface PassErrorText {
  readonly message: string;
  readonly hint: string;
}

/** One text per code: leaving one out does not compile. */
export type PassErrorMessages = {
  readonly [Code in PassErrorCode]: (params: PassErrorParams[Code]) => PassErrorText;
};
