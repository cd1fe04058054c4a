// Blocks of figures from and to spreadsheets, as tab-separated text.

// Lines of cells; the line ends of Windows and the last empty line are not cells. Quoted cells may hold line breaks.
export function cellsOf(text) {
  const lines = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const line = lines.at(-1);
    if (sign === '"' && (isQuoted || line.at(-1) === "")) {
      if (isQuoted && text[at + 1] === '"') { line[line.length - 1] += '"'; at += 1; } else isQuoted = !isQuoted;
    } else if (!isQuoted && sign === "\t") line.push("");
    else if (!isQuoted && (sign === "\n" || sign === "\r")) {
      if (sign === "\r" && text[at + 1] === "\n") at += 1;
      lines.push([""]);
    } else line[line.length - 1] += sign;
  }
  if (lines.length > 1 && lines.at(-1).length === 1 && lines.at(-1)[0] === "") lines.pop();
  return lines.map((line) => line.map((cell) => cell.replaceAll("\u00a0", " ").trim()));
}

// A merged cell leaves empty ones beside it, and an accounting format shows nothing as a dash: they say nothing.
export function saysNothing(cell) {
  return cell === "" || /^[-\u2212\u2013]$/.test(cell);
}

export function textOf(lines) {
  return lines.map((line) => line.join("\t")).join("\r\n");
}
