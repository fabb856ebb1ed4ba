// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
const customerPolicyArn = /^arn:[a-z-]+:iam::\d{12}:policy(?<pathAndName>\/[^…]+)$/u;

/** `/path/name` of the customer managed policy with the ARN; undefined for other texts and for a shortened ARN. */
export function customerPolicyOf(arn: string): string | undefined {
  return customerPolicyArn.exec(arn)?.groups?.["pathAndName"];
}

/** Which statement, counted from 1, a path such as `Statement[0].Effect` leads to; undefined outside a list of statements. */
export function statementNumber(path: string): number | undefined {
  const index = /^Statement\[(?<index>\d+)\]/u.exec(path)?.groups?.["index"];
  return index === undefined ? undefined : Number(index) + 1;
}

/** Whether the path leads into a statement, and not to a part of the whole policy. */
export function isInStatement(path: string): boolean {
  return /^Statement(\[\d+\])?\./u.test(path);
}

/** The name of the element that a path leads to. */
export function elementOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
