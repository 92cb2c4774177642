import { describe, expect, test } from "vitest";

import { certificatesSection, orderAsTree } from "../../../../report/sections/certificates";
import { COLOURS } from "../../../../report/palette";
import { labData } from "../../../support/page-data";

const drawingsOf = (text: string) => text.match(/<svg [\s\S]*?<\/svg>/g) ?? [];

describe("the certificates", () => {
  test("are in the order of the tree, whatever their order was", () => {
    const branches = orderAsTree(labData.certificates);
    expect(branches.map(({ certificate, depth }) => [certificate.serial, depth])).toEqual([
      ["c1", 0],
      ["a2", 1],
      ["a3", 2],
      ["b2", 1],
      ["b3", 2],
    ]);
  });

  test("have the days that are left, in the drawings and in the table", async () => {
    const { text } = (await certificatesSection(labData)).content;
    const [tree = "", wide = "", narrow = ""] = drawingsOf(text);
    for (const drawing of [tree, wide, narrow]) {
      expect(drawing).toContain("3,650 days left");
      expect(drawing).toContain("88 days left");
    }
    expect(text.replace(/<svg[\s\S]*?<\/svg>/g, "")).toContain("<span>88 days left</span>");
    expect(tree.match(/<path /g)?.length).toBeGreaterThanOrEqual(4);
  });

  test("that need an action stand out, and say what to do", async () => {
    const [leaf, ...others] = labData.certificates;
    if (!leaf) throw new Error("no leaf");
    const expired = { ...leaf, notAfter: "2029-12-31T23:00:00.000Z", state: "expired" as const };
    const { text } = (await certificatesSection({ ...labData, certificates: [expired, ...others] }))
      .content;
    expect(text).toContain("expired: requests between the meshes fail: run `pulumi up`");
    for (const drawing of drawingsOf(text)) {
      expect(drawing).toContain("expired on 2029-12-31");
      expect(drawing).toContain(`="${COLOURS.failure}"`);
    }
  });

  test("of a lab with short lives have hours left", async () => {
    const short = labData.certificates.map((each) => ({
      ...each,
      notAfter: "2030-01-02T13:30:00.000Z",
    }));
    const { text } = (await certificatesSection({ ...labData, certificates: short })).content;
    expect(drawingsOf(text)[1]).toContain("25 hours left");
  });
});
