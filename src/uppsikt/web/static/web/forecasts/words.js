// A text with a count and the words that go with it, by the rule of core/language.py: "{n} {n:rad|rader}".
export function counted(text, n) {
  return text.replace(/\{n:([^|}]*)\|([^}]*)\}/g, (_, one, many) => (n === 1 ? one : many)).replace("{n}", n);
}
