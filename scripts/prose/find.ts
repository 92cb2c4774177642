import { type ProseRule, rules } from "./rules";

/** A phrase to replace. */
export interface Finding {
  readonly line: number;
  readonly phrase: string;
  readonly instead: string;
}

/** Marks between the lines of a phrase: of a comment or a list at the start of a line, or of a string that continues. */
const BREAKS = /^[ \t]*(?:\/\/+|\/?\*+|#+|>)(?=\s)|["'`] \+(?=\n)|(?<=\+\n)[ \t]*["'`]/gm;
const ADDRESSES = /\bhttps?:\/\/\S+/g;

/** Finds the phrases that a rule rejects, in the order of the text. The text may be code, YAML or Markdown. */
export function findPhrases(text: string, by: readonly ProseRule[] = rules): readonly Finding[] {
  const blank = (found: string) => " ".repeat(found.length);
  // Blanks of the same length keep each phrase at its place.
  const prose = text.replace(ADDRESSES, blank).replace(BREAKS, blank);
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
