/** Login names in kintone, which are also the first part of the e-mail address, and display names. */
export const EMPLOYEES: readonly (readonly [code: string, name: string])[] = [
  ["sato.hanako", "佐藤 花子"],
  ["suzuki.ichiro", "鈴木 一郎"],
  ["takahashi.kenta", "高橋 健太"],
  ["tanaka.misaki", "田中 美咲"],
  ["ito.daisuke", "伊藤 大輔"],
  ["watanabe.yui", "渡辺 結衣"],
  ["yamamoto.takumi", "山本 拓海"],
  ["nakamura.aoi", "中村 葵"],
  ["kobayashi.sho", "小林 翔"],
  ["kato.sakura", "加藤 さくら"],
  ["yoshida.ryo", "吉田 涼"],
  ["yamada.taro", "山田 太郎"],
  ["sasaki.mai", "佐々木 舞"],
  ["yamaguchi.naoki", "山口 直樹"],
  ["matsumoto.rina", "松本 里奈"],
  ["inoue.shota", "井上 翔太"],
  ["kimura.ayaka", "木村 彩花"],
  ["hayashi.yusuke", "林 祐介"],
  ["shimizu.miho", "清水 美穂"],
  ["yamazaki.koji", "山崎 浩二"],
  ["mori.chihiro", "森 千尋"],
  ["abe.tatsuya", "阿部 達也"],
  ["ikeda.nana", "池田 奈々"],
  ["hashimoto.jun", "橋本 淳"],
  ["ishikawa.emi", "石川 絵美"],
  ["yamashita.hiroki", "山下 大樹"],
  ["ogawa.kaori", "小川 香織"],
  ["ishii.makoto", "石井 誠"],
  ["hasegawa.yuka", "長谷川 由佳"],
  ["okada.shinji", "岡田 真司"],
  ["goto.ai", "後藤 愛"],
  ["fujita.masaru", "藤田 勝"],
  ["endo.haruka", "遠藤 遥"],
  ["aoki.satoshi", "青木 聡"],
  ["sakamoto.rie", "坂本 理恵"],
  ["murakami.go", "村上 剛"],
  ["ota.mizuki", "太田 瑞希"],
  ["kaneko.akira", "金子 明"],
  ["fujii.tomomi", "藤井 友美"],
  ["nishimura.kei", "西村 慶"],
];

/** Groups in Identity Center with their members' login names. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  SRE: ["suzuki.ichiro", "takahashi.kenta", "okada.shinji", "goto.ai"],
  ショップ開発: [
    "watanabe.yui",
    "yamamoto.takumi",
    "nakamura.aoi",
    "fujita.masaru",
    "endo.haruka",
    "aoki.satoshi",
  ],
  データ分析: ["tanaka.misaki", "ito.daisuke", "sakamoto.rie"],
  経理: ["yamada.taro", "murakami.go", "ota.mizuki"],
  情報セキュリティ: ["inoue.shota", "kaneko.akira", "fujii.tomomi"],
};

/** The e-mail address that belongs to a login name; it is the user name in Identity Center. */
export function emailOf(code: string): string {
  return `${code}@example.co.jp`;
}
