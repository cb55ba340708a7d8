import assert from "node:assert/strict";
import { test } from "node:test";

import { languagesOf, languagesText } from "../../src/llmstxt_sched/web/crawl-languages.js";

test("languages are read as people write them, and shown so that they are read again", () => {
  const written = [["", "start"], ["all", "all"], ["en, pt-BR", ["en", "pt-BR"]], ["de", ["de"]]];
  for (const [text, languages] of written) {
    assert.deepEqual(languagesOf(text), languages);
    assert.equal(languagesText(languages), text);
  }
  assert.deepEqual(languagesOf(" en;de "), ["en;de"]);
  assert.deepEqual(languagesOf("ALL"), "all");
  assert.deepEqual(languagesOf("Start"), "start");
});
