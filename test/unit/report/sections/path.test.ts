import { expect, test } from "vitest";

import { pathSection } from "../../../../report/sections/path";
import { labData } from "../../../support/page-data";

const textOf = (html: string) =>
  html
    .replace(/<svg[\s\S]*?<\/svg>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

test("the table has each connection with its address, protocol and certificate names", async () => {
  const text = textOf((await pathSection(labData)).content.text);
  expect(text).toContain("1. application to its sidecar");
  expect(text).toMatch(
    /3\. egress gateway to ingress gateway To 203\.0\.113\.65:443 Protocol HTTP\/2, TLSv1\.3/,
  );
  expect(text).toMatch(
    /Certificate of the client client\.demodomain21\.com spiffe:\/\/client\.demodomain21\.com\/ns\/httpbin\/sa\/istio-egressgateway/,
  );
  expect(text).toMatch(
    /5\. sidecar of httpbin to httpbin To 10\.10\.0\.9:8080 Protocol HTTP, plain/,
  );
});

test("the drawings have the real names and ports", async () => {
  const { text } = (await pathSection(labData)).content;
  const drawings = text.match(/<svg [\s\S]*?<\/svg>/g) ?? [];
  expect(drawings).toHaveLength(2);
  for (const drawing of drawings) {
    expect(drawing).toContain("203.0.113.65:443");
    expect(drawing).toContain("/ns/httpbin/sa/istio-egressgateway");
    expect(drawing).toContain("application.demodomain21.com");
  }
});

test("a path that could not be read says why", async () => {
  const { content } = await pathSection({ ...labData, path: { problem: "503 <UC>" } });
  expect(content.text).toContain("could not be read: 503 &lt;UC&gt;");
});
