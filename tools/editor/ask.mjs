// A TOML file, a place in it -> the answer of Taplo's language server, as JSON: errors, and suggestions.
//
//     node ask.mjs FILE LINE CHARACTER        (from 0)

import { promises as files, readFileSync } from "node:fs";
import { isAbsolute, dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import taplo from "@taplo/lsp";

const [file, line, character] = process.argv.slice(2);
const uri = pathToFileURL(file).href, root = dirname(file), rootUri = pathToFileURL(root).href;
const answers = new Map(), settings = { schema: { enabled: true, catalogs: [], cache: {} } };
let count = 0, said = null;

const environment = {
  now: () => new Date(), envVar: () => undefined, envVars: () => [], stdErrAtty: () => false,
  stdin: process.stdin, stdout: async bytes => bytes.length, stderr: async bytes => bytes.length,
  glob: () => [], readFile: path => files.readFile(path), writeFile: async () => {},
  urlToFilePath: url => String(url).startsWith("file:") ? fileURLToPath(url) : "/",
  isAbsolute, cwd: () => root, findConfigFile: () => undefined,
  fetch: { fetch: async () => { throw new TypeError("no network"); }, Headers, Request, Response },
};

const server = await taplo.TaploLsp.initialize(environment, {
  onMessage(message) {
    if (message.method === "workspace/configuration") {
      send({ id: message.id, result: message.params.items.map(() => settings) });
    } else if (message.method === "textDocument/publishDiagnostics") {
      said = message.params.diagnostics;
    } else if (message.method && message.id !== undefined) {
      send({ id: message.id, result: null });
    } else if (answers.has(message.id)) {
      answers.get(message.id)(message.result);
    }
  },
});

function send(message) {
  server.send({ jsonrpc: "2.0", ...message });
}

function ask(method, params) {
  return new Promise(done => {
    answers.set(++count, done);
    send({ id: count, method, params });
  });
}

const workspaceFolders = [{ uri: rootUri, name: "book" }];
await ask("initialize", { processId: null, rootUri, workspaceFolders, capabilities: { workspace: { configuration: true } } });
send({ method: "initialized", params: {} });
const textDocument = { uri, languageId: "toml", version: 1, text: readFileSync(file, "utf8") };
send({ method: "textDocument/didOpen", params: { textDocument } });
for (let wait = 0; wait < 100 && said === null; wait++) await new Promise(done => setTimeout(done, 100));
await new Promise(done => setTimeout(done, 1000)); // by then, the server has read the schema and reported again
const position = { line: Number(line), character: Number(character) };
const completion = await ask("textDocument/completion", { textDocument: { uri }, position });
process.stdout.write(JSON.stringify({ faults: said ?? [], items: completion?.items ?? completion ?? [] }) + "\n", () => process.exit(0));
