import type * as z from "zod";
import { isTree, valueAt } from "./config-tree.ts";
import { variableFor } from "./environment.ts";
import type { Bilingual, Finding } from "./finding.ts";
import type { JsonSchema } from "./json-schema.ts";
import { configJsonSchema, schemaAt } from "./json-schema.ts";
import type { SchemaRule } from "./schema-messages.ts";
import { schemaMessages } from "./schema-messages.ts";
import { describeUnknownKey, likelyMeant } from "./unknown-keys.ts";

/** Says for every issue of the schema what is allowed instead. */
export function describeSchemaIssues(issues: readonly z.core.$ZodIssue[], tree: unknown): readonly Finding[] {
  const schema = configJsonSchema();
  const meant = issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? meantBy(issue, schema) : []));
  // A key that is misspelt is not missing besides.
  const isMisspelt = ({ path }: z.core.$ZodIssue): boolean =>
    valueAt(tree, path) === undefined && meant.some((key) => `${path.join(".")}.`.startsWith(`${key}.`));
  return issues.flatMap((issue) => {
    if (isMisspelt(issue)) return [];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.flatMap((key) => {
        const path = [...issue.path, key].map(String);
        return describeUnknownKey(path, valueAt(tree, path), schema);
      });
    }
    return [{ path: issue.path.join("."), message: describeIssue(issue, tree, schema) }];
  });
}

/** The paths of the keys that were likely meant. */
function meantBy({ path, keys }: z.core.$ZodIssueUnrecognizedKeys, schema: JsonSchema): readonly string[] {
  return keys.flatMap((key) => {
    const whole = [...path, key].map(String);
    const meant = likelyMeant(whole, schema);
    return meant === undefined ? [] : [[...whole.slice(0, -1), meant].join(".")];
  });
}

function describeIssue(issue: z.core.$ZodIssue, tree: unknown, schema: JsonSchema): Bilingual {
  if (valueAt(tree, issue.path) === undefined) return describeMissing(issue.path.join("."));
  if (isSchemaRule(issue.message)) return schemaMessages[issue.message];
  return describeAllowed(schemaAt(schema, issue.path) ?? {});
}

function isSchemaRule(name: string): name is SchemaRule {
  return Object.hasOwn(schemaMessages, name);
}

function describeMissing(path: string): Bilingual {
  const variable = variableFor(path);
  if (variable === undefined) return { ja: "必須です。", en: "Is required." };
  return {
    ja: `必須です。設定ファイルの「${path}」または環境変数${variable}で指定してください。`,
    en: `Is required: set ${path} in the file or ${variable} in the environment.`,
  };
}

function describeAllowed(schema: JsonSchema): Bilingual {
  if (schema.enum !== undefined) {
    return {
      ja: `${schema.enum.join("、")}のいずれかを指定してください。`,
      en: `Must be ${schema.enum.join(", ").replace(/, (?=[^,]*$)/u, " or ")}.`,
    };
  }
  if (schema.type === "integer") return describeRange(schema.minimum, schema.maximum);
  if (schema.type === "number") return describeRatio(schema);
  if (schema.type === "boolean") return yesOrNo;
  if (schema.type === "array") return list;
  if (schema.type === "object") return describeSection(schema);
  return text;
}

const yesOrNo: Bilingual = {
  ja: "trueまたはfalseを指定してください。",
  en: "Must be true or false.",
};

const list: Bilingual = {
  ja: "リストで指定してください（例: [値1, 値2]）。",
  en: "Must be a list, e.g. [first, second].",
};

const text: Bilingual = {
  ja: "空でない文字列を指定してください。数字だけの場合などは引用符で囲んでください。",
  en: "Must be text and not empty; put it in quotes if YAML could read it as something else.",
};

function describeRange(minimum = 0, maximum?: number): Bilingual {
  return maximum === undefined
    ? { ja: `${minimum}以上の整数を指定してください。`, en: `Must be a whole number, ${minimum} or more.` }
    : {
        ja: `${minimum}から${maximum}までの整数を指定してください。`,
        en: `Must be a whole number from ${minimum} to ${maximum}.`,
      };
}

function describeRatio({ minimum = 0, maximum = 1 }: JsonSchema): Bilingual {
  return {
    ja: `${minimum}から${maximum}までの数値を指定してください。`,
    en: `Must be a number from ${minimum} to ${maximum}.`,
  };
}

function describeSection({ properties }: JsonSchema): Bilingual {
  const keys = isTree(properties) ? Object.keys(properties) : [];
  return {
    ja: `この下に字下げしてキーを書いてください（使えるキー: ${keys.join("、")}）。`,
    en: `Must hold keys of its own, indented below it: ${keys.join(", ")}.`,
  };
}
