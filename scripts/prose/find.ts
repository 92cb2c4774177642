import { type ProseRule, rules } from "./rules";

/** A phrase to replace. */
export interface Finding {
  readonly line: number;
  readonly phrase: string;
  readonly instead: string;
}

/** Where a phrase may be broken: a comment's or a list's mark at the start of a line, or a string's continuation. */
const BREAKS = /^[ \t]*(?:\/\/+|\/?\*+|#+|>)(?=\s)|["'`] \+(?=\n)|(?<=\+\n)[ \t]*["'`]/gm;
const ADDRESSES = /\bhttps?:\/\/\S+/g;

/** The phrases in a file's text that a rule rejects, in their order. The file may be code, YAML or Markdown. */
export function findPhrases(text: string, by: readonly ProseRule[] = rules): readonly Finding[] {
  const blank = (found: string) => " ".repeat(found.length);
  // Blanks of the same length keep each phrase at its place.
  const prose = text.replace(ADDRESSES, blank).replace(BREAKS, blank).replace(BREAKS, blank);
  return by
    .flatMap(({ phrase, instead }) =>
      [...prose.matchAll(acrossLines(phrase))].map((match) => ({ match, instead })),
    )
    .sort((one, other) => one.match.index - other.match.index)
    .map(({ match, instead }) => ({
      line: text.slice(0, match.index).split("\n").length,
      phrase: match[0].replace(/\s+/g, " "),
      instead,
    }));
}

function acrossLines(phrase: RegExp): RegExp {
  return new RegExp(phrase.source.replaceAll(" ", "\\s+"), "gi");
}
