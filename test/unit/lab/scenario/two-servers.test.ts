import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";

import { callBoth, SECOND_SERVER } from "../../../../lab/scenario/stories/two-servers";
import { recordClient, recordServer, serverIsUp } from "../../../support/stacks";

test("the client of two-servers fits the second server", async () => {
  const { outputs } = await recordServer(SECOND_SERVER);
  const warehouse = {
    ...serverIsUp,
    ...{ hosts: outputs["hosts"], clients: outputs["clients"] },
    "clientCaCertPem-client": "CLIENT CA",
    "clientCaKeyPem-client": pulumi.secret("CLIENT CA KEY"),
  };
  const hosts = ["application.demodomain21.com"];
  const client = await recordClient(callBoth(hosts), serverIsUp, { warehouse });
  expect(client.outputs["hosts"]).toEqual([...hosts, "warehouse.example.com"]);
});
