import { assignmentApp } from "./assignment-app.ts";
import { emailOf, EMPLOYEES } from "./employees.ts";
import { organizationSeed } from "./organization-seed.ts";
import { permissionSetApp } from "./permission-set-app.ts";

/** Everyone signs in to the sandbox's kintone with the same password. */
const PASSWORD = "sandbox-password";
/** The person who manages every app there. */
const KINTONE_ADMINISTRATOR = "suzuki.ichiro";

/**
 * A Japanese company of 40 people with 12 AWS accounts: its two kintone apps (許可セット, 許可セット割当), of whose
 * records exactly two are wrong, its AWS organization before the first pass, and its Slack workspace.
 */
export function companySeed() {
  return {
    kintone: {
      language: "ja" as const,
      users: EMPLOYEES.map(([code, name]) => ({
        code,
        name,
        email: emailOf(code),
        password: PASSWORD,
        administrator: code === KINTONE_ADMINISTRATOR,
      })),
      editToken: "everyAppEditToken",
      apps: [permissionSetApp(), assignmentApp()],
    },
    aws: organizationSeed(),
    slack: {
      token: "xoxb-sandbox",
      channels: [{ id: "C0AWSACCESS", name: "aws-access" }],
      users: EMPLOYEES.map(([code, name], index) => ({
        id: `U0SANDBOX${String(index + 1).padStart(2, "0")}`,
        email: emailOf(code),
        name,
      })),
    },
  };
}
