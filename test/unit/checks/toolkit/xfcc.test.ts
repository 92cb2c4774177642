import { expect, test } from "vitest";

import { parseXfcc, readXfcc } from "../../../../checks/toolkit/xfcc";

test("parses elements, fields, repeated names and quotes", () => {
  const header =
    'By=spiffe://s/ns/a/sa/gw;Hash=ab;Subject="O=x,CN=\\"y;z\\"";URI=spiffe://c/ns/b/sa/e;DNS=one.test;DNS=two.test,' +
    "By=spiffe://s/ns/a/sa/app;Hash=cd;URI=spiffe://s/ns/a/sa/gw";

  expect(parseXfcc(header)).toMatchObject([
    { URI: "spiffe://c/ns/b/sa/e", DNS: ["one.test", "two.test"], Subject: 'O=x,CN="y;z"' },
    { URI: "spiffe://s/ns/a/sa/gw", DNS: [], Hash: "cd" },
  ]);
});

test("reads the header from the answers of both httpbins", () => {
  const headers = (value: unknown) =>
    JSON.stringify({ headers: { "X-Forwarded-Client-Cert": value } });

  expect(readXfcc(headers(["a", "b"]))).toBe("a,b");
  expect(readXfcc(headers("a"))).toBe("a");
  expect(readXfcc('{"headers":{}}')).toBeUndefined();
});
