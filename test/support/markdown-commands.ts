/** Extracts the fenced code blocks in `language` from a Markdown page. */
export function commandsIn(text: string, language = "bash"): readonly string[] {
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...text.matchAll(block)].map(([, commands = ""]) => commands);
}
