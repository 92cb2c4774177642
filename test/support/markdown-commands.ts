/** The commands of a page: its fenced blocks of `language`, in their order. */
export function commandsIn(text: string, language = "bash"): readonly string[] {
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...text.matchAll(block)].map(([, commands = ""]) => commands);
}
