import type { IssueCode, IssueParams } from "../model/issue.ts";

/** How an issue is told: what is wrong, how to mend it, and what a right value looks like. */
export interface IssueText extends IssueAdvice {
  readonly message: string;
}

/** What a message says to do. */
export interface IssueAdvice extends IssueExample {
  readonly hint: string;
}

/** What could be entered instead, where that can be shown. */
export interface IssueExample {
  readonly example?: string;
}

/** Typed text, one of the app's own choices, or people picked from a list. */
export type FieldInput = "text" | "choice" | "people";

/** What every message may name besides its parameters. */
export interface IssueContext {
  /** The field's label as the form shows it; empty when the issue is about the whole record. */
  readonly field: string;
  /** How the field is filled in: typed text is misspelt, a choice is not. */
  readonly input: FieldInput;
  /** The program's own name of the field. */
  readonly fieldName?: string | undefined;
  /** Address of a record of the permission-set app. */
  readonly permissionSetRecordUrl: (record: string) => string;
  /** What an account is called; undefined for an unknown one. */
  readonly accountName: (id: string) => string | undefined;
}

/** One text per code: leaving one out does not compile. */
export type IssueMessages = {
  readonly [Code in IssueCode]: (params: IssueParams[Code], context: IssueContext) => IssueText;
};
