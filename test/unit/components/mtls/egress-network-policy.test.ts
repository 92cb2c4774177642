import { expect, test } from "vitest";

import { egressNetworkPolicy } from "../../../../components/mtls/egress-network-policy";
import { named, record } from "../../../support/record";
import { DEDICATED } from "./client-egress";

test("the application's pods leave the cluster only through the egress gateway", async () => {
  const resources = await record(() =>
    egressNetworkPolicy("policy", { namespace: "shop", gateway: DEDICATED }, {}),
  );
  expect(named(resources, "policy").inputs).toMatchObject({
    metadata: { namespace: "shop" },
    spec: {
      podSelector: {
        matchExpressions: [{ key: "istio", operator: "NotIn", values: ["egressgateway"] }],
      },
      policyTypes: ["Egress"],
      egress: [{ to: [{ namespaceSelector: {} }] }, { ports: [{ port: 53 }, { port: 53 }] }],
    },
  });
});
