import { expect, test } from "vitest";

import {
  type AllowedDestination,
  egressNetworkPolicy,
} from "../../../../components/mtls/egress-network-policy";
import { named, record } from "../../../support/record";
import { DEDICATED } from "./client-egress";

async function policy(allows: readonly AllowedDestination[] = []) {
  const resources = await record(() =>
    egressNetworkPolicy("policy", { namespace: "shop", gateway: DEDICATED, allows }, {}),
  );
  return named(resources, "policy").inputs;
}

test("the application's pods leave the cluster only through the egress gateway", async () => {
  expect(await policy()).toMatchObject({
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

test("other destinations can be allowed, each with its ports", async () => {
  const allows = [
    { cidr: "199.36.153.8/30", ports: [443] },
    { cidr: "169.254.20.20/32", ports: [53, 8053] },
  ];
  const both = (port: number) => [
    { port, protocol: "UDP" },
    { port, protocol: "TCP" },
  ];
  expect(await policy(allows)).toMatchObject({
    spec: {
      egress: [
        ...((await policy()) as { readonly spec: { readonly egress: readonly object[] } }).spec
          .egress,
        { to: [{ ipBlock: { cidr: "199.36.153.8/30" } }], ports: both(443) },
        { to: [{ ipBlock: { cidr: "169.254.20.20/32" } }], ports: [...both(53), ...both(8053)] },
      ],
    },
  });
});
