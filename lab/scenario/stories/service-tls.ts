import { requireOutput } from "../../../checks/toolkit/kubectl";
import { createAuthority } from "../../../checks/toolkit/pki/authority";
import { issue, validLeaf } from "../../../checks/toolkit/pki/leaf";
import { CHANGED_HOST as HOST, changeService, LAB_SERVICES } from "../../program/lab-clients";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { expectFromClient } from "../expect-from-client";
import { extraHttpbin } from "../extra-httpbin";
import type { Story } from "../story";

const URL = `http://${HOST}/headers`;
const PLAIN = { service: "plain-httpbin", port: 8080 };
const OWN_TLS = { service: "own-tls-httpbin", port: 8443 };

/** A service without a sidecar, and one with its own certificate, which must have the right name and the right CA. */
export const serviceTls: Story = {
  async tell({ stacks: { server, context }, meshes, load }) {
    const { kubectl, service } = meshes.server;
    const { namespace } = service;
    const [ca, otherCa] = await Promise.all([createAuthority("own"), createAuthority("other")]);
    const certificate = await issue(
      validLeaf({ usage: "serverAuth", dnsNames: [`${OWN_TLS.service}.${namespace}.svc`] }),
      ca,
    );
    const files = { "tls.crt": certificate.chainPem, "tls.key": certificate.privateKeyPem };
    const objects = [
      extraHttpbin({ namespace, name: PLAIN.service, port: PLAIN.port, appProtocol: "http" }),
      extraHttpbin({
        ...{ namespace, name: OWN_TLS.service, port: OWN_TLS.port, appProtocol: "https", files },
        args: [
          ...["-https-cert-file", "/etc/httpbin/tls.crt"],
          ...["-https-key-file", "/etc/httpbin/tls.key"],
        ],
      }),
    ];
    const serve = async (changes: object) => {
      await setConfig(server, { services: changeService(changes) });
      await runOperation(server, "up", context);
    };
    const own = { ...OWN_TLS, tls: "simple", tlsCaPem: ca.certificate.toString("pem") };

    load.begin("a service without a sidecar");
    for (const each of objects) {
      await requireOutput(kubectl, ["apply", "-f", "-"], { stdin: JSON.stringify(each) });
    }
    await serve({ ...PLAIN, tls: "none" });
    await expectFromClient(meshes, "200", [URL]);

    load.begin("a service with its own certificate");
    await serve(own);
    await expectFromClient(meshes, "200", [URL]);

    load.begin("a service with a certificate of another CA");
    await serve({ ...own, tlsCaPem: otherCa.certificate.toString("pem") });
    await expectFromClient(meshes, "503", [URL]);

    load.begin("a service with a certificate for another name");
    await serve({ ...own, tlsName: `other.${namespace}.svc` });
    await expectFromClient(meshes, "503", [URL]);

    load.begin("the mesh's own TLS");
    await setConfig(server, { services: LAB_SERVICES });
    await runOperation(server, "up", context);
    await expectFromClient(meshes, "200", [URL]);
    for (const each of objects) {
      const stdin = JSON.stringify(each);
      await requireOutput(kubectl, ["delete", "-f", "-"], { stdin, timeoutMs: 60_000 });
    }
  },
};
