import type { ConfigProblem, PassErrorCode, PassErrorParams } from "../errors.ts";

/** What is wrong and where, and whose turn it is to do what. Each is one line; only several problems of the configuration have one each. */
export interface PassErrorText {
  readonly message: string;
  readonly hint: string;
}

/** One text per code: leaving one out does not compile. */
export type PassErrorMessages = {
  readonly [Code in PassErrorCode]: (params: PassErrorParams[Code]) => PassErrorText;
};

/** The codes about credentials, whose texts have a file of their own. */
export type CredentialErrorCode =
  | "aws.token-settings-missing"
  | "aws.token-unavailable"
  | "aws.token-refused"
  | "aws.role-invalid"
  | "aws.no-identity-provider"
  | "aws.wrong-audience"
  | "aws.wrong-subject"
  | "aws.trust-denied"
  | "aws.expired-token"
  | "aws.invalid-token"
  | "aws.issuer-unreachable"
  | "aws.management-account"
  | "aws.not-delegated-administrator";

/** Where a problem of the configuration is, and what: `file:3:5: key: message`, without the place where it has none. */
export function configProblemLine({ place, path, message }: ConfigProblem): string {
  return [...(place === undefined ? [] : [place]), path, message].join(": ");
}
