import { expect, test } from "vitest";

import { callers } from "../../../../checks/suites/egress/callers";
import type { KubectlResult } from "../../../../checks/toolkit/kubectl";
import { fakeContext, fakeKubectl, OK } from "../../../support/checks";

const [check] = callers;

const json = (value: unknown): KubectlResult => ({ ...OK, stdout: JSON.stringify(value) });
const namespace = (labels: object) => json({ metadata: { labels } });
const rule = (...notPrincipals: readonly string[]) => ({ from: [{ source: { notPrincipals } }] });
const POLICY = json({
  spec: {
    rules: [
      rule("a.test/ns/app/sa/client", "a.test/ns/shop/sa/web"),
      rule("a.test/ns/app/sa/client"),
      // A host that nobody may call.
      {},
    ],
  },
});

/** What the check says, with these answers about the namespace shop before those that pass. */
function run(...shop: readonly (readonly [string, KubectlResult])[]) {
  const { run: kubectl } = fakeKubectl([
    ["authorizationpolicy server-egress-callers-only gw", POLICY],
    ...shop,
    ["get namespace", namespace({ "istio.io/rev": "default" })],
    ["get serviceaccount", json({})],
  ]);
  return check?.run(fakeContext(kubectl));
}

test("all callers can have a sidecar, with either label", async () => {
  expect(await run()).toEqual({ pass: true, observed: "2 of 2 can have a sidecar" });
  expect(
    await run(["get namespace shop", namespace({ "istio-injection": "enabled" })]),
  ).toMatchObject({ pass: true });
});

test.each([
  ["get namespace shop", OK, "namespace shop does not exist"],
  ["get namespace shop", namespace({ team: "shop" }), "namespace shop has no label for sidecars"],
  ["get serviceaccount web shop", OK, "service account shop/web does not exist"],
])("with another answer to %s, the check says what is wrong", async (words, answer, observed) => {
  expect(await run([words, answer])).toEqual({ pass: false, observed });
});
