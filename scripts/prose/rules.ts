/** A phrase that is hard to read, and what to write instead. */
export interface ProseRule {
  /** Matches in any case. A space also matches a line break within a comment. */
  readonly phrase: RegExp;
  readonly instead: string;
  /** Sentences with the phrase. */
  readonly bad: readonly string[];
  /** Similar sentences that the rule must accept. */
  readonly good: readonly string[];
}

/**
 * Phrases that comments, messages and docs must not use. A rule must be precise: move a phrase that is often right to
 * the rules for writing in CONTRIBUTING.md instead.
 */
export const rules: readonly ProseRule[] = [
  {
    phrase:
      /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b|less\b|such\b|\w+er than\b)\w+/,
    instead: 'is not a …; in an error, "must be …"',
    bad: ['"5" is no text', "a pod that is no part of the mesh", "when it is\nno 200"],
    good: ["there is no pod", "is no longer used", "is no wider than a page"],
  },
  {
    phrase: /\bto be had\b/,
    instead: "is available",
    bad: ["zonal is not to be had in Autopilot"],
    good: ["the address to be used", "it had to be set"],
  },
  {
    phrase: /\b(?:who|whom|whose|what|where)soever\b|\bwho(?:m)?ever\b/,
    instead: "anyone who …, the team that …",
    bad: ["whoever reads the state", "for whomever it is"],
    good: ["whatever you set", "anyone who reads the state"],
  },
  {
    phrase:
      /\b(?:no one|nobody)(?:['’]s\b| else\b| but\b| can\b)|\b(?:to|by|for|from|of) (?:no one|nobody)\b/,
    instead: "cannot …; is not …; only X …",
    bad: [
      "nobody can intercept it",
      "a range of no one's",
      "open to no one",
      "no one else may call",
    ],
    good: ["if nobody renews the certificate", "no one reviews the change"],
  },
  {
    phrase: /\bbears\b|\bborne\b/,
    instead: "has",
    bad: ["the control plane that bears none"],
    good: ["a bearer token", "bear in mind"],
  },
  {
    phrase:
      /(?<!\b(?:leav(?:e|es|ing)|left|lets?|stands?|be) )(?<![-."'])\balone\b(?!-|["']|\??: (?:true|false|boolean|\d))/,
    instead: "only",
    bad: ["for Kubernetes alone", "only that: the entry alone changes"],
    good: ["leave alone what others made", "a check must be alone", "a stand-alone program"],
  },
  {
    phrase: /\b(?<!so )(?:that|those) which\b(?! of)/,
    instead: "what; the one that …",
    bad: ["that which the mesh knows", "those which are due"],
    good: ["the one that is due", "know that which of the two runs"],
  },
  {
    phrase: /\b(?:of which|of whom|to whom)\b/,
    instead: "two sentences; or name the thing again: the ranges must not …",
    bad: ["ranges of which no two overlap", "the client to whom it belongs"],
    good: ["the range, which must not overlap", "the stack that owns it"],
  },
  {
    phrase:
      /\b(?:hence|thus|thereby|therein|thereof|whereby|wherein|whereof|whence|herein|hereby|lest|unto|albeit|whilst|hitherto|anew|reckon(?:s|ed)?)\b/,
    instead: "the common word: so, by this, in it, of it, although, again, calculate",
    bad: ["thus it ends", "lest it fail", "made anew", "reckoned from the settings"],
    good: ["so it ends", "made again", "the latest one"],
  },
  {
    phrase: /\bupon\b/,
    instead: "on; when",
    bad: ["upon renewal"],
    good: ["on renewal", "a coupon"],
  },
  {
    phrase: /\bshall\b/,
    instead: "must; or the present tense",
    bad: ["the key shall be set"],
    good: ["a shallow copy", "the key must be set"],
  },
  {
    phrase: /\bas it were\b|\bso to speak\b/,
    instead: "nothing: delete it",
    bad: ["a lock, as it were"],
    good: ["as it was before"],
  },
  {
    phrase: /\bso (?:they are|it is|they do|it does)(?=\s*(?:[.;:"'`)]|$))/,
    instead: "as expected",
    bad: ['"so they are"', "and so it is."],
    good: ["so it is not used", "so they are equal"],
  },
  {
    phrase: /\ba text\b(?! (?:file|block|editor|box|alternative))/,
    instead: "string",
    bad: ["every value a text", "hosts is a text", "must be a text"],
    good: ["a text file", "the text of the page", "everything else is text"],
  },
  {
    phrase: /\bwhole numbers?\b/,
    instead: "integer",
    bad: ["use a whole number from 1 to 5"],
    good: ["use an integer from 1 to 5", "the number of pods"],
  },
  {
    phrase: /\bthere (?:is|are|was|were) none\b/,
    instead: "there is no …",
    bad: ["the key that there is none of"],
    good: ["there is no key", "none of them matches"],
  },
  {
    phrase: /\b(?:nothing|none|nowhere|no [\w-]+) but\b/,
    instead: "only …; no … except …",
    bad: ["signs nothing but leaves", "no way but the gateway", "takes none but its own"],
    good: ["all but the newest", "not only here but there", "no change, but a restart"],
  },
  {
    phrase:
      /, for (?:it|they|there|this|these|those) (?:is|are|has|have|was|were|does|do|can|cannot|must|may|will)\b/,
    instead: "because",
    bad: ["not in the suite, for it is slow"],
    good: ["for it to be slow", "wait, for this stack only"],
  },
  {
    phrase: /\b(?:that|which) (?:is|are|was|were) there\b(?! (?:no|any|a|an)\b)/,
    instead: "existing; that exists",
    bad: ["uses one that is there", "a cluster which is there already"],
    good: ["an existing cluster", "make sure that there is a key"],
  },
  {
    phrase: /\bwhat(?:ever)? (?:is|was|are|were) given\b/,
    instead: "name it: the argument, the key, the certificate",
    bad: ["checks what is given"],
    good: ["the given name", "what gave it the right"],
  },
  {
    phrase: /(?<=\w )besides(?=\s*(?:[.;:)]|$))/,
    instead: "also",
    bad: ["the root's key is protected besides."],
    good: ["besides the root, the leaf", "The root's key is also protected."],
  },
];
