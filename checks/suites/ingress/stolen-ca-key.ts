import type { Check } from "../../check";
import { readWorkloadCertificate, serverWorkload } from "../../toolkit/fixtures/workload-pods";
import { createAuthority } from "../../toolkit/pki/authority";
import { alternativeNames, parseCertificates } from "../../toolkit/pki/certificates";
import { issue } from "../../toolkit/pki/leaf";
import { expectRefusal, UNKNOWN_CA, UNKNOWN_NAME } from "./certificate-refusal";

const LIMITED = {
  requirement: "ca-limited-to-own-names",
  why: "A client's intermediate can sign the names of its own mesh only.",
  refusal: UNKNOWN_NAME,
} as const;

/** Certificates that a thief of the client's intermediate key could sign. Each has the admitted names, and one more. */
export const stolenCaKey: readonly Check[] = [
  expectRefusal({
    ...LIMITED,
    slug: "ingress/stolen-key-other-client",
    title: "stolen client CA key: another client's DNS name",
    threat: "A thief of one client's CA key calls the service as another client.",
    credential: ({ clientLeaf, clientCa }) =>
      issue(clientLeaf({ dnsNames: [...clientLeaf().dnsNames, "other-client.invalid"] }), clientCa),
  }),
  expectRefusal({
    ...LIMITED,
    slug: "ingress/stolen-key-other-identity",
    title: "stolen client CA key: another client's SPIFFE ID",
    threat: "A thief of one client's CA key takes another client's identity.",
    credential: ({ clientLeaf, clientCa }) =>
      issue(
        clientLeaf({ uris: [...clientLeaf().uris, "spiffe://other-client.invalid/ns/a/sa/b"] }),
        clientCa,
      ),
  }),
  expectRefusal({
    ...LIMITED,
    slug: "ingress/stolen-key-server-name",
    title: "stolen client CA key: the server's host",
    threat: "A thief of a client's CA key acts as the server for all other clients.",
    credential: ({ clientLeaf, clientCa }, { meshes }) =>
      issue(clientLeaf({ dnsNames: [...clientLeaf().dnsNames, ...meshes.hosts] }), clientCa),
  }),
  expectRefusal({
    ...LIMITED,
    slug: "ingress/stolen-key-server-workload",
    title: "stolen client CA key: a workload of the server mesh",
    threat: "A thief of a client's CA key calls the server mesh's workloads as one of them.",
    async credential({ clientLeaf, clientCa }, { use }) {
      const workload = await readWorkloadCertificate(await use(serverWorkload));
      const [certificate] = parseCertificates(workload.chainPem);
      const uris = certificate ? alternativeNames(certificate).uris : [];
      return issue(clientLeaf({ uris: [...clientLeaf().uris, ...uris] }), clientCa);
    },
  }),
  expectRefusal({
    ...LIMITED,
    refusal: UNKNOWN_CA,
    slug: "ingress/stolen-key-further-ca",
    title: "stolen client CA key: a further CA",
    threat: "A thief of a client's CA key creates a CA that stays when the stolen key is replaced.",
    async credential({ clientLeaf, clientCa }) {
      const furtherCa = await createAuthority("further CA", clientCa);
      const leaf = await issue(clientLeaf(), furtherCa);
      return { ...leaf, chainPem: `${leaf.chainPem}${clientCa.certificate.toString("pem")}\n` };
    },
  }),
];
