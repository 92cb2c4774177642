import { Workbench } from "../../../checks/runner/workbench";
import { findListProblems } from "../../../checks/suites/certificates/revocation-lists";
import type { Cluster } from "../../../checks/meshes";
import { testCertificates } from "../../../checks/toolkit/fixtures/test-certificates";
import { issue, validLeaf } from "../../../checks/toolkit/pki/leaf";
import { x509 } from "../../../checks/toolkit/pki/x509";
import { probeIngress } from "../../../checks/toolkit/probe/ingress";
import { describeResult } from "../../../checks/toolkit/probe/result";
import { ROOT_NAMESPACE } from "../../../components/istio/root-namespace";
import { getObject } from "../../../checks/toolkit/kubectl";
import { signRevocationList } from "../../../components/pki/x509/sign-revocation-list";
import { until } from "../../process/until";
import { changeClients } from "../../program/change-clients";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { bringUp, type Stacks } from "../stacks";
import type { Stage, Story } from "../story";

/** Long enough for an `up` of the server, and then for the warnings. */
const LIST_MS = 90_000;

/**
 * The drill of docs/operations.md: nobody copies a client's revocation list to the server again, until it expires. Requests
 * fail then, and the documented commands end the outage.
 */
export const expiredList: Story = {
  requestsMayFail: true,
  async tell(stage) {
    const { stacks, meshes, load } = stage;
    load.begin("the client makes its own key");
    await setConfig(stacks.client, { intermediateKey: "client" });
    await bringUp(stacks);
    const { admitted } = await new Workbench(meshes).use(testCertificates);
    const probe = async () => describeResult(await probeIngress(meshes, { credential: admitted }));
    const accepted = await probe();

    load.begin("a list near its end");
    const list = await signShortList(meshes.client);
    await copyList(stacks, list);
    await requireWarning(stage);
    await until(
      "a failed row of npm run verify",
      () => findListProblems([new x509.X509Crl(list)], new Date())[0],
      {
        deadlineMs: LIST_MS,
      },
    );

    const { nextUpdate } = new x509.X509Crl(list);
    await until(
      "the end of the list",
      () => (nextUpdate && nextUpdate < new Date() ? true : undefined),
      {
        deadlineMs: LIST_MS,
      },
    );
    load.begin("expired");
    const refusal = await until("a refusal of a new connection", async () => {
      const observed = await probe();
      return observed === accepted ? undefined : observed;
    });
    stacks.context.steps.print(`  With an expired list, a new connection gets: ${refusal}`);
    await load.untilFailed();
    const failedAt = Date.now();
    load.note("ms to the first failure", failedAt - (nextUpdate?.getTime() ?? Number.NaN));

    load.begin("repaired");
    await runOperation(stacks.client, "up", stacks.context);
    const { crlPem } = await stacks.client.outputs();
    await copyList(stacks, crlPem?.value as string);
    await until("an accepted connection", async () =>
      (await probe()) === accepted ? true : undefined,
    );
    load.note("outage ms", Date.now() - failedAt);
    // The client's gateway has a copy of all lists.
    await runOperation(stacks.client, "up", stacks.context);
    await load.untilSteady();
  },
};

/** A list as the client's own stack signs it, but with a short life. */
async function signShortList({ kubectl }: Cluster): Promise<string> {
  const { data } = await getObject<{ readonly data: Readonly<Record<string, string>> }>(kubectl, [
    ...["secret", "cacerts", "-n", ROOT_NAMESPACE],
  ]);
  const read = (name: string) => Buffer.from(data[name] ?? "", "base64").toString();
  const clock = await issue(
    {
      ...validLeaf({ usage: "clientAuth", dnsNames: ["clock"] }),
      notBefore: new Date(),
      notAfter: new Date(Date.now() + LIST_MS),
    },
    "itself",
  );
  return signRevocationList({
    issuerCertPem: read("ca-cert.pem"),
    issuerPrivateKeyPem: read("ca-key.pem"),
    revoked: [],
    clockPem: clock.chainPem,
  });
}

/** Copies the client's list to the server's configuration, as its operator does. */
async function copyList({ server, context }: Stacks, crlPem: string): Promise<void> {
  await changeClients(server, (each) => (each.name === "client" ? { ...each, crlPem } : each));
  await runOperation(server, "up", context);
}

/** Waits for a preview that warns of the list. */
async function requireWarning({ stacks: { server } }: Stage): Promise<void> {
  await until(
    "a preview with a warning",
    async () =>
      (await server.preview()).stdout.includes('crlPem of client "client" is valid until') ||
      undefined,
    { deadlineMs: LIST_MS },
  );
}
