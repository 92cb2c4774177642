import { advise, type ReportedCertificate } from "../../checks/certs/certificates-report";
import { drawCertificates } from "../graphs/certificate-graph";
import { html } from "../html";
import type { PageData } from "../page-data";
import { COLOURS } from "../palette";
import { drawBoth, figure } from "../plots/figure";
import { drawTimeLine, type Life } from "../plots/time-line";
import { foldedTable, type Section } from "./section";

const DAY_MS = 86_400_000;

/** The certificates of the program: which signs which, and how long each lives. */
export async function certificatesSection({ certificates, createdAt }: PageData): Promise<Section> {
  const now = new Date(createdAt);
  const tree = orderAsTree(certificates);
  const left = (certificate: ReportedCertificate) => leftOf(certificate, now);
  const graph = await drawCertificates(
    tree.map(({ certificate }) => certificate),
    left,
  );
  const lives = tree.map(({ certificate, depth }) => lifeOf(certificate, depth, now));
  const summary = tree
    .map(({ certificate }) => `${certificate.name}: ${left(certificate)}`)
    .join("; ");
  return {
    id: "certificates",
    title: "Certificates",
    content: html`<div class="wide-only">
        ${figure(
          { wide: graph, narrow: "" },
          `The tree of certificates: ${tree.map(({ certificate }) => describe(certificate, certificates)).join("; ")}.`,
          "Which certificate signs which.",
        )}
      </div>
      ${figure(
        drawBoth((width) => drawTimeLine(lives, width)),
        `Time line of what is left: ${summary}.`,
        "What is left of each certificate's life, on a logarithmic axis that starts now. From the change of colour on, the next pulumi up renews it; a root is replaced by hand.",
      )}
      ${foldedTable(
        "Each certificate as a table",
        "Certificates of both meshes",
        [
          { heading: "Name", cell: ({ name }) => name },
          { heading: "Kind", cell: ({ kind }) => kind },
          { heading: "Issuer", cell: ({ issuer }) => issuer },
          { heading: "Serial", cell: ({ serial }) => html`<code>${serial}</code>` },
          { heading: "Left", cell: left, isNumber: true },
          { heading: "Ends", cell: ({ notAfter }) => notAfter.slice(0, 10) },
          { heading: "Renewal from", cell: ({ renewalFrom }) => renewalFrom.slice(0, 10) },
          {
            heading: "State",
            cell: (each) => [each.state, advise(each)].filter((part) => part !== "").join(": "),
          },
        ],
        tree.map(({ certificate }) => certificate),
      )}`,
  };
}

interface Branch {
  readonly certificate: ReportedCertificate;
  readonly depth: number;
}

/** Each certificate after its issuer, with its depth in the tree. */
export function orderAsTree(certificates: readonly ReportedCertificate[]): readonly Branch[] {
  const below = (issuer: string | undefined, depth: number): Branch[] =>
    certificates
      .filter(({ issuerSerial }) => issuerSerial === issuer)
      .flatMap((certificate) => [{ certificate, depth }, ...below(certificate.serial, depth + 1)]);
  return below(undefined, 0);
}

function describe(
  { name, kind, issuerSerial }: ReportedCertificate,
  certificates: readonly ReportedCertificate[],
): string {
  const issuer = certificates.find(({ serial }) => serial === issuerSerial);
  return `${name} (${kind}${issuer ? `, signed by ${issuer.name}` : ""})`;
}

function leftOf({ notAfter }: ReportedCertificate, now: Date): string {
  const ms = Date.parse(notAfter) - now.getTime();
  if (ms <= 0) return `expired on ${notAfter.slice(0, 10)}`;
  const [count, unit] =
    ms < 2 * DAY_MS ? [Math.floor((ms / DAY_MS) * 24), "hour"] : [Math.floor(ms / DAY_MS), "day"];
  return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"} left`;
}

function lifeOf(certificate: ReportedCertificate, depth: number, now: Date): Life {
  const { kind, name, notAfter, renewalFrom, state } = certificate;
  const days = (iso: string) => (Date.parse(iso) - now.getTime()) / DAY_MS;
  const [first = "", ...others] = name.replaceAll(/DNS:|URI:/g, "").split(" ");
  const isLeaf = kind === "leaf";
  return {
    label:
      isLeaf && others.length > 0 ? `${first} and ${others.length} more` : isLeaf ? first : name,
    depth,
    renewalDays: days(renewalFrom),
    endDays: days(notAfter),
    left: leftOf(certificate, now),
    colour: isLeaf ? COLOURS.client : kind === "root" ? COLOURS.muted : COLOURS.between,
    needsAction: state === "expired" || state === "overdue",
  };
}
