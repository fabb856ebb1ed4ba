import { expect, test } from "vitest";

import { authorTexts } from "../../src/words/author-texts.ts";

const reason = "GET record/comments.json (assignments record 7): 403 GAIA_NO01 No permission.";

/** Everything that the telling says, of one record and of several. */
const allTexts = (language: "ja" | "en"): string => {
  const texts = authorTexts(language);
  return [
    texts.solved,
    texts.usable,
    texts.moreLinks(3),
    texts.commentsFailed(1, reason),
    texts.commentsFailed(12, reason),
    texts.slackRepeats,
    texts.memoryNotKept("EACCES"),
    texts.readLimit(80, 50),
  ].join("\n\n");
};

test("what the telling says reads well in Japanese", () => {
  expect(allTexts("ja")).toMatchInlineSnapshot(`
    "問題は解消しました。レコードの内容を反映しています。

    アクセスできるようになりました。

    … ほか3件

    1件のレコードにコメントできませんでした（GET record/comments.json (assignments record 7): 403 GAIA_NO01 No permission.）。アプリのコメント機能が有効か、トークンにレコードの閲覧権限があるかを確認してください。

    12件のレコードにコメントできませんでした（GET record/comments.json (assignments record 7): 403 GAIA_NO01 No permission.）。アプリのコメント機能が有効か、トークンにレコードの閲覧権限があるかを確認してください。

    \`memory\` が設定されていないため、同じSlackのメッセージが解消するまで同期のたびに投稿されます。\`memory\` を設定すると、1件のメッセージを書き換えるようになります。

    メモリ（memory）を保存できませんでした（EACCES）。次回の同期で同じ通知を繰り返すことがありますが、それ以外の影響はありません。

    80件のレコードは次回以降の同期に回しました。1回の同期で過去のコメントを確認するのは50件、2分までで、5回拒否されたアプリはそこで打ち切ります。"
  `);
});

test("what the telling says reads well in English", () => {
  expect(allTexts("en")).toMatchInlineSnapshot(`
    "Solved: the record is in order and has been carried out.

    Access is ready:

    … and 3 more

    The author of 1 record could not be told (GET record/comments.json (assignments record 7): 403 GAIA_NO01 No permission.). Check that comments are switched on in the app and that the token may view its records.

    The authors of 12 records could not be told (GET record/comments.json (assignments record 7): 403 GAIA_NO01 No permission.). Check that comments are switched on in the app and that the token may view its records.

    Without a memory the Slack message is posted again in every pass until it is over. Configure \`memory\` so that there is one message, which is edited.

    The memory could not be kept (EACCES). The next pass may repeat a notice; nothing else depends on it.

    80 records are left for later passes: one pass looks at the earlier comments of 50 records at most, takes two minutes for it at most, and gives up on an app that has refused five times."
  `);
});
