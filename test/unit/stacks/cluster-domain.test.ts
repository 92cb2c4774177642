import { expect, test } from "vitest";

import { named } from "../../support/record";
import { recordClient, recordServer } from "../../support/stacks";

const istioValues = { istiod: { global: { proxy: { clusterDomain: "corp.example" } } } };

test.each([
  [{}, "cluster.local"],
  [{ istioValues }, "corp.example"],
  [{ istioValues: { istiod: { global: { tag: "1.31.0" } } } }, "cluster.local"],
])("with %o, the objects of both stacks name Services in %s", async (config, domain) => {
  const server = await recordServer(config);
  expect(named(server.resources, "ingress-application-demodomain21-com-rule").inputs).toMatchObject(
    { spec: { host: `httpbin.httpbin.svc.${domain}` } },
  );
  const client = await recordClient(config);
  expect(named(client.resources, "egress-to-gateway").inputs).toMatchObject({
    spec: { host: `istio-egressgateway.httpbin.svc.${domain}` },
  });
});
