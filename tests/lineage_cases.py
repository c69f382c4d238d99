"""Datasets on disk and on a hub of the tests' own, for lineage and locks."""

from __future__ import annotations

from pathlib import Path

from server import Server, page, record

SHA = "a" * 40
USE = ("--intent", "publish-copy", "--purpose", "product")
NEAR = ("--allow-private", "--no-cache")


def card(license: str, *sources: str, body: str = "# D\n") -> str:
    listed = "".join(f"- {source}\n" for source in sources)
    return f"---\nlicense: {license}\n" + (f"source_datasets:\n{listed}" if listed else "") + f"---\n{body}"


def hosted(server: Server, name: str, text: str, sha: str = SHA, **files: str) -> None:
    """A dataset on the hub; ``files`` are more files, by name."""
    every = {"README.md": text, **files}
    server.routes[f"/api/datasets/{name}"] = record(
        {"id": name, "sha": sha, "downloads": len(server.asked), "siblings": [{"rfilename": file} for file in every]}
    )
    for file, content in every.items():
        server.routes[f"/datasets/{name}/resolve/{sha}/{file}"] = page(content, "text/markdown")


def local(folder: Path, license: str, *sources: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(card(license, *sources), encoding="utf-8")
    return str(folder)
