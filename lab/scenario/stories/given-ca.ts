import type * as auto from "@pulumi/pulumi/automation";

import { type Authority, createAuthority } from "../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../checks/toolkit/pki/keys";
import { certificateLifetimes } from "../../../components/pki/lifetimes";
import { type MeshNames, permittedNames } from "../../../components/pki/permitted-names";
import { signIntermediate } from "../../../components/pki/x509/sign-intermediate";
import { setConfig, setSecret, type StackName } from "../../program/stack";
import { bringUp } from "../stacks";
import type { Stage, Story } from "../story";
import { waitForSameTrust } from "./same-trust";

const DEFAULT_LIFETIMES = certificateLifetimes.parse({});

/** Both meshes move to intermediates of another PKI, as docs/own-pki.md describes. */
export const givenCa: Story = {
  async tell(stage) {
    const { stacks, meshes, load } = stage;
    const pki = await createAuthority("corporate root", undefined, DEFAULT_LIFETIMES.rootHours);
    const root = pki.certificate.toString("pem");

    load.begin("trust both");
    await setConfig(stacks.server, { additionalRootsPem: root });
    await bringUp(stacks);
    await waitForSameTrust(stage);

    load.begin("move");
    const cas = {
      server: await signCa(pki, {
        dnsNames: meshes.server.hosts,
        trustDomain: await readTrustDomain(stacks.server),
      }),
      client: await signCa(pki, {
        dnsNames: [meshes.client.identity.dnsName],
        trustDomain: await readTrustDomain(stacks.client),
      }),
    };
    await setConfig(stacks.server, { additionalRootsPem: "", trustedRoots: [1], signingRoot: 1 });
    await setGivenCas(stage, cas, `${root}\n${meshes.rootCertPem}`);

    load.begin("drop the program's root");
    await setGivenCas(stage, cas, root);
  },
};

async function readTrustDomain(stack: auto.Stack): Promise<string> {
  return (await stack.getConfig("trustDomain")).value;
}

interface Ca {
  readonly certPem: string;
  readonly privateKeyPem: string;
}

async function setGivenCas(
  stage: Stage,
  cas: Readonly<Record<StackName, Ca>>,
  trustAnchorPem: string,
): Promise<void> {
  for (const name of ["server", "client"] as const) {
    const { certPem, privateKeyPem } = cas[name];
    const stack = stage.stacks[name];
    await setConfig(stack, { givenCa: { certPem, trustAnchorPem } });
    await setSecret(stack, "givenCa.privateKeyPem", privateKeyPem);
  }
  await bringUp(stage.stacks);
  await waitForSameTrust(stage);
}

/** An intermediate as a PKI would sign it: path length 0, and the names of its own mesh only. */
async function signCa(pki: Authority, names: MeshNames): Promise<Ca> {
  const draft = await createAuthority(
    `${names.trustDomain} CA`,
    undefined,
    DEFAULT_LIFETIMES.intermediateHours,
  );
  return {
    certPem: signIntermediate({
      draftPem: draft.certificate.toString("pem"),
      rootCertPem: pki.certificate.toString("pem"),
      rootPrivateKeyPem: await exportPrivateKey(pki.privateKey),
      permitted: permittedNames(names, [names]),
    }),
    privateKeyPem: await exportPrivateKey(draft.privateKey),
  };
}
