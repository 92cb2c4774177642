import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";

import { OTHER_CLIENT, OTHER_SERVER } from "../../../../lab/scenario/stories/both-roles";
import { recordClient, recordServer, serverIsUp } from "../../../support/stacks";

test("the further stacks of both-roles fit together", async () => {
  const { outputs } = await recordServer(OTHER_SERVER);
  const beside = {
    ...serverIsUp,
    ...{ hosts: outputs["hosts"], clients: outputs["clients"] },
    "clientCaCertPem-orders": "CLIENT CA",
    "clientCaKeyPem-orders": pulumi.secret("CLIENT CA KEY"),
  };
  const client = await recordClient({ ...OTHER_CLIENT, serverStack: "server" }, beside);
  expect(client.outputs).toMatchObject({ hosts: ["warehouse.example.com"] });
});
