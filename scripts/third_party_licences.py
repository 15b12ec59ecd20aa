#!/usr/bin/env python3
"""Prints the licences of everything of others that the program is made of, each text once, from the sources that cargo has.

Fails when a package says nothing of its licence.
"""

import collections
import json
import pathlib
import subprocess
import sys

NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "UNLICENSE")


def shipped(metadata):
    """The packages that are linked into the program, by id: what only builds or tests need is not among them."""
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    ours = set(metadata["workspace_members"])
    waiting = [id for id in ours if packages[id]["name"] == "deskhand"]
    found = set(waiting)
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            is_linked = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if is_linked and dependency["pkg"] not in found:
                found.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    return sorted((packages[id] for id in found - ours), key=lambda package: (package["name"], package["version"]))


def scripts():
    """What the pages bring along, as packages like the others."""
    assets = pathlib.Path("crates/server/assets")
    for name in json.loads((assets / "package.json").read_text())["dependencies"]:
        manifest = assets / "node_modules" / name / "package.json"
        if not manifest.exists():
            sys.exit("third_party_licences: the scripts of the pages are not there: run make assets")
        told = json.loads(manifest.read_text())
        yield {"name": name, "version": told["version"], "license": told["license"], "manifest_path": manifest}


def texts(package):
    """The licence files of a package, in order."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [file for file in folder.iterdir() if file.is_file() and file.name.upper().startswith(NAMES)]
    for file in sorted(files):
        yield file.read_text(encoding="utf-8", errors="replace").strip().replace("\r\n", "\n")


def main():
    arguments = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"]
    metadata = json.loads(subprocess.run(arguments, check=True, stdout=subprocess.PIPE).stdout)
    packages = shipped(metadata) + list(scripts())
    silent = [package["name"] for package in packages if not (package["license"] or package.get("license_file"))]
    if silent:
        sys.exit(f"third_party_licences: nothing says what these are under: {', '.join(silent)}")

    print("Deskhand is made with the following packages of others, from https://crates.io and https://www.npmjs.com, and")
    print("with Rust's standard library (MIT OR Apache-2.0). libsqlite3-sys holds SQLite, which is in the public domain.\n")
    users = collections.defaultdict(list)
    for package in packages:
        name = f"{package['name']} {package['version']}"
        print(f"{name}: {package['license'] or 'see its text'}")
        for text in texts(package):
            users[text].append(name)
    for text, names in sorted(users.items(), key=lambda entry: entry[1]):
        print(f"\n{'=' * 100}\n{', '.join(names)}\n{'-' * 100}\n{text}")


main()
