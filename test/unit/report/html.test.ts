import { expect, test } from "vitest";

import { html } from "../../../report/html";

test("a value is escaped, in text and in attributes", () => {
  const evil = `"><script>alert('x')</script>&`;
  expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
    `<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">` +
      `&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>`,
  );
});

test("HTML in a template stays, lists are joined, and undefined is nothing", () => {
  expect(html`${[html`<b>${1}</b>`, "<"]}${undefined}`.text).toBe("<b>1</b>&lt;");
});
