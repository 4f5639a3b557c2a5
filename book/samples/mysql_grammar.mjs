// Statements, as JSON on standard input -> what the grammar of MySQL says of each, as JSON on standard output.
//
// In: [["SELECT 1;", ...], ...]. Out, for each: [{line, column, message}, ...], both from 1, within the statement.

import { readFileSync } from "node:fs";
import { MySQL } from "dt-sql-parser";

const parser = new MySQL();
const told = JSON.parse(readFileSync(0, "utf8")).map((statement) =>
  parser.validate(statement).map((fault) => ({
    line: fault.startLine,
    column: fault.startColumn,
    message: fault.message,
  })),
);
process.stdout.write(JSON.stringify(told));
