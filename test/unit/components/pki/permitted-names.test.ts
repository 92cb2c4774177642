import { expect, test } from "vitest";

import { permittedNames } from "../../../../components/pki/permitted-names";

const mesh = (name: string, ...more: readonly string[]) => ({
  dnsNames: [`${name}.example.com`, ...more],
  trustDomain: `mesh.${name}.example.com`,
});

test("a mesh may sign its own names and istiod's", () => {
  const own = mesh("a", "b.test");
  expect(permittedNames(own, [own, mesh("c")])).toEqual({
    dnsNames: ["a.example.com", "b.test", "istio-system.svc"],
    uriHosts: ["mesh.a.example.com"],
    except: [],
  });
});

test("a mesh may not sign another mesh's names below its own, but it may sign its own names below its own", () => {
  const parent = { dnsNames: ["example.com", "www.example.com"], trustDomain: "mesh.example.com" };
  expect(permittedNames(parent, [parent, mesh("a")]).except).toEqual([
    "a.example.com",
    "mesh.a.example.com",
  ]);
  expect(permittedNames(mesh("a"), [parent, mesh("a")]).except).toEqual([]);
});
