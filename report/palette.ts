/**
 * Colours that drawings use, and the colours that replace them for readers who prefer dark. Style rules select the
 * colours in a drawing's attributes, so one rendering serves both.
 */
export const DARK_COLOURS: Readonly<Record<string, string>> = {
  // Paper, boxes, ink.
  "#fefefe": "#0d1117",
  "#ffffff": "#161b22",
  "#f6f8fa": "#151b23",
  "#1f2328": "#e6edf3",
  "#57606a": "#9198a1",
  "#d1d9e0": "#3d444d",
  // The client's side.
  "#0969da": "#58a6ff",
  "#9ec1f7": "#316dca",
  "#eef4ff": "#10233f",
  // The server's side.
  "#1a7f37": "#56d364",
  "#93d3a2": "#2e7d46",
  "#eefaf0": "#0f2a1a",
  // Between client and server.
  "#8250df": "#bc8cff",
  "#fbf7ff": "#221a36",
  // Keys, what the lab replaces, and what needs attention.
  "#9a6700": "#e3b341",
  "#fff8e5": "#2b2111",
  // Failures.
  "#cf222e": "#ff7b72",
  "#fff1f0": "#32161a",
};

/** The colours by what they stand for. */
export const COLOURS = {
  page: "#fefefe",
  box: "#ffffff",
  shade: "#f6f8fa",
  ink: "#1f2328",
  muted: "#57606a",
  line: "#d1d9e0",
  client: "#0969da",
  clientLine: "#9ec1f7",
  clientBox: "#eef4ff",
  server: "#1a7f37",
  serverLine: "#93d3a2",
  serverBox: "#eefaf0",
  between: "#8250df",
  betweenBox: "#fbf7ff",
  warning: "#9a6700",
  warningBox: "#fff8e5",
  failure: "#cf222e",
  failureBox: "#fff1f0",
} as const;

/** Builds style rules that override the colours in the attributes of drawings if the reader prefers dark. */
export function buildDarkRules(): string {
  const rules = Object.entries(DARK_COLOURS).flatMap(([light, dark]) => [
    `[fill="${light}"]{fill:${dark}}`,
    `[stroke="${light}"]{stroke:${dark}}`,
  ]);
  return `@media (prefers-color-scheme:dark){${rules.join("")}}`;
}
