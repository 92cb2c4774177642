import { beforeAll, expect, test } from "vitest";

import { certificateTree } from "../../../../checks/runner/certificate-tree";
import { type Authority, createAuthority } from "../../../../checks/toolkit/pki/authority";
import { parseCertificates } from "../../../../checks/toolkit/pki/certificates";
import { issue, validLeaf } from "../../../../checks/toolkit/pki/leaf";

let root: Authority;

beforeAll(async () => {
  root = await createAuthority("root.test");
});

test("the tree shows each certificate once, under its issuer", async () => {
  const leaf = validLeaf({
    usage: "clientAuth",
    dnsNames: ["client.test"],
    uris: ["spiffe://client.test/ns/app/sa/egress"],
  });
  const { chainPem } = await issue(
    { ...leaf, notAfter: new Date("2030-01-03T00:00:00Z") },
    await createAuthority("client CA", root),
  );
  const chain = parseCertificates(chainPem);
  const tree = await certificateTree(
    [...chain, root.certificate, ...parseCertificates(chainPem)],
    new Date("2030-01-01T00:00:00Z"),
  );

  expect(tree.split("\n").map((line) => line.replace(/serial [0-9a-f]{8}…/, "serial …"))).toEqual([
    expect.stringMatching(/^root\.test \(root CA\) {2}serial … {2}EXPIRED \d{4}-\d\d-\d\d$/),
    expect.stringMatching(/^└─ client CA \(intermediate CA\) {2}serial … /),
    "   └─ DNS:client.test URI:spiffe://client.test/ns/app/sa/egress  serial …  expires 2030-01-03, 2 days left",
  ]);
});

test("a certificate whose issuer is not in the list has no parent", async () => {
  const stranger = await createAuthority("client CA", await createAuthority("root.test"));
  const tree = await certificateTree([root.certificate, stranger.certificate]);

  expect(tree).toMatch(/^root\.test .*\nclient CA \(intermediate CA\)/);
});

test("a leaf without names shows its common name", async () => {
  const leaf = validLeaf({ usage: "clientAuth" });
  const { chainPem } = await issue({ ...leaf, commonName: "client.test" }, root);
  const tree = await certificateTree(parseCertificates(chainPem).slice(0, 1));

  expect(tree).toMatch(/^client\.test \(no SAN\) /);
});
