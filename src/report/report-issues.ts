import { holdsRecord, type Issue, issueFingerprint } from "../model/issue.ts";
import { recordKey, type SourceRecords } from "../model/record.ts";
import type { ReportedIssue } from "../model/run-report.ts";
import { describeIssue } from "../words/describe-issue.ts";
import type { ReportContext } from "./build-run-report.ts";
import { fieldInputs, fieldLabels } from "./field-labels.ts";
import type { Names } from "./names.ts";

/** The problems of records in the words of the report, by record and field. */
export function reportIssues(
  issues: readonly Issue[],
  source: SourceRecords,
  { language, fields, recordUrl }: ReportContext,
  names: Names,
): readonly ReportedIssue[] {
  const labels = fieldLabels(source, fields);
  const inputs = fieldInputs(source, fields);
  const permissionSetRecordUrl = (id: string): string => recordUrl({ app: "permissionSets", id });
  return issues.map((issue) => {
    const label = issue.field === undefined ? undefined : labels(issue.record.app, issue.field);
    const text = describeIssue(issue, language, {
      field: label ?? "",
      fieldName: issue.field,
      input: issue.field === undefined ? "text" : inputs(issue.record.app, issue.field),
      permissionSetRecordUrl,
      accountName: names.account,
    });
    return {
      code: issue.code,
      severity: holdsRecord(issue.code) ? "error" : "warning",
      app: source[issue.record.app].appId,
      record: issue.record.id,
      key: recordKey(issue.record),
      fingerprint: issueFingerprint(issue),
      params: issue.params,
      ...(issue.field === undefined ? {} : { field: issue.field }),
      ...(label === undefined ? {} : { fieldLabel: label }),
      url: recordUrl(issue.record),
      ...text,
    };
  });
}
