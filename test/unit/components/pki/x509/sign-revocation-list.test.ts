import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { type Authority, createAuthority } from "../../../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../../../checks/toolkit/pki/keys";
import { issue, validLeaf } from "../../../../../checks/toolkit/pki/leaf";
import {
  isSignedBy,
  readRevocationList,
  validityOf,
} from "../../../../../components/pki/x509/read-revocation-list";
import {
  type RevocationListArgs,
  signRevocationList,
} from "../../../../../components/pki/x509/sign-revocation-list";
import { useTempFolder } from "../../../../support/temp-folder";

const folder = useTempFolder();
const SERIAL = "4B:E8:0E:2C";

let authority: Authority;
let args: RevocationListArgs;

beforeAll(async () => {
  authority = await createAuthority("ca.test");
  const certPem = authority.certificate.toString("pem");
  args = {
    issuerCertPem: certPem,
    issuerPrivateKeyPem: await exportPrivateKey(authority.privateKey),
    clockPem: certPem,
    revoked: [{ serial: SERIAL, reason: "keyCompromise" }, { serial: "ff01" }],
  };
});

function openssl(...command: readonly string[]): string {
  try {
    return execFileSync("openssl", [...command], {
      cwd: folder(),
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

function printList(changes: Partial<RevocationListArgs> = {}): string {
  writeFileSync(join(folder(), "ca.pem"), args.issuerCertPem);
  writeFileSync(join(folder(), "ca.crl"), signRevocationList({ ...args, ...changes }));
  return openssl("crl", "-in", "ca.crl", "-noout", "-text", "-CAfile", "ca.pem");
}

test("the list has each serial number, and a reason if there is one", () => {
  const list = printList();
  expect(list).toMatch(/Serial Number: 4BE80E2C\s+Revocation Date: .*\s+.*\s+.*\s+Key Compromise/);
  // A serial number whose first bit is 1 is not a negative number.
  expect(list).toMatch(/Serial Number: FF01\s+Revocation Date: [^\n]*\n +Signature/);
  expect(printList({ revoked: [] })).toContain("No Revoked Certificates");
});

test("the list begins an hour before its clock and ends with it; its number grows with time", () => {
  const { notBefore, notAfter } = authority.certificate;
  const list = printList();
  const date = (label: string) => new Date(RegExp(`${label}: (.*)`).exec(list)?.[1] ?? "");
  expect(notBefore.getTime() - date("Last Update").getTime()).toBe(3_600_000);
  expect(date("Next Update")).toEqual(notAfter);
  expect(list).toContain(`${date("Last Update").getTime() / 1000}`);
});

test("the same arguments give the same list", () => {
  expect(signRevocationList(args)).toBe(signRevocationList(args));
});

describe("OpenSSL, with the list", () => {
  async function verify(serialNumber: string): Promise<string> {
    printList();
    const leaf = validLeaf({ usage: "clientAuth", dnsNames: ["a.test"] });
    const { chainPem } = await issue({ ...leaf, serialNumber, withIssuer: false }, authority);
    writeFileSync(join(folder(), "leaf.pem"), chainPem);
    return openssl(
      ...["verify", "-CAfile", "ca.pem", "-CRLfile", "ca.crl", "-crl_check", "leaf.pem"],
    );
  }

  test("refuses a revoked certificate and accepts another one", async () => {
    expect(await verify("4be80e2c")).toContain("certificate revoked");
    expect(await verify("4be80e2d")).toContain("leaf.pem: OK");
  });
});

describe("reading a list", () => {
  test("gives its expiry, and tells who signed it", async () => {
    const list = readRevocationList(signRevocationList(args));
    const stranger = await createAuthority("ca.test");
    expect(list && validityOf(list)?.notAfter).toEqual(authority.certificate.notAfter);
    expect(list && isSignedBy(list, args.issuerCertPem)).toBe(true);
    expect(list && isSignedBy(list, stranger.certificate.toString("pem"))).toBe(false);
  });

  test.each(["", "no PEM", "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"])(
    "gives nothing for %j",
    (pem) => {
      expect(readRevocationList(pem)).toBeUndefined();
    },
  );

  test("gives nothing for a list with a key behind it", () => {
    const pem = `${signRevocationList(args)}${args.issuerPrivateKeyPem}`;
    expect(readRevocationList(pem)).toBeUndefined();
  });
});
