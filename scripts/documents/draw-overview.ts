export type Language = "en" | "ja";

/** The words of the picture, in their places. */
const words = {
  en: {
    title: "From a record to access in AWS",
    author: "Authors, in kintone",
    set: "Permission set",
    setName: "DatabaseOperator",
    setLine: "policies, hours",
    assignment: "Assignment",
    assignmentLines: ["sato.hanako, SRE", "→ shop-production", "→ DatabaseOperator"],
    comment: "“shop-qa” was not found",
    service: "kintone-sso-sync, one pass",
    steps: [
      "reads both sides, whole",
      "checks every record",
      "compares: a plan",
      "guards look at the plan",
      "applies the difference",
    ],
    held: "A wrong record is held:",
    heldMore: "what it granted stays",
    aws: "IAM Identity Center",
    awsLines: ["permission sets", "assignments", "in every account"],
    foreign: "sets of others:",
    foreignMore: "seen and left alone",
    operators: "Operators: Slack, GitHub, report",
    read: "read",
    apply: "apply",
    back: "mistakes go back",
  },
  ja: {
    title: "レコードからAWSのアクセス権まで",
    author: "入力する人（kintone）",
    set: "許可セット",
    setName: "DatabaseOperator",
    setLine: "ポリシー、セッション期間",
    assignment: "割り当て",
    assignmentLines: ["佐藤 花子、SRE", "→ shop-production", "→ DatabaseOperator"],
    comment: "「shop-qa」がありません",
    service: "kintone-sso-sync（1回の同期）",
    steps: [
      "両方をすべて読み取る",
      "レコードを1件ずつ検証する",
      "比較して計画を作る",
      "ガードが計画を確かめる",
      "差分を適用する",
    ],
    held: "誤りのあるレコードは保留:",
    heldMore: "付与済みのものは残ります",
    aws: "IAM Identity Center",
    awsLines: ["許可セット", "割り当て", "すべてのアカウント"],
    foreign: "ほかの許可セットは",
    foreignMore: "見るだけで変更しない",
    operators: "管理者: Slack、GitHub、レポート",
    read: "読み取り",
    apply: "適用",
    back: "誤りを伝える",
  },
} as const;

const ink = "#1f2937";
const faint = "#6b7280";

/** The picture of the READMEs: a drawing with the words of one language, in whatever sans serif the reader has. */
export function drawOverview(language: Language): string {
  const said = words[language];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 400" role="img" aria-label="${said.title}" font-family="system-ui, sans-serif" font-size="14">
  <rect width="920" height="400" rx="12" fill="#ffffff"/>
  <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="${faint}"/></marker></defs>
${[...kintone(language), ...service(language), ...aws(language), ...ways(language)].map((line) => `  ${line}`).join("\n")}
</svg>
`;
}

function kintone(language: Language): readonly string[] {
  const said = words[language];
  return [
    box(20, 20, 240, 290, "#fff8db", "#d9b100"),
    text(36, 46, said.author, "bold"),
    box(36, 62, 208, 74, "#ffffff", "#d9b100"),
    text(48, 84, said.set, "faint"),
    text(48, 104, said.setName),
    text(48, 124, said.setLine),
    box(36, 148, 208, 94, "#ffffff", "#d9b100"),
    text(48, 170, said.assignment, "faint"),
    ...said.assignmentLines.map((line, index) => text(48, 190 + 20 * index, line)),
    box(36, 256, 208, 38, "#ffe9e7", "#c2410c"),
    text(48, 280, said.comment),
  ];
}

function service(language: Language): readonly string[] {
  const said = words[language];
  return [
    box(350, 20, 250, 290, "#eef2ff", "#4f46e5"),
    text(366, 46, said.service, "bold"),
    ...said.steps.flatMap((step, index) => [
      `<circle cx="378" cy="${74 + 32 * index}" r="11" fill="#4f46e5"/>`,
      `<text x="378" y="${79 + 32 * index}" fill="#ffffff" text-anchor="middle" font-size="13">${index + 1}</text>`,
      text(398, 79 + 32 * index, step),
    ]),
    box(366, 238, 218, 56, "#ffffff", "#4f46e5"),
    text(378, 261, said.held),
    text(378, 281, said.heldMore),
  ];
}

function aws(language: Language): readonly string[] {
  const said = words[language];
  return [
    box(690, 20, 210, 290, "#ecfdf5", "#047857"),
    text(706, 46, said.aws, "bold"),
    box(706, 62, 178, 114, "#ffffff", "#047857"),
    ...said.awsLines.map((line, index) => text(718, 90 + 34 * index, line)),
    `<rect x="706" y="238" width="178" height="56" rx="8" fill="#ffffff" stroke="${faint}" stroke-dasharray="5 4"/>`,
    text(718, 261, said.foreign, "faint"),
    text(718, 281, said.foreignMore, "faint"),
    box(350, 346, 250, 36, "#f3f4f6", faint),
    `<text x="475" y="369" fill="${ink}" text-anchor="middle">${said.operators}</text>`,
  ];
}

function ways(language: Language): readonly string[] {
  const said = words[language];
  return [
    arrow("M262 110H346"),
    label(304, 102, said.read),
    arrow("M688 110H604"),
    label(646, 102, said.read),
    arrow("M602 202H686"),
    label(644, 194, said.apply),
    arrow("M348 275H250"),
    label(305, 330, said.back),
    `<path d="M305 316V280" fill="none" stroke="${faint}" stroke-dasharray="2 3"/>`,
    arrow("M475 312V342"),
  ];
}

function box(x: number, y: number, width: number, height: number, fill: string, stroke: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill}" stroke="${stroke}"/>`;
}

function text(x: number, y: number, said: string, kind: "plain" | "bold" | "faint" = "plain"): string {
  const weight = kind === "bold" ? ' font-weight="bold"' : "";
  return `<text x="${x}" y="${y}" fill="${kind === "faint" ? faint : ink}"${weight}>${said}</text>`;
}

function label(x: number, y: number, said: string): string {
  return `<text x="${x}" y="${y}" fill="${faint}" text-anchor="middle" font-size="12">${said}</text>`;
}

function arrow(path: string): string {
  return `<path d="${path}" fill="none" stroke="${faint}" stroke-width="2" marker-end="url(#tip)"/>`;
}
