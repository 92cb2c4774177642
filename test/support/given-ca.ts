import { type Authority, createAuthority } from "../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../checks/toolkit/pki/keys";
import { signIntermediate } from "../../components/pki/x509/sign-intermediate";

/** An intermediate that `root` signed for a mesh, as the key `givenCa`. */
export async function createGivenCa(root: Authority, trustDomain: string) {
  const draft = await createAuthority("mesh CA");
  const rootCertPem = root.certificate.toString("pem");
  return {
    certPem: signIntermediate({
      draftPem: draft.certificate.toString("pem"),
      rootCertPem,
      rootPrivateKeyPem: await exportPrivateKey(root.privateKey),
      permitted: { dnsNames: [trustDomain], uriHosts: [trustDomain], except: [] },
    }),
    privateKeyPem: await exportPrivateKey(draft.privateKey),
    trustAnchorPem: rootCertPem,
  };
}
