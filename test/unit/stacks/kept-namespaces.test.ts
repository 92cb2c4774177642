import { expect, test } from "vitest";

import { recordClient, recordServer } from "../../support/stacks";

test("no namespace is deleted, because users have objects in them", async () => {
  const settings = { observability: { prometheus: "install" } };
  const recorded = [await recordServer(settings), await recordClient(settings)];
  const namespaces = recorded.map(({ resources }) =>
    resources.filter(({ type }) => type === "kubernetes:core/v1:Namespace"),
  );
  const nameOf = ({ inputs }: { inputs: Record<string, unknown> }) =>
    (inputs["metadata"] as { name: string }).name;
  expect(namespaces.map((each) => each.map(nameOf).sort())).toEqual([
    ["httpbin", "istio-ingress", "istio-system", "monitoring"],
    ["httpbin", "istio-system", "monitoring"],
  ]);
  for (const { options } of namespaces.flat()) expect(options.retainOnDelete).toBe(true);
});
