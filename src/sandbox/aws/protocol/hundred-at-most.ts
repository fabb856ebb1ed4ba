import { AwsError } from "./aws-error.ts";
import { pageOf } from "./paging.ts";
import type { Page } from "./paging.ts";

interface PagedInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** One page of a list of sso-admin or of the identity store, which serve up to 100 items at a time. */
export function hundredAtMost<Item>(
  list: string,
  input: PagedInput,
  all: readonly Item[],
  keyOf: (item: Item) => string,
): Page<Item> {
  const { MaxResults, NextToken, ...selection } = input;
  return pageOf({
    all,
    keyOf,
    scope: [list, selection],
    size: MaxResults ?? 100,
    token: NextToken === "" ? undefined : NextToken,
    invalidToken: () => new AwsError("ValidationException", "The NextToken is not valid."),
  });
}
