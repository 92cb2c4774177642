import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, test } from "vitest";

import { readServer, serverOutputs } from "../../stacks/contract";
import { ContractStack } from "./support/contract-stack";
import { createEngineHome, type EngineHome } from "./support/engine-home";
import { PREPARE_MS } from "./support/lab-tools";

const SERVER = "organization/contract/server";

let home: EngineHome;
beforeAll(async () => {
  home = await createEngineHome();
  const server = await ContractStack.open(home, "server", { backend: "shared" });
  await server.up(() =>
    Promise.resolve(
      serverOutputs(
        {
          ingressAddress: "203.0.113.64",
          ingressAddresses: ["203.0.113.64"],
          ingressPort: 443,
          hosts: ["application.demodomain21.com"],
          rootCertPem: "ROOT",
          serverCaCertPem: "SERVER CA",
          clients: [
            {
              name: "client",
              dnsName: "client.demodomain21.com",
              principal: "client.demodomain21.com/ns/httpbin/sa/istio-egressgateway",
              suspended: false,
            },
          ],
        },
        [
          {
            name: "client",
            certPem: pulumi.output("CLIENT CA"),
            privateKeyPem: pulumi.secret("CLIENT CA KEY"),
          },
        ],
      ),
    ),
  );
}, PREPARE_MS);
afterAll(async () => {
  await home.remove();
});

test("the engine gives a client what the server recorded, and the key is encrypted on the way", async () => {
  const client = await ContractStack.open(home, "client", { backend: "shared" });
  let isSecret = false;
  await client.up(async () => {
    const server = await readServer(SERVER, "client");
    isSecret = await pulumi.isSecret(server.caPrivateKeyPem ?? pulumi.output(""));
    return { ...server };
  });
  expect(isSecret).toBe(true);
  const state = await client.readStateFile();
  expect(state).toContain("application.demodomain21.com");
  expect(state).not.toContain("CLIENT CA KEY");
});

test("a stack in between passes the outputs on", async () => {
  const between = await ContractStack.open(home, "between", { backend: "shared" });
  await between.up(() => {
    const server = new pulumi.StackReference(SERVER);
    const names = [
      ...["ingressAddress", "ingressPort", "hosts", "rootCertPem", "clients"],
      ...["clientCaCertPem-client", "clientCaKeyPem-client"],
    ];
    return Promise.resolve(
      Object.fromEntries(names.map((name) => [name, server.requireOutput(name)])),
    );
  });
  const client = await ContractStack.open(home, "client-of-between", { backend: "shared" });
  await client.up(async () => ({
    ...(await readServer("organization/contract/between", "client")),
  }));
  expect(await client.readStateFile()).toContain("application.demodomain21.com");
});

test("a client with another passphrase stops, because the engine cannot decrypt the key", async () => {
  const client = await ContractStack.open(home, "stranger", {
    backend: "shared",
    passphrase: "another",
  });
  const up = client.up(async () => ({ ...(await readServer(SERVER, "client")) }));
  await expect(up).rejects.toThrow(/clientCaKeyPem-client: cannot be decrypted: run Pulumi with/);
});

test("a stack that does not exist stops the client with what to run", async () => {
  const client = await ContractStack.open(home, "early", { backend: "shared" });
  const up = client.up(async () => ({
    ...(await readServer("organization/contract/nowhere", "client")),
  }));
  await expect(up).rejects.toThrow(/"organization\/contract\/nowhere" does not exist. Run/);
});
