/** HTML without the white space between elements, and around texts. */
export function flatten(html: string): string {
  return html.replace(/\s+/g, " ").replaceAll("> ", ">").replaceAll(" <", "<");
}
