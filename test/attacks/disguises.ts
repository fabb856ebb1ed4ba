/** One statement of an attack, as it would be written plainly. */
export interface Plain {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const text = (statements: readonly unknown[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = ({ actions, resources }: Plain) => ({ Effect: "Allow", Action: actions, Resource: resources });

const mapped = (change: (text: string) => string, { actions, resources }: Plain): string =>
  text([allow({ actions: actions.map(change), resources })]);
const inName = (action: string, change: (name: string) => string): string => {
  const at = action.indexOf(":") + 1;
  return action.slice(0, at) + change(action.slice(at));
};
const alternating = (one: string): string =>
  Array.from(one, (character, index) =>
    index % 2 === 0 ? character.toUpperCase() : character.toLowerCase(),
  ).join("");
const escaped = (one: string): string =>
  Array.from(one, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).join(
    "",
  );
/** The same text of JSON, in which each of these strings is written in escapes. */
const escapedIn = (policy: string, strings: readonly string[]): string =>
  strings.reduce((sum, one) => sum.replaceAll(`"${one}"`, `"${escaped(one)}"`), policy);

/** Ways to write the same policy so that it looks like another one, or like none that matters. */
export const disguises: Readonly<Record<string, (plain: Plain) => string>> = {
  "written plainly": (plain) => text([allow(plain)]),
  "in capitals": (plain) => mapped((one) => one.toUpperCase(), plain),
  "in alternating case": (plain) => mapped(alternating, plain),
  "with a question mark for its first letter": (plain) =>
    mapped((action) => inName(action, (name) => `?${name.slice(1)}`), plain),
  "with a question mark for its last letter": (plain) => mapped((action) => `${action.slice(0, -1)}?`, plain),
  "with a star at its end": (plain) => mapped((action) => `${action.slice(0, -2)}*`, plain),
  "with a star in its middle": (plain) =>
    mapped((action) => inName(action, (name) => `${name.slice(0, 2)}*${name.slice(-2)}`), plain),
  "with stars around": (plain) =>
    mapped((action) => inName(action, (name) => `*${name.slice(1, -1)}*`), plain),
  "with a star for its service": (plain) =>
    mapped((action) => `*${action.slice(action.indexOf(":"))}`, plain),
  "with a question mark in its service": (plain) => mapped((action) => `?${action.slice(1)}`, plain),
  "in escapes": (plain) => escapedIn(text([allow(plain)]), [...plain.actions, ...plain.resources]),
  "with its keys in escapes": (plain) =>
    escapedIn(text([allow(plain)]), ["Action", "Effect", "Resource", "Allow", "Statement"]),
  "as one statement without a list": (plain) =>
    JSON.stringify({ Version: "2012-10-17", Statement: allow(plain) }),
  "one statement for each action": (plain) =>
    text(plain.actions.map((action) => allow({ ...plain, actions: [action] }))),
  "one statement for each resource": (plain) =>
    text(plain.resources.map((resource) => allow({ ...plain, resources: [resource] }))),
  "after harmless statements": (plain) =>
    text([
      { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" },
      { Sid: "Logs", Effect: "Allow", Action: "logs:Describe*", Resource: "*" },
      { Sid: "More", ...allow(plain) },
    ]),
  "among harmless actions": (plain) =>
    text([allow({ ...plain, actions: ["s3:GetObject", ...plain.actions, "ec2:DescribeInstances"] })]),
  "with a denial of something else": (plain) =>
    text([allow(plain), { Effect: "Deny", Action: "iam:*", Resource: "arn:aws:iam::*:role/nobody" }]),
  "under a condition that always holds": (plain) =>
    text([{ ...allow(plain), Condition: { StringLike: { "aws:PrincipalArn": "*" } } }]),
  "as all that it is not": (plain) =>
    text([{ Effect: "Allow", NotAction: ["s3:*", "ec2:*"], Resource: plain.resources }]),
  "on all resources that it is not": ({ actions }) =>
    text([{ Effect: "Allow", Action: actions, NotResource: "arn:aws:s3:::nobody" }]),
  "on a variable with a default": ({ actions }) =>
    text([{ Effect: "Allow", Action: actions, Resource: "${aws:PrincipalTag/where, '*'}" }]),
  "on a star in the place of the partition": (plain) =>
    text([allow({ ...plain, resources: plain.resources.map((one) => one.replace(/^arn:aws:/u, "arn:*:")) })]),
  "with the version before": (plain) =>
    JSON.stringify({ Version: "2008-10-17", Id: "reading", Statement: [allow(plain)] }),
  "with slashes in escapes": (plain) => text([allow(plain)]).replaceAll("/", String.raw`\/`),
  "with capital digits in escapes": (plain) =>
    escapedIn(text([allow(plain)]), plain.actions).replaceAll(
      /\\u[0-9a-f]{4}/gu,
      (found) => found.slice(0, 2) + found.slice(2).toUpperCase(),
    ),
  "with a question mark for every letter": (plain) =>
    mapped((action) => inName(action, (name) => "?".repeat(name.length)), plain),
  "with two stars in a row": (plain) => mapped((action) => `${action.slice(0, -3)}**`, plain),
  "with an empty condition": (plain) => text([{ ...allow(plain), Condition: {} }]),
  "as all but reading, on all but one bucket": () =>
    text([{ Effect: "Allow", NotAction: ["s3:Get*", "*:List*"], NotResource: "arn:aws:s3:::nobody/*" }]),
  "on a variable in the place of its account": (plain) =>
    text([
      allow({
        ...plain,
        resources: plain.resources.map((own) => own.replace(/:\d{12}:/u, ":${aws:PrincipalAccount}:")),
      }),
    ]),
  "on a question mark in its ARN": (plain) =>
    text([allow({ ...plain, resources: plain.resources.map((one) => one.replace(/^arn/u, "?rn")) })]),
};
