// A demo desk of its own for a test: the built binary on a free port, with a data folder or a database that is gone afterwards.
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const binary = process.env.DESKHAND_BIN ?? new URL("../target/debug/deskhand", import.meta.url).pathname;
const postgres = process.env.DESKHAND_TEST_POSTGRES;
const patience = 60_000;

/** The databases to try everything on: the embedded one, and PostgreSQL where a server is given. */
export const databases = postgres ? ["embedded", "postgres"] : ["embedded"];

/**
 * Starts a desk; `stop` ends it by SIGTERM, takes its data away, and fails unless it went in peace. `files` are put into the handbook
 * that the program carries, by their paths. A desk that is no demo is empty and asks to be set up, at `setUp()`; `again({ demo: true })`
 * serves it anew at the same address, with a clock that can be moved. `flags` are
 * further ones of `serve`.
 */
export async function startDesk(database = "embedded", files = {}, { demo = true, flags = [] } = {}) {
  const place = database === "postgres" ? await freshDatabase() : await freshFolder();
  const handbook = Object.keys(files).length > 0 ? await handbookWith(place, files) : [];
  const options = [...place.options, ...handbook];
  const serving = [...options, ...flags];
  let running;
  try {
    running = await serve(serving, { demo });
  } catch (error) {
    await place.clear();
    throw error;
  }
  const again = async (settings) => {
    await end(running);
    running = await serve(serving, settings, new URL(running.url).host);
  };
  return {
    url: running.url,
    database,
    setUp: () => /Set it up at (http:\/\/\S+)/.exec(running.printed.join(""))?.[1],
    said: () => running.said.join(""),
    token: (role) => token(place, role),
    again,
    stop: () => end(running).finally(place.clear),
  };
}

/** A process that serves the desk, once it listens. */
async function serve(options, { demo }, address = "127.0.0.1:0") {
  const child = spawn(binary, ["serve", ...(demo ? ["--demo"] : []), ...options, "--listen", address], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  const [said, printed] = [[], []];
  child.stdout.on("data", (bytes) => printed.push(String(bytes)));
  child.stderr.on("data", (bytes) => said.push(String(bytes)));
  try {
    return { child, ended, said, printed, url: await listening(child, ended, said) };
  } catch (error) {
    child.kill("SIGKILL");
    await ended;
    throw error;
  }
}

async function handbookWith(place, files) {
  const folder = join(place.options[1], "handbook");
  await run(binary, ["handbook", "export", folder]);
  await Promise.all(Object.entries(files).map(([path, text]) => writeFile(join(folder, path), text)));
  return ["--handbook", folder];
}

async function freshFolder() {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-e2e."));
  return { options: ["--data", folder], clear: () => rm(folder, { recursive: true, force: true }) };
}

async function freshDatabase() {
  const name = `e2e_${randomBytes(6).toString("hex")}`;
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  const { options, clear } = await freshFolder();
  await sql(`CREATE DATABASE ${name}`);
  return {
    options: [...options, "--database", url.href],
    clear: () => Promise.all([clear(), sql(`DROP DATABASE ${name} WITH (FORCE)`)]),
  };
}

const sql = (command) => run("psql", [postgres, "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", command]);

/** The address that the desk prints once it listens. */
function listening(child, ended, said) {
  return new Promise((resolve, reject) => {
    let printed = "";
    const late = setTimeout(() => reject(new Error(`the desk does not listen:\n${printed}${said.join("")}`)), patience);
    const look = (bytes) => {
      printed += bytes;
      const address = /Deskhand listens on (http:\/\/\S+)/.exec(printed)?.[1];
      if (!address) return;
      clearTimeout(late);
      resolve(address.replace(/\/$/, ""));
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    ended.then(({ code }) => {
      clearTimeout(late);
      reject(new Error(`the desk ended with ${code}:\n${said.join("")}`));
    });
  });
}

let tokens = 0;

// A desk has one token of a name.
async function token(place, role) {
  tokens += 1;
  const { stdout } = await run(binary, ["token", "create", ...place.options, "--name", `e2e ${tokens}`, "--role", role]);
  return stdout.trim();
}

async function end({ child, ended, said }) {
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
  const { code, signal } = await ended;
  clearTimeout(late);
  const faults = said.join("").split("\n").filter((line) => /\b(ERROR|panicked)\b/.test(line));
  if (code !== 0) throw new Error(`the desk ended with ${code ?? signal}:\n${said.join("")}`);
  if (faults.length > 0) throw new Error(`the desk reported errors:\n${faults.join("\n")}`);
}
