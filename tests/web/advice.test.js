import assert from "node:assert/strict";
import { test } from "node:test";

import { adviceFor } from "../../src/llmstxt_sched/web/advice.js";

test("each way in which a run fails has advice, also one that is not known yet", () => {
  assert.match(adviceFor("robots"), /robots\.txt/);
  assert.match(adviceFor("unheard_of"), /Run it again/);
});

test("a failure of https need not be the certificate's", () => {
  assert.match(adviceFor("tls_error"), /there is none at this address, or its certificate/);
});
